import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { ensureTree } from '../../sandbox-images/go/build.ts'
import { openBare } from '../bench/bare.ts'
import { dumpFigures } from '../bench/dump.ts'
import { flameFigures } from '../bench/flame.ts'
import { hangMs } from '../bench/hang.ts'
import { idleSandboxesMiB, peakMiB } from '../bench/memory.ts'
import { pageReadyMs, secondStartMs } from '../bench/page.ts'
import { meet, type Person } from '../bench/person.ts'
import { raceDelayMs } from '../bench/race-delay.ts'
import { median, round, type Spread, spreadOf } from '../bench/statistics.ts'
import { cpuSecondsOfSteps } from '../bench/steps.ts'
import { exerciseSubject, type Subject, smallPool } from '../bench/subject.ts'
import { measureCrowds, type Round, throughputOf } from '../bench/throughput.ts'
import { timelineFigures } from '../bench/timeline.ts'
import { startServer } from '../e2e/practice-server.ts'
import { readConfig } from '../src/config.ts'
import { ensureClient } from './tools/client-build.ts'

/** Rounds of the interleaved comparison, unless --rounds says otherwise. */
const ROUNDS = 20
/** Rounds of the loads, and measurements of the steps' cost between two of them. */
const LOAD_ROUNDS = 3
const CPU_ROUNDS = 5
const PAGE_LOADS = 5
const STARTS = 3
const HANGS = 5

const say = (sentence: string) => process.stderr.write(`${sentence}\n`)

interface Measured {
  bare: number[]
  bareNoSleep: number[]
  docker: number[]
  bubblewrap: number[]
  race: number[]
}

type Clicks = Measured & { hang: { docker: number[]; bubblewrap: number[] }; page: number[] }

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      json: { type: 'boolean', default: false },
      rounds: { type: 'string', default: String(ROUNDS) },
      exercise: { type: 'string' },
      insight: { type: 'boolean', default: false },
    },
  })
  const tree = (await ensureTree(say)).path
  if (values.insight) {
    const figures = await measureInsight()
    process.stdout.write(values.json ? `${JSON.stringify(figures, null, 2)}\n` : table(figures))
    return
  }
  const subject = await subjectOf(values.exercise)
  const starts: number[] = []
  for (let n = 0; n < STARTS; n++) starts.push(await secondStartMs())
  say(`npm start, second time: ${starts.map((ms) => round(ms)).join(', ')} ms`)
  const clicks = await measureClicks(subject, Number(values.rounds))
  const load = await measureLoad(subject, tree)
  const figures = { ...clickFigures(clicks), ...load, second_start_ms: round(median(starts)) }
  process.stdout.write(values.json ? `${JSON.stringify(figures, null, 2)}\n` : table(figures))
}

/** What a closer look's drawings cost in the real browser, and nothing else. */
async function measureInsight() {
  await ensureClient(say)
  await using stack = new AsyncDisposableStack()
  const server = stack.adopt(await startServer('bubblewrap'), (it) => it.stop())
  return {
    timeline: await timelineFigures(server.url),
    ...(await flameFigures(server.url)),
    ...(await dumpFigures(server.url)),
  }
}

/** The small package that the targets are about, or with --exercise a real exercise's reference and tests. */
function subjectOf(slug: string | undefined): Promise<Subject> {
  return slug === undefined ? smallPool() : exerciseSubject(readConfig(process.env).exercisesDir, slug)
}

/** One round is: bare, bare without the sleep, Docker, bubblewrap; so that the machine's moods hit all four alike. */
async function measureClicks(subject: Subject, rounds: number): Promise<Clicks> {
  await using stack = new AsyncDisposableStack()
  const bare = stack.adopt(await openBare(subject), (it) => it.close())
  const docker = stack.adopt(await startServer('docker'), (it) => it.stop())
  const bubblewrap = stack.adopt(await startServer('bubblewrap'), (it) => it.stop())
  const inDocker = stack.adopt(await meet(docker.url), (it) => it.close())
  const inBubblewrap = stack.adopt(await meet(bubblewrap.url), (it) => it.close())
  const figures: Measured = { bare: [], bareNoSleep: [], docker: [], bubblewrap: [], race: [] }
  // The first of each fills caches and is not counted.
  for (let n = -1; n < rounds; n++) {
    const round = {
      bare: await bare.goTest(4 * n + 4, { sleepAtExit: true }),
      bareNoSleep: await bare.goTest(4 * n + 5, { sleepAtExit: false }),
      docker: await clickMs(inDocker, subject, 4 * n + 6),
      bubblewrap: await clickMs(inBubblewrap, subject, 4 * n + 7),
      race: await raceDelayMs(n % 2 === 0 ? inDocker : inBubblewrap),
    }
    if (n < 0) continue
    for (const key of Object.keys(round) as (keyof Measured)[]) figures[key].push(round[key])
    say(
      `round ${n + 1}: ${JSON.stringify(round, (_, value) => (typeof value === 'number' ? Math.round(value) : value))}`,
    )
  }
  return {
    ...figures,
    hang: { docker: await hangs(inDocker), bubblewrap: await hangs(inBubblewrap) },
    page: await pageReadyMs(bubblewrap.url, PAGE_LOADS),
  }
}

