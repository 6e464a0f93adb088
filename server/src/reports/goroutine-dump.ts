import type { Frame, Goroutine } from '@sandbox/protocol'
import { STARTS_FOR_OTHERS, waitGroupGoSite } from './creation-site.ts'
import { readableName, testOfFunction } from './function-name.ts'
import { LineSplitter } from './lines.ts'
import { frameOf, isOfJudge, type Sources, siteOf } from './sources.ts'

/** Goroutines kept of one dump that have to do with the run's own files; all are counted. */
export const MAX_GOROUTINES = 200
/**
 * Of those that wait for the same thing at the same lines so many are listed, and of those at the same lines that wait for
 * different things, so that ten thousand workers leave room for the one that matters.
 */
export const MAX_ALIKE = 50
export const MAX_AT_LINES = 150
/** Goroutines of the runtime and of package testing kept beside them. */
const MAX_RUNTIME_GOROUTINES = 40
/** Frames kept of one goroutine, the innermost ones. The runtime itself prints 100. */
export const MAX_FRAMES = 64
/** Goroutines remembered to know them again. */
const MAX_REMEMBERED_IDS = 10_000
/** How far a goroutine's creators are followed to the test that they belong to. */
const MAX_CREATORS = 32
/** A function's name stands in this much of its first line, in characters. */
const MAX_HEAD_CHARS = 400

// Format: goroutineheader, traceback2 and printcreatedby of runtime/traceback.go.
const HEADER = /^goroutine (\d+)(?: gp=0x[0-9a-f]+ m=(?:nil|\d+)(?: mp=0x[0-9a-f]+)?)? \[(.+)\]:$/
const CALL = /^(\S.*)\(([^()]*)\)$/
const POSITION = /^\t(\S.*):(\d+)(?: \+0x[0-9a-f]+)?(?: fp=0x[0-9a-f]+ sp=0x[0-9a-f]+ pc=0x[0-9a-f]+)?$/
const CREATED = /^created by (.+?)(?: in goroutine (\d+))?$/

/** Functions whose first argument is the channel or the lock itself, and those that carry an address inside of it. */
const WAITS_FOR_OBJECT =
  /^(?:runtime\.(?:chansend|chanrecv|closechan)|internal\/sync\.\(\*Mutex\)\.lockSlow|sync\.\(\*(?:RWMutex|WaitGroup|Cond)\)\.\w+)$/
const WAITS_INSIDE = /^(?:runtime\.semacquire1|sync\.runtime_notifyListWait)$/
const RUNS_A_TEST = /^(?:testing\.tRunner|testing\/synctest\.testingSynctestTest|testing\.runExample|testing\.fRunner)$/
const MAIN = 'main.main'
/** What TestMain is called in for no fault of its own: running all tests, or writing the dump that is being read. */
const MACHINERY = ['testing.(*M).Run', 'runtime/pprof.writeGoroutineStacks']
/** The judge's own look at the goroutines, from a timer. */
const WATCHES = 'gosandbox/evidence.(*dog).look'

/** A dump as it was read. `total` counts the goroutines that were cut away too. */
export interface Dump {
  goroutines: Goroutine[]
  total: number
}

interface Block {
  id: number
  state: string
  leaked: boolean
  stack: Frame[]
  functions: Set<string>
  /** Found before the stack was cut. */
  test: string | null
  object: string | null
  inside: string | null
  created: Frame | null
  creator: number | null
}

/** Reads tracebacks (`GOTRACEBACK=system`, SIGQUIT) and goroutine profiles with debug=2, as they are written. */
export class GoroutineDumpParser {
  readonly #sources: Sources
  readonly #lines = new LineSplitter()
  readonly #goroutines: Goroutine[] = []
  /** The latest listed goroutine of each kind, and how many of it are listed. */
  readonly #kinds = new Map<string, { last: Goroutine; listed: number }>()
  /** How many are listed that stand at the same lines. */
  readonly #atLines = new Map<string, number>()
  /** The runtime prints a bubble's goroutines a second time after the deadlock panic of package synctest. */
  readonly #seen = new Set<number>()
  #block: Block | null = null
  #call: { name: string; argument: string; created: RegExpExecArray | null } | null = null
  #total = 0
  #runtime = 0

