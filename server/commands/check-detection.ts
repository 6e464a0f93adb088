import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { ensureTree } from '../../sandbox-images/go/build.ts'
import { accusationOf, missOf } from '../detection/accuse.ts'
import { type Bug, loadCorpus, type Program } from '../detection/corpus.ts'
import { type LocalJudge, openLocalJudge } from '../src/runs/local-judge.ts'
import { type Plan, planPackage, type TestStep } from '../src/runs/plan.ts'
import { ROOT } from './tools/programs.ts'

/** How often a look-alike is judged as after a click, and how often its binary is run besides. */
const FULL = { clicks: 20, repetitions: 200 }
const SHORT = { clicks: 1, repetitions: 8 }
/** Share of the bugs that must be named rightly. */
const MIN_RIGHT = 0.95
const PROCESSORS = [4, 1, 2, 8] as const
/** How long a program with a bug may run, in ms. */
const BUG_WALL_MS = 3000
/** As after a click of somebody who is alone on the server. */
const EXPLORING = { isAwaited: () => false }
/** Look-alikes that are judged at the same time. Bugs are timed, and so alone. */
const AT_ONCE = 2

interface Missed {
  name: string
  reason: string
}

const say = (sentence: string) => process.stderr.write(`${sentence}\n`)

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      json: { type: 'boolean', default: false },
      short: { type: 'boolean', default: false },
      only: { type: 'string' },
      published: { type: 'boolean', default: false },
    },
  })
  const corpus = await loadCorpus(join(ROOT, 'server/detection', values.published ? 'published' : ''))
  const wanted = ({ name }: Program) => values.only === undefined || name.includes(values.only)
  const bugs = corpus.bugs.filter(wanted)
  const lookalikes = corpus.lookalikes.filter(wanted)
  if (bugs.length + lookalikes.length === 0) throw new Error(`There is no case ${values.only}.`)
  const judge = await openLocalJudge({
    prefer: 'auto',
    tree: (await ensureTree(say)).path,
    progress: say,
    warm: AT_ONCE,
  })
  try {
    const missed = await missedBugs(judge, bugs)
    const accused = await accusedLookalikes(judge, lookalikes, values.short ? SHORT : FULL)
    return tell({ bugs: bugs.length, missed, lookalikes: lookalikes.length, accused }, values.json)
  } finally {
    await judge.close()
  }
}

async function missedBugs(judge: LocalJudge, bugs: readonly Bug[]): Promise<Missed[]> {
  const missed: Missed[] = []
  for (const bug of bugs) {
    const begun = performance.now()
    const judged = await judge.judge(limited(planPackage({ files: bug.files, goMod: null })), { exploring: EXPLORING })
    const ms = performance.now() - begun
    const reason = missOf(bug, judged, ms)
    say(`${reason === null ? 'right ' : 'MISSED'} ${bug.name.padEnd(48)} ${Math.round(ms)} ms`)
    if (reason === null) continue
    say(`       ${reason}`)
    missed.push({ name: bug.name, reason })
  }
  return missed
}

/** With the time limit that an exercise of such programs would set: an endless loop is told when the time is up. */
function limited(plan: Plan): Plan {
  if (plan.type !== 'steps') return plan
  for (const step of plan.steps) {
    if (step.mode === 'race') step.job.limits = { ...step.job.limits, runWallMs: BUG_WALL_MS }
  }
  return plan
}

async function accusedLookalikes(
  judge: LocalJudge,
  programs: readonly Program[],
  form: typeof FULL,
): Promise<Missed[]> {
  const accused: Missed[] = []
  const waiting = [...programs]
  const work = async () => {
    for (let program = waiting.shift(); program; program = waiting.shift()) {
      const reason = await accusationAgainst(judge, program, form)
      say(`${reason === null ? 'right  ' : 'ACCUSED'} ${program.name}${reason === null ? '' : `: ${reason}`}`)
      if (reason !== null) accused.push({ name: program.name, reason })
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  return accused
}

/** The first accusation, or null where there is none. */
async function accusationAgainst(
  judge: LocalJudge,
  { name, files }: Program,
  { clicks, repetitions }: typeof FULL,
): Promise<string | null> {
  const plan = planPackage({ files, goMod: null })
  if (plan.type === 'rejected') return plan.message
  for (let click = 1; click <= clicks; click++) {
    const judged = await judge.judge(plan, { exploring: EXPLORING, person: name })
    const accusation = accusationOf(judged)
    if (accusation !== null) return `click ${click}: ${accusation}`
    // Who was never pressed has shown nothing.
    if (!judged.events.some((event) => event.type === 'schedule' && event.seed > 0))
      return 'no perturbed schedule was tried'
  }
  const step = plan.steps.find((one): one is TestStep => one.mode === 'race')
  if (!step) return 'it has no tests to run'
  const { signal } = new AbortController()
  const wish = { times: repetitions, processors: PROCESSORS, person: name, signal }
  let run = 0
  for await (const judged of judge.repeat(step.job, wish)) {
    run++
    const accusation = accusationOf(judged)
    if (accusation !== null) return `repetition ${run}: ${accusation}`
  }
  return null
}

interface Outcome {
  bugs: number
  missed: Missed[]
  lookalikes: number
  accused: Missed[]
}

/** `failed` is what breaks the bound: whoever was accused, and all missed bugs where they are too many. `missed` has them in any case. */
function tell({ bugs, missed, lookalikes, accused }: Outcome, json: boolean): number {
  const right = bugs - missed.length
  const failed = right < bugs * MIN_RIGHT ? [...accused, ...missed] : accused
  const cases = bugs + lookalikes
  const result = {
    cases,
    passed: cases - missed.length - accused.length,
    bugs,
    bugs_right: right,
    lookalikes,
    accused: accused.length,
    missed,
    failed,
  }
  const words = `${right} of ${bugs} bugs named rightly, ${accused.length} of ${lookalikes} look-alikes accused`
  process.stdout.write(json ? `${JSON.stringify(result, null, 2)}\n` : `${words}\n`)
  return failed.length === 0 ? 0 : 1
}

try {
  process.exitCode = await main()
} catch (error) {
  say(error instanceof Error ? (error.stack ?? error.message) : String(error))
  process.exitCode = 2
}
