import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { ensureTree } from '../../sandbox-images/go/build.ts'
import { readConfig } from '../src/config.ts'
import {
  type Exercise,
  loadCatalogue,
  loadSolutions,
  type Problem,
  unwrittenSolutions,
} from '../src/exercises/catalogue.ts'
import { type Judged, type LocalJudge, openLocalJudge } from '../src/runs/local-judge.ts'
import { type Plan, planExercise, type TestStep } from '../src/runs/plan.ts'
import {
  casesOf,
  decisionOf,
  type ExerciseCase,
  type Form,
  FULL,
  gapsOf,
  hasBudget,
  missOf,
  mostRuns,
  overBudget,
  SHORT,
  type Step,
  showsCpu,
  type Tally,
} from './tools/exercise-cases.ts'

/** How many cases run at the same time. */
const AT_ONCE = 2
/** Of wrong solutions, and of right ones under load: many of them wait, and to be caught they need no core of their own. */
const CROWD = Math.max(8, 2 * availableParallelism())

/** One row of the table. `reason` is null where all was as it should be. */
interface Row {
  name: string
  /** Runs that were as expected, of how many. */
  counts: string
  /** CPU time that the tests took of a right solution, at most and without load. */
  cpuMs: number | null
  /** What the case took, beside others that ran at the same time. */
  seconds: number
  reason: string | null
  /** The first run that was not as expected, where the bound allows some: what a test that is nearly too weak looks like. */
  tolerated: string | null
}

/** Of what is not run: the content of an exercise, or what cannot be. */
function unrun(name: string, reason: string | null): Row {
  return { name, counts: '', cpuMs: null, seconds: 0, reason, tolerated: null }
}

type StepsPlan = Extract<Plan, { type: 'steps' }>

interface Setting {
  judge: LocalJudge
  report(row: Row): void
  signal: AbortSignal
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      json: { type: 'boolean', default: false },
      short: { type: 'boolean', default: false },
      only: { type: 'string' },
      driver: { type: 'string', default: 'auto' },
    },
  })
  const say = (text: string) => void process.stderr.write(`${text}\n`)
  const report = (row: Row) => (values.json ? say : print)(line(row))
  const { exercises, problems } = await chosen(values.only)
  const broken = problems.map(({ name, reason }) => unrun(name, reason))
  broken.forEach(report)
  const judge = await openLocalJudge({
    prefer: driverOf(values.driver),
    tree: (await ensureTree(say)).path,
    progress: say,
    warm: CROWD,
  })
  const begun = performance.now()
  try {
    const form = values.short ? SHORT : FULL
    const rows = [...broken, ...(await checkAll(exercises, form, { judge, report, signal: interrupted() }))]
    const seconds = Math.round((performance.now() - begun) / 1000)
    const failed = rows.flatMap(({ name, reason }) => (reason === null ? [] : [{ name, reason }]))
    const passed = rows.length - failed.length
    const cases = { exercises: exercises.length, cases: rows.length, passed, failed }
    if (values.json)
      print(JSON.stringify({ ...cases, seconds, cpu_ms: cpuByExercise(rows), case_seconds: secondsByExercise(rows) }))
    else print(`${rows.length} cases on ${judge.driver.name}: ${passed} passed, ${failed.length} failed, ${seconds} s`)
    return failed.length === 0 ? 0 : 1
  } finally {
    await judge.close()
  }
}

/** What the tests of each exercise take at most of a right solution. */
function cpuByExercise(rows: readonly Row[]): Record<string, number> {
  const dearest: Record<string, number> = {}
  for (const { name, cpuMs } of rows) {
    const slug = name.slice(0, name.indexOf('/'))
    if (cpuMs !== null) dearest[slug] = Math.max(dearest[slug] ?? 0, Math.round(cpuMs))
  }
  return dearest
}

/** Of all cases of each exercise together. Some run at the same time, so that all of them are more than the whole took. */
function secondsByExercise(rows: readonly Row[]): Record<string, number> {
  const spent: Record<string, number> = {}
  for (const { name, seconds } of rows) {
    const slug = name.slice(0, name.indexOf('/'))
    spent[slug] = (spent[slug] ?? 0) + seconds
  }
  return Object.fromEntries(Object.entries(spent).map(([slug, seconds]) => [slug, Math.round(seconds)]))
}

function print(text: string): void {
  process.stdout.write(`${text}\n`)
}

function driverOf(name: string): 'auto' | 'docker' | 'bubblewrap' {
  if (name === 'auto' || name === 'docker' || name === 'bubblewrap') return name
  throw new Error(`--driver ${name}: docker or bubblewrap`)
}

/** Aborts at the first Ctrl+C, so that sandboxes are closed in order. */
function interrupted(): AbortSignal {
  const controller = new AbortController()
  process.once('SIGINT', () => controller.abort())
  return controller.signal
}

async function chosen(only: string | undefined) {
  const catalogue = await loadCatalogue(readConfig(process.env).exercisesDir)
  const told = (problems: readonly Problem[]) =>
    problems.map(({ file, field, reason }) => ({ name: file, reason: `${field} ${reason}`.trim() }))
  if (only === undefined) return { exercises: [...catalogue.exercises.values()], problems: told(catalogue.problems) }
  const exercise = catalogue.exercises.get(only)
  const problems = told(catalogue.problems.filter(({ file }) => file.split('/')[1] === only))
  if (!exercise && problems.length > 0) return { exercises: [], problems }
  if (!exercise)
    throw new Error(`There is no exercise ${only}. There are: ${[...catalogue.exercises.keys()].join(', ')}`)
  return { exercises: [exercise], problems: [] }
}