  constructor(sources: Sources) {
    this.#sources = sources
  }

  push(bytes: Uint8Array): void {
    for (const line of this.#lines.push(bytes)) this.line(line)
  }

  /** One line without its line end. */
  line(line: string): void {
    const header = HEADER.exec(line)
    if (header) {
      this.#finish()
      this.#begin(header)
    } else if (line === '') {
      this.#finish()
    } else if (this.#block) {
      this.#frame(this.#block, line)
    }
  }

  end(): Dump {
    for (const line of this.#lines.end()) this.line(line)
    this.#finish()
    return { goroutines: attributeTests(this.#goroutines).sort(byRole), total: this.#total }
  }

  #begin(header: RegExpExecArray): void {
    const id = Number(header[1])
    // Goroutine 0 is the system stack of a thread.
    if (id === 0 || this.#seen.has(id)) return
    if (this.#seen.size < MAX_REMEMBERED_IDS) this.#seen.add(id)
    this.#total++
    this.#block = {
      id,
      ...readState(header[2] ?? ''),
      stack: [],
      functions: new Set(),
      test: null,
      object: null,
      inside: null,
      created: null,
      creator: null,
    }
  }

  #frame(block: Block, line: string): void {
    const position = POSITION.exec(line)
    if (position) {
      this.#place(block, position[1] ?? '', Number(position[2]))
      return
    }
    const created = CREATED.exec(line)
    const call = CALL.exec(line)
    const argument = /^0x[0-9a-f]+(?=,|$)/.exec(call?.[2] ?? '')?.[0] ?? ''
    this.#call = created || call ? { name: created?.[1] ?? call?.[1] ?? '', argument, created } : null
  }

  #place(block: Block, path: string, line: number): void {
    const call = this.#call
    this.#call = null
    if (!call) return
    const frame = withinFunction(this.#sources, frameOf(this.#sources, call.name, path, line))
    if (call.created) {
      block.created = frame
      block.creator = call.created[2] === undefined ? null : Number(call.created[2])
      return
    }
    if (frame.origin !== 'go') block.test ??= testOfFrames([frame])
    if (block.functions.size < MAX_FRAMES * 2) block.functions.add(call.name)
    if (isOfJudge(call.name)) return
    if (block.stack.length < MAX_FRAMES) block.stack.push(frame)
    if (!call.argument) return
    if (WAITS_FOR_OBJECT.test(call.name)) block.object ??= call.argument
    if (WAITS_INSIDE.test(call.name)) block.inside ??= call.argument
  }

  #finish(): void {
    const block = this.#block
    this.#block = null
    this.#call = null
    if (!block) return
    if (block.functions.has(WATCHES)) {
      this.#total--
      return
    }
    const goroutine = toGoroutine(block, this.#sources)
    if (goroutine.role === 'runtime') {
      if (this.#runtime++ < MAX_RUNTIME_GOROUTINES) this.#goroutines.push(goroutine)
    } else {
      this.#list(goroutine)
    }
  }

  #list(goroutine: Goroutine): void {
    const lines = linesOf(goroutine)
    const key = `${goroutine.waitsFor} ${lines}`
    const kind = this.#kinds.get(key)
    const atLines = this.#atLines.get(lines) ?? 0
    const listed = this.#goroutines.length - Math.min(this.#runtime, MAX_RUNTIME_GOROUTINES)
    if (listed >= MAX_GOROUTINES || atLines >= MAX_AT_LINES || (kind && kind.listed >= MAX_ALIKE)) {
      if (kind) kind.last.alike++
      return
    }
    this.#goroutines.push(goroutine)
    this.#kinds.set(key, { last: goroutine, listed: (kind?.listed ?? 0) + 1 })
    this.#atLines.set(lines, atLines + 1)
  }
}

/** Where a goroutine stands and was started, and in which state. */
function linesOf({ state, leaked, stack, created }: Goroutine): string {
  const places = [...stack, ...(created ? [created] : [])].map(({ file, line }) => `${file}:${line}`)
  return `${state} ${leaked} ${places.join(' ')}`
}

/** `chan send (leaked), 2 minutes, synctest bubble 1` → `chan send`, leaked. `(nil chan)` and `(no cases)` stay. */
function readState(text: string): { state: string; leaked: boolean } {
  const first = text.split(', ', 1)[0] ?? ''
  return { state: first.replace(/ \((?:leaked|durable|scan)\)/g, ''), leaked: first.includes('(leaked)') }
}

function toGoroutine(block: Block, sources: Sources): Goroutine {
  const { id, state, leaked, stack, creator } = block
  const own = stack.filter((frame) => frame.origin !== 'go')
  const created = block.created && creatorOf(block.created, own.at(-1), sources)
  const near = created && created.origin !== 'go' ? [...own, created] : own
  const waits = /^(?:running|runnable|sleep|syscall)/.test(state) ? null : (block.object ?? block.inside)
  return {
    id,
    state,
    leaked,
    role: roleOf(block, own, near),
    site: siteOf(stack),
    stack,
    created,
    creator,
    waitsFor: waits,
    holds: [],
    selects: [],
    alone: false,
    told: '',
    alike: 0,
    test: block.test ?? testOfFrames(near),
  }
}

/** Who called `wg.Go`, where there is exactly one place it can be: `created by` names only the group. */
function creatorOf(created: Frame, outermost: Frame | undefined, sources: Sources): Frame {
  if (!outermost || !STARTS_FOR_OTHERS.test(created.function)) return created
  const caller = waitGroupGoSite(sources, outermost)
  return caller && caller.function !== '' ? caller : created
}

/** The compiler gives the jump of an empty loop line 1, above its function: then the function's own first line stands in. */
function withinFunction(sources: Sources, frame: Frame): Frame {
  const file = frame.line === 1 && frame.origin !== 'go' ? sources.files.get(frame.file) : undefined
  if (!file) return frame
  const { name } = readableName(frame.function)
  const lines = file.text.split('\n')
  const begins = lines.flatMap((line, index) => (functionBegins(line, name) ? [index + 1] : []))
  const [first] = begins
  return first && begins.length === 1 ? { ...frame, line: first } : frame
}

function functionBegins(line: string, name: string): boolean {
  return line.startsWith('func ') && /^func (?:\([^)]*\) ?)?(\w+)/.exec(line.slice(0, MAX_HEAD_CHARS))?.[1] === name
}

const ORDER: Record<Goroutine['role'], number> = { test: 0, candidate: 0, runtime: 1 }

/** The runtime's and package testing's goroutines come last. */
function byRole(a: Goroutine, b: Goroutine): number {
  return ORDER[a.role] - ORDER[b.role]
}

function roleOf(block: Block, own: Frame[], near: Frame[]): Goroutine['role'] {
  const isMain = block.functions.has(MAIN)
  const runsTest = [...block.functions].some((name) => RUNS_A_TEST.test(name))
  if (runsTest && !isMain && block.test) return 'test'
  // TestMain waiting for its tests is machinery; main code that is stuck in an own init, or in TestMain itself, is not.
  const isMachinery = own.length === 0 || MACHINERY.some((name) => block.functions.has(name))
  if (isMain && isMachinery && own.every((frame) => isInTestMain(frame))) return 'runtime'
  return near.length > 0 ? 'candidate' : 'runtime'
}

/** Whether a frame is TestMain's own or that of a literal in it. */
export function isInTestMain(frame: Frame): boolean {
  return testOfFunction(frame.function) === 'TestMain'
}

function testOfFrames(frames: readonly Frame[]): string | null {
  for (const frame of frames) {
    const test = testOfFunction(frame.function)
    if (test && test !== 'TestMain') return test
  }
  return null
}

/** A goroutine without a test in its own stack belongs to the test of the goroutine that started it. */
function attributeTests(goroutines: readonly Goroutine[]): Goroutine[] {
  const byId = new Map(goroutines.map((goroutine) => [goroutine.id, goroutine]))
  return goroutines.map((goroutine) => {
    if (goroutine.test || goroutine.role === 'runtime') return goroutine
    let ancestor = byId.get(goroutine.creator ?? 0)
    for (let steps = 0; ancestor && !ancestor.test && steps < MAX_CREATORS; steps++) {
      ancestor = byId.get(ancestor.creator ?? 0)
    }
    return { ...goroutine, test: ancestor?.test ?? null }
  })
}