async function hangs(person: Person): Promise<number[]> {
  const figures: number[] = []
  for (let n = 0; n < HANGS; n++) figures.push(await hangMs(person))
  say(`a hang is told after ${figures.map((ms) => round(ms)).join(', ')} ms`)
  return figures
}

async function clickMs(person: Person, subject: Subject, edit: number): Promise<number> {
  const click = await person.click(subject.request(edit))
  if (click.verdict.verdict !== 'passed') throw new Error(click.verdict.summary)
  // The next click finds a server that has nothing to do, as the one before it did.
  await click.ended
  return click.ms
}

function clickFigures({ bare, bareNoSleep, docker, bubblewrap, race, hang, page }: Clicks) {
  const bareMs = median(bare)
  const noSleepMs = median(bareNoSleep)
  const click = (figures: number[]) => {
    const spread = spreadOf(figures)
    return {
      median_ms: round(spread.median),
      p95_ms: round(spread.p95),
      ratio: round(spread.median / bareMs, 3),
      ratio_p95: round(spread.p95 / bareMs, 3),
      ratio_nosleep: round(spread.median / noSleepMs, 3),
    }
  }
  return {
    bare_ms: round(bareMs),
    bare_nosleep_ms: round(noSleepMs),
    spread: {
      bare: rounded(spreadOf(bare)),
      bare_nosleep: rounded(spreadOf(bareNoSleep)),
      page: rounded(spreadOf(page)),
    },
    click: { docker: click(docker), bubblewrap: click(bubblewrap) },
    race_to_client_ms: round(median(race), 1),
    hang_ms: { docker: round(median(hang.docker)), bubblewrap: round(median(hang.bubblewrap)) },
    page_ready_ms: round(median(page)),
  }
}

function rounded(spread: Spread): Spread {
  return { median: round(spread.median), p95: round(spread.p95), min: round(spread.min), max: round(spread.max) }
}

/** CPU seconds of one run's steps, several times. */
async function stepSeconds(subject: Subject, tree: string, firstEdit: number): Promise<number[]> {
  const seconds: number[] = []
  for (let n = 0; n < CPU_ROUNDS; n++) seconds.push(await cpuSecondsOfSteps(subject, tree, firstEdit + n))
  say(`CPU of one run's steps: ${seconds.map((s) => s.toFixed(3)).join(', ')} s`)
  return seconds
}

/** How people's runs are carried out, as shipped and otherwise. */
const MODES = [
  { name: 'docker', sandbox: 'docker', settings: {} },
  { name: 'docker_single_use', sandbox: 'docker', settings: { SANDBOX_MODE: 'single-use' } },
  { name: 'bubblewrap', sandbox: 'bubblewrap', settings: {} },
] as const

/**
 * All modes in turn, in several rounds. Each load stands between two measurements of what the steps cost, and is compared
 * with these: the machine's speed changes within minutes.
 */
async function measureLoad(subject: Subject, tree: string) {
  const rounds = MODES.map((): Round[] => [])
  let serverMiB = 0
  const idle: number[] = []
  const seconds = [await stepSeconds(subject, tree, 2_000_000)]
  for (let n = 0; n < LOAD_ROUNDS; n++) {
    for (const [index, mode] of MODES.entries()) {
      const load = await loadServer(mode, subject)
      serverMiB = Math.max(serverMiB, load.serverMiB)
      idle.push(...load.idleMiB)
      seconds.push(await stepSeconds(subject, tree, 2_000_000 + 100 * seconds.length))
      const round = { crowds: load.crowds, limit: limitOf(seconds.slice(-2).flat()) }
      rounds[index]?.push(round)
      say(`${mode.name}, round ${n + 1}: ${JSON.stringify(throughputOf([round]))}`)
    }
  }
  const throughput = Object.fromEntries(MODES.map(({ name }, index) => [name, throughputOf(rounds[index] ?? [])]))
  return {
    throughput: { limit: round(limitOf(seconds.flat()), 2), ...throughput },
    memory: { server_mib: round(serverMiB), idle_sandbox_mib: round(Math.max(...idle), 1) },
  }
}

/** A server of its own under the load of two people and of eight. */
async function loadServer({ sandbox, settings }: (typeof MODES)[number], subject: Subject) {
  const server = await startServer(sandbox, settings)
  try {
    const idleMiB = await idleSandboxesMiB()
    const crowds = await measureCrowds(server.url, subject)
    return { crowds, idleMiB, serverMiB: await peakMiB(server.pid) }
  } finally {
    await server.stop()
  }
}

/** Runs per second that the cores could do if nothing but compile, vet, link and run cost anything. */
function limitOf(stepSeconds: readonly number[]): number {
  return availableParallelism() / median(stepSeconds)
}

/** Every figure on a line of its own, keys joined by dots. */
function table(figures: object, prefix = ''): string {
  return Object.entries(figures)
    .map(([key, value]) =>
      typeof value === 'object' && value !== null
        ? table(value, `${prefix}${key}.`)
        : `${`${prefix}${key}`.padEnd(44)} ${value}\n`,
    )
    .join('')
}

await main()