async function checkAll(exercises: readonly Exercise[], form: Form, setting: Setting): Promise<Row[]> {
  const rows: Row[] = []
  const add = (row: Row) => {
    setting.report(row)
    rows.push(row)
  }
  const cases: ExerciseCase[] = []
  for (const exercise of exercises) {
    const name = `${exercise.slug}/content`
    try {
      const unfinished = await unwrittenSolutions(exercise.dir)
      for (const { file, field, reason } of unfinished) {
        add(unrun(`${exercise.slug}/${file}`, `${field} ${reason}`))
      }
      if (unfinished.length > 0) continue
      const solutions = await loadSolutions(exercise)
      const gaps = gapsOf(exercise, solutions)
      add(unrun(name, gaps.length === 0 ? null : gaps.join('; ')))
      cases.push(...casesOf(exercise, solutions, form))
    } catch (error) {
      add(unrun(name, messageOf(error)))
    }
  }
  const take = async (one: ExerciseCase) => {
    const begun = performance.now()
    const row = await check(one, setting)
    add({ ...row, seconds: (performance.now() - begun) / 1000 })
  }
  const idle = cases.filter((one) => !one.underLoad)
  const together = idle.filter(({ alone }) => !alone)
  await inTurn(
    together.filter((one) => !isWrong(one)),
    AT_ONCE,
    take,
  )
  // Many more at a time than there are cores: that is the load for those that are to be under one.
  await inTurn([...cases.filter((one) => one.underLoad), ...together.filter(isWrong)], CROWD, take)
  await inTurn(
    idle.filter(({ alone }) => alone),
    1,
    take,
  )
  return rows
}

function isWrong({ expectation }: ExerciseCase): boolean {
  return expectation.type === 'shows'
}

/** Takes the cases one after the other, so many at a time. */
async function inTurn(
  cases: readonly ExerciseCase[],
  atOnce: number,
  take: (one: ExerciseCase) => Promise<void>,
): Promise<void> {
  const waiting = [...cases]
  const work = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) await take(next)
  }
  await Promise.all(Array.from({ length: atOnce }, work))
}

/** Whatever goes wrong with one case is that case's reason. */
async function check(one: ExerciseCase, setting: Setting): Promise<Row> {
  const row = unrun(one.name, null)
  const { exercise, files, answers, name } = one
  const plan = planExercise(exercise, { exercise: exercise.slug, files, answers, snapshot: name })
  if (plan.type === 'rejected') return { ...row, reason: plan.message }
  try {
    for (const step of one.steps) {
      const { tally, cpuMs, decision, miss } = await checkStep(one, step, plan, setting)
      row.counts = `${row.counts} ${tally.runs - tally.misses}/${tally.runs}`.trimStart()
      if (showsCpu(one)) row.cpuMs = Math.max(row.cpuMs ?? 0, cpuMs)
      if (decision !== 'holds') return { ...row, reason: miss ?? `no more than ${tally.runs} runs of it came` }
      row.tolerated ??= miss
    }
    return row
  } catch (error) {
    return { ...row, reason: messageOf(error) }
  }
}

/** Runs until the step is decided. `miss` is the first run that was not as expected. `cpuMs` is that of the dearest run. */
async function checkStep(one: ExerciseCase, step: Step, plan: StepsPlan, setting: Setting) {
  const tally: Tally = { runs: 0, misses: 0 }
  let cpuMs = 0
  let miss: string | null = null
  let decision: ReturnType<typeof decisionOf> = 'more'
  for await (const judged of runsOf(step, mostRuns(step, one.expectation), { plan, person: one.name }, setting)) {
    const why = missOf(one.expectation, judged) ?? (hasBudget(step) ? overBudget(one, judged.runCpuMs) : null)
    if (why !== null) miss ??= `${describe(step, tally.runs)}: ${why}`
    tally.runs++
    if (why !== null) tally.misses++
    if (hasBudget(step)) cpuMs = Math.max(cpuMs, judged.runCpuMs ?? 0)
    decision = decisionOf(step, one.expectation, tally)
    if (decision !== 'more') break
  }
  return { tally, cpuMs, decision, miss }
}

async function* runsOf(
  step: Step,
  times: number,
  { plan, person }: { plan: StepsPlan; person: string },
  { judge, signal }: Setting,
): AsyncGenerator<Judged> {
  if (step.type === 'repeat') {
    const { job, reasons } = repeated(plan, step.mode ?? 'race')
    yield* judge.repeat(job, { times, processors: step.processors, person, signal, reasons })
    return
  }
  for (let click = 0; click < times; click++) yield await judge.judge(plan, { signal, person })
}

/** The step of a plan whose binary is run again and again. */
function repeated({ steps }: StepsPlan, mode: TestStep['mode']): TestStep {
  const found = steps.find((step): step is TestStep => step.mode === mode)
  if (!found) throw new Error(`a plan without a ${mode} step cannot be repeated`)
  return found
}

function describe(step: Step, run: number): string {
  if (step.type === 'click') return 'a click'
  if (step.mode === 'measure') return 'a measurement'
  return `GOMAXPROCS=${step.processors[run % step.processors.length]}`
}

function line({ name, counts, cpuMs, seconds, reason, tolerated }: Row): string {
  const cpu = cpuMs === null ? '' : `${Math.round(cpuMs)} ms CPU`
  const took = seconds === 0 ? '' : `${seconds.toFixed(1)} s`.padStart(8)
  const head =
    `${reason === null ? 'ok    ' : 'FAILED'} ${name.padEnd(58)} ${counts.padEnd(9)} ${took} ${cpu}`.trimEnd()
  const why = reason ?? (tolerated && `tolerated: ${tolerated}`)
  return why === null ? head : `${head}\n       ${why}`
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

try {
  process.exitCode = await main()
} catch (error) {
  process.stderr.write(`${messageOf(error)}\n`)
  process.exitCode = 2
}
