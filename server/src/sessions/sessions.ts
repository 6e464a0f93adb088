import type {
  ClientMessage,
  ErrorCode,
  InterviewWish,
  RunRequest,
  SandboxStatus,
  ServerMessage,
} from '@sandbox/protocol'
import { CloseCode, isInterviewWish, PROTOCOL_VERSION, SCRATCH } from '@sandbox/protocol'
import { type Opened, ownerOf, type Rooms } from '../interviews/rooms.ts'
import { Visit } from '../interviews/visit.ts'
import type { Log } from '../log.ts'
import type { Format } from '../runs/executor.ts'
import type { Claim } from '../runs/queue.ts'
import { encode } from '../runs/run-log.ts'
import type { Run, RunRegistry } from '../runs/run-registry.ts'
import { Feed, type Wire } from './feed.ts'
import { FormatDesk } from './format-desk.ts'
import type { StatusBoard } from './status-board.ts'

export type Hello = Extract<ClientMessage, { type: 'hello' }>
export type Wish = Exclude<ClientMessage, Hello>
type RunWish = Extract<Wish, { type: 'run' }>
type FormatWish = Extract<Wish, { type: 'format' }>

export type SessionsOptions = {
  /** Changes with every start of the server. */
  server: string
  registry: RunRegistry
  rooms: Rooms
  board: StatusBoard
  format: Format
  /** Whether there is an exercise of this name. */
  knows: (slug: string) => boolean
  log: Log
  /** How long the runs of a person go on after their last socket has gone. */
  graceMs: number
  socketsPerPerson?: number
}

const SOCKETS_PER_PERSON = 8
const MAX_FORMATS_PER_SOCKET = 3

/** Why a wish is not fulfilled, as the client is told. */
type Objection = { code: ErrorCode; message: string }

const TOO_MANY_FORMATS: Objection = {
  code: 'rate',
  message: 'Files are being formatted already. Try again in a moment.',
}

/** Who is connected. All sockets of one person see all of that person's runs. */
export class Sessions {
  readonly #options: SessionsOptions
  readonly #formats: FormatDesk
  readonly #connected = new Map<string, Set<Session>>()
  readonly #leaving = new Map<string, NodeJS.Timeout>()

  constructor(options: SessionsOptions) {
    this.#options = options
    this.#formats = new FormatDesk(options.format)
  }

