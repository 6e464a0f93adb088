import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import type { Server } from 'node:http'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { SandboxStatus } from '@sandbox/protocol'
import { type Config, ConfigError, isLoopback, readConfig } from './config.ts'
import { createHttpServer, type Shelf } from './edge/http.ts'
import { cookieSecret, People } from './edge/person.ts'
import { acceptSockets, type Sockets } from './edge/websocket.ts'
import {
  type Catalogue,
  detailOf,
  loadCatalogue,
  sharedStarter,
  solutionsOf,
  summaryOf,
} from './exercises/catalogue.ts'
import { loadGuides } from './exercises/guides.ts'
import { Rooms } from './interviews/rooms.ts'
import { addressOf, isListenError, listen, listenSentence } from './listening.ts'
import { createLog, type Log } from './log.ts'
import { goFirst } from './priority.ts'
import { createExecute, createFormat } from './runs/execute.ts'
import { FairQueue } from './runs/queue.ts'
import { RunRegistry } from './runs/run-registry.ts'
import { SandboxKeeper } from './runs/sandbox-keeper.ts'
import { thisInstance } from './sandbox/instance.ts'
import { DEFAULT_LIMITS } from './sandbox/limits.ts'
import { selectDriver } from './sandbox/select-driver.ts'
import { DraftDesk } from './sessions/draft-desk.ts'
import { KeptRunDesk } from './sessions/kept-run-desk.ts'
import { ProgressDesk } from './sessions/progress-desk.ts'
import { Sessions } from './sessions/sessions.ts'
import { StatusBoard } from './sessions/status-board.ts'
import { type Database, openDatabase, openMemory } from './store/database.ts'
import { DraftTable } from './store/draft-table.ts'
import { InterviewTable } from './store/interview-table.ts'
import { KeptRunsTable } from './store/kept-runs-table.ts'
import { ProgressTable } from './store/progress-table.ts'

/** Runs of everybody that may wait for a turn. */
const MAX_WAITING_RUNS = 200
/** After this long a stop that hangs is cut short. */
const STOP_DEADLINE_MS = 15_000
const TIDY_EVERY_MS = 24 * 60 * 60_000
const SECCOMP_FILE = fileURLToPath(new URL('../../sandbox-images/go/seccomp.json', import.meta.url))

type Parts = {
  server: Server
  sockets: Sockets
  registry: RunRegistry
  rooms: Rooms
  keeper: SandboxKeeper
  board: StatusBoard
}

try {
  await serve(readConfig())
} catch (error) {
  process.stderr.write(`${sentenceOf(error)}\n`)
  process.exit(1)
}

async function serve(config: Config): Promise<void> {
  const log = createLog(config.logLevel)
  log.info({ config }, 'starting')
  const parts = await assemble(config, log)
  stopOnSignals(parts, log)
  await listen(parts.server, config)
  process.stdout.write(`Go Practice is at ${addressOf(parts.server, config)}\n`)
  // Not awaited: the page loads while the sandbox is being prepared.
  void parts.keeper.start()
}

async function assemble(config: Config, log: Log): Promise<Parts> {
  const catalogue = await loadCatalogue(config.exercisesDir)
  for (const problem of catalogue.problems) log.warn(problem, 'a part of an exercise cannot be used')
  const { guides, problems } = await loadGuides(config.guidesDir, (slug) => catalogue.exercises.has(slug))
  for (const problem of problems) log.warn(problem, 'a part of a guide cannot be used')
  const board = new StatusBoard()
  const queue = new FairQueue({ slots: config.slots, maxWaiting: MAX_WAITING_RUNS })
  const announce = announcer()
  const keeper = keepSandboxes(config, log, (status) => {
    queue.resize(status.slots)
    board.set(status)
    announce(status)
  })
  const database = openRecords(config, log)
  const records = new ProgressDesk({ table: new ProgressTable(database), log })
  const drafts = new DraftDesk({ table: new DraftTable(database), log })
  const table = new InterviewTable(database)
  const execute = records.counting(
    createExecute({ exercises: catalogue.exercises, sandboxes: keeper, isAwaited: () => queue.waiting > 0 }),
  )
  const registry = new RunRegistry({ execute, queue, log })
  const rooms = keepRooms({ config, log, table, registry, catalogue })
  const keptRuns = new KeptRunDesk({ table: new KeptRunsTable(database), registry, log })
  tidyDaily([records, drafts, rooms, keptRuns])
  const sessions = new Sessions({
    server: randomUUID(),
    registry,
    rooms,
    board,
    format: createFormat(keeper),
    knows: (slug) => catalogue.exercises.has(slug),
    log,
    graceMs: config.graceMs,
  })
  const shared = { people: await meetPeople(config), hosts: config, trustedProxies: config.trustedProxies, log }
  const { clientDir } = config
  const server = createHttpServer({
    ...shared,
    clientDir,
    shelf: shelfOf(catalogue),
    records,
    drafts,
    interviews: {
      rooms,
      guides,
      runOf: (interview, run) => table.runOf(interview, run),
      runsOf: (interview) => table.runsOf(interview),
      titles: () => titlesOf(catalogue),
    },
    timelines: keptRuns,
    keptRuns,
    board,
  })
  const sockets = acceptSockets({ ...shared, server, sessions })
  return { server, sockets, registry, rooms, keeper, board }
}

type RoomsNeeds = { config: Config; log: Log; table: InterviewTable; registry: RunRegistry; catalogue: Catalogue }

function keepRooms({ config, log, table, registry, catalogue }: RoomsNeeds): Rooms {
  const starterOf = (slug: string) => {
    const exercise = catalogue.exercises.get(slug)
    return exercise === undefined ? null : sharedStarter(exercise)
  }
  return new Rooms({ table, registry, log, keptMs: config.keptInterviewsMs, starterOf })
}

function keepSandboxes(config: Config, log: Log, tell: (status: SandboxStatus) => void): SandboxKeeper {
  // Before the first sandbox is started: it inherits what this process has.
  const yields = goFirst()
  return new SandboxKeeper({
    select: (tree) =>
      selectDriver({
        prefer: config.sandbox,
        tree,
        instance: thisInstance(),
        cpus: availableParallelism(),
        log,
        yields,
        progress: say,
        runtime: config.sandboxRuntime,
        seccompFile: existsSync(SECCOMP_FILE) ? SECCOMP_FILE : null,
      }),
    tree: join(config.sandboxDir, 'current'),
    limits: DEFAULT_LIMITS,
    mode: config.sandboxMode,
    slots: config.slots,
    loopback: isLoopback(config.host),
    tell,
    log,
  })
}

/** Tells whoever started the server whether it can run code, whenever that changes. */
function announcer(): (status: SandboxStatus) => void {
  let said = ''
  return ({ ready, driver, reasons }) => {
    const sentence = ready ? `Code runs in ${driver}.` : `No code can be run. ${reasons.join(' ')}`
    if (sentence !== said) say(sentence)
    said = sentence
  }
}

function say(sentence: string): void {
  process.stderr.write(`${sentence}\n`)
}

/** Without a database that can be written the server works on, and says what is lost. */
function openRecords(config: Config, log: Log): Database {
  try {
    return openDatabase(config.dataDir)
  } catch (err) {
    log.error({ err }, 'the database cannot be used')
    say(
      `Progress, drafts, interviews and kept runs last only until the server stops: the database in ${config.dataDir} cannot be used.`,
    )
    return openMemory()
  }
}

/** What has become too old, or too much, goes at the start and then once a day. */
function tidyDaily(desks: readonly { tidy(): void }[]): void {
  const tidy = () => {
    for (const desk of desks) desk.tidy()
  }
  tidy()
  setInterval(tidy, TIDY_EVERY_MS).unref()
}

async function meetPeople(config: Config): Promise<People> {
  return new People({
    secret: await cookieSecret(config.dataDir),
    secure: config.publicOrigins.length > 0 && config.publicOrigins.every((origin) => origin.startsWith('https:')),
    newPerMinute: config.newPeoplePerMinute,
  })
}

function titlesOf({ exercises }: Catalogue): Record<string, string> {
  return Object.fromEntries([...exercises.values()].map(({ slug, file }) => [slug, file.title]))
}

function shelfOf(catalogue: Catalogue): Shelf {
  return {
    list: () => [...catalogue.exercises.values()].map(summaryOf),
    detail: (slug) => {
      const exercise = catalogue.exercises.get(slug)
      return exercise === undefined ? null : detailOf(exercise)
    },
    solutions: async (slug) => {
      const exercise = catalogue.exercises.get(slug)
      return exercise === undefined ? null : solutionsOf(exercise)
    },
  }
}

/** What the server says when it cannot start; with a stack only where nobody foresaw it. */
function sentenceOf(error: unknown): string {
  if (error instanceof ConfigError) return error.message
  if (isListenError(error)) return listenSentence(error)
  return String(error instanceof Error ? error.stack : error)
}

/** The first signal stops in order; a second one, or a stop that hangs, ends the process at once. */
function stopOnSignals(parts: Parts, log: Log): void {
  let stopping = false
  const onSignal = (signal: NodeJS.Signals) => {
    if (stopping) process.exit(1)
    stopping = true
    log.info({ signal }, 'stopping')
    setTimeout(() => process.exit(1), STOP_DEADLINE_MS).unref()
    stop(parts).then(
      () => process.exit(0),
      (err: unknown) => {
        log.error({ err }, 'the stop failed')
        process.exit(1)
      },
    )
  }
  process.on('SIGTERM', onSignal)
  process.on('SIGINT', onSignal)
}

/** No new work, then the verdicts of the runs under way, then the sockets that carry them, then the sandboxes. */
async function stop({ server, sockets, registry, rooms, keeper, board }: Parts): Promise<void> {
  board.set({ ...board.status, ready: false, reasons: ['The server is stopping.'] })
  server.close()
  await registry.shutdown()
  await sockets.close()
  await rooms.settle()
  server.closeAllConnections()
  await keeper.close()
}