  /** Seats a socket of a person; null where the person has too many already. */
  join(claim: Claim, wire: Wire): Session | null {
    const sessions = this.#connected.get(claim.person) ?? new Set<Session>()
    if (sessions.size >= (this.#options.socketsPerPerson ?? SOCKETS_PER_PERSON)) return null
    const left = () => this.#left(claim.person, session)
    const session = new Session({ ...this.#options, claim, wire, formats: this.#formats, left })
    sessions.add(session)
    this.#connected.set(claim.person, sessions)
    clearTimeout(this.#leaving.get(claim.person))
    this.#leaving.delete(claim.person)
    return session
  }

  #left(person: string, session: Session): void {
    const sessions = this.#connected.get(person)
    if (!sessions?.delete(session) || sessions.size > 0) return
    this.#connected.delete(person)
    const abandon = () => {
      this.#leaving.delete(person)
      this.#options.registry.abandon(person)
    }
    this.#leaving.set(person, setTimeout(abandon, this.#options.graceMs).unref())
  }
}

type SessionOptions = SessionsOptions & { claim: Claim; wire: Wire; formats: FormatDesk; left: () => void }

/** One socket of one person: answers its messages and keeps it up to date. */
export class Session {
  readonly #options: SessionOptions
  readonly #wire: Wire
  readonly #feed: Feed
  readonly #closing = new AbortController()
  /** Whose runs these are: the person's, or the interview's that the page is at. */
  #owner: string
  #visit: Visit | null = null
  #unwatch: (() => void)[] = []
  #formatting = 0

  constructor(options: SessionOptions) {
    this.#options = options
    this.#wire = options.wire
    this.#owner = options.claim.person
    this.#feed = new Feed(options.wire)
  }

  /** Answers the first message: welcome, then what the client is missing of its runs, or the way into an interview. */
  hello({ resume, interview }: Hello): void {
    const { board, server } = this.#options
    this.#tell({ type: 'welcome', version: PROTOCOL_VERSION, server, now: Date.now(), sandbox: board.status })
    this.#unwatch.push(board.watch((sandbox: SandboxStatus) => this.#tell({ type: 'status', sandbox })))
    const has = new Map(resume.map(({ run, after }) => [run, after]))
    if (interview === undefined) this.#follow(has)
    else this.#attend(interview, has)
  }

  /** Brings the client up to date with the runs of the owner, and keeps it there. */
  #follow(has: Map<string, number>): void {
    this.#resume(has)
    const accepted = (run: Run) => {
      this.#feed.follow(run)
      this.#feed.pump()
    }
    this.#unwatch.push(this.#options.registry.watch(this.#owner, { accepted, grown: () => this.#feed.pump() }))
  }

  /** The page is one of an interview, and follows its runs once it is in. */
  #attend(key: string, has: Map<string, number>): void {
    const { rooms, log } = this.#options
    const opened = rooms.find(key)
    if (opened === null) {
      this.refuse('unknown-interview', 'This link opens no interview, or not any more. Ask for another one.')
      this.#wire.close(CloseCode.noEntry, 'there is no such interview')
      return
    }
    try {
      this.#visitRoom(opened, has)
    } catch (err) {
      log.error({ err, interview: opened.record.id }, 'an interview cannot be opened')
      this.#wire.close(CloseCode.notKept, 'the interview cannot be opened')
    }
  }

  #visitRoom(opened: Opened, has: Map<string, number>): void {
    const { rooms, claim } = this.#options
    this.#owner = ownerOf(opened.record.id)
    const visit = new Visit({
      rooms,
      opened,
      person: claim.person,
      tell: (news) => this.#tell(news),
      letIn: () => this.#follow(has),
      end: (code, reason) => this.#wire.close(code, reason),
    })
    this.#visit = visit
    visit.begin()
  }

  /** Carries out what the client asks for. */
  receive(wish: Wish): void {
    if (isInterviewWish(wish)) {
      this.#receiveInInterview(wish)
      return
    }
    switch (wish.type) {
      case 'run':
        this.#run(wish)
        break
      case 'cancel':
        this.#cancel(wish.run)
        break
      case 'format':
        void this.#format(wish)
        break
      case 'ping':
        this.#tell({ type: 'status', sandbox: this.#options.board.status })
        break
      default:
        assertNever(wish)
    }
  }

  #receiveInInterview(wish: InterviewWish): void {
    if (this.#visit === null) this.refuse('not-allowed', 'This page is not one of an interview.')
    else this.#visit.receive(wish)
  }

  /** Tells the client that a message of its was not accepted. */
  refuse(code: ErrorCode, message: string, request?: string): void {
    this.#tell({ type: 'error', code, message, ...(request === undefined ? {} : { request }) })
  }

  /** The socket is gone. */
  close(): void {
    if (this.#closing.signal.aborted) return
    this.#closing.abort(new Error('the socket was closed'))
    for (const unwatch of this.#unwatch) unwatch()
    this.#feed.stop()
    this.#visit?.leave()
    this.#options.left()
  }

  #resume(has: Map<string, number>): void {
    const { registry } = this.#options
    for (const run of registry.runsOf(this.#owner)) {
      this.#feed.follow(run, has.get(run.id))
      has.delete(run.id)
    }
    for (const [run, after] of has) {
      const epilogue = registry.epilogue(this.#owner, run, after)
      if (epilogue !== null) this.#wire.send(epilogue)
    }
    this.#feed.pump()
  }

  #run({ request, run }: RunWish): void {
    const refusal = this.#objection(run.exercise) ?? this.#submit(request, run)
    if (refusal !== null) this.refuse(refusal.code, refusal.message, request)
  }

  #objection(exercise: string): Objection | null {
    const { board, knows } = this.#options
    if (exercise !== SCRATCH && !knows(exercise))
      return { code: 'unknown-exercise', message: `There is no exercise "${exercise}".` }
    return board.status.ready ? null : { code: 'not-ready', message: board.status.reasons.join(' ') }
  }

  #submit(request: string, run: RunRequest): Objection | null {
    const { registry, claim } = this.#options
    if (this.#visit !== null) return this.#visit.run({ request, run, address: claim.address })
    const answer = registry.submit({ ...claim, request, run })
    return 'type' in answer ? answer : null
  }

  #cancel(run: string): void {
    const { registry } = this.#options
    const mayCancel = this.#visit === null || this.#visit.isIn
    if (!mayCancel || !registry.cancel(this.#owner, run)) this.refuse('unknown-run', 'There is no such run under way.')
  }

  async #format({ request, file }: FormatWish): Promise<void> {
    const { claim, formats, log } = this.#options
    const objection = this.#formatting < MAX_FORMATS_PER_SOCKET ? this.#objection(SCRATCH) : TOO_MANY_FORMATS
    if (objection !== null) {
      this.refuse(objection.code, objection.message, request)
      return
    }
    this.#formatting++
    try {
      const formatted = await formats.format(claim, file, this.#closing.signal)
      this.#tell({ type: 'formatted', request, ...formatted })
    } catch (cause) {
      if (this.#closing.signal.aborted) return
      log.warn({ err: cause }, 'a file could not be formatted')
      this.refuse('not-ready', 'The file could not be formatted just now. Try again.', request)
    } finally {
      this.#formatting--
    }
  }

  #tell(message: ServerMessage): void {
    if (!this.#closing.signal.aborted) this.#wire.send(encode(message))
  }
}

function assertNever(value: never): never {
  throw new Error(`unexpected ${JSON.stringify(value)}`)
}
