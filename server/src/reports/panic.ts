import type { Frame, Panic } from '@sandbox/protocol'
import { type Dump, GoroutineDumpParser } from './goroutine-dump.ts'
import { LineSplitter } from './lines.ts'
import { type EarlierPanic, type LastPanic, lastPanic, linksOf } from './panic-chain.ts'
import { type Sources, siteOf } from './sources.ts'

/** Length of a panic's message, in characters. */
export const MAX_PANIC_CHARS = 4000

/** What a panic's text means for a verdict. */
type PanicMeaning = 'panic' | 'deadlock' | 'timeout' | 'out-of-memory'

/** The end of a process as its own last words tell it. `dump` holds the goroutines printed with it. */
export interface LastWords {
  panic: Panic | null
  meaning: PanicMeaning | null
  dump: Dump
  /** The panics that were being handled when this one ended the program, oldest first. */
  earlier: EarlierPanic[]
  /** Where what was recovered was panicked with again, as it was. */
  again: Frame | null
}

/** A process that said nothing of its end. */
export const NO_WORDS: LastWords = {
  panic: null,
  meaning: null,
  dump: { goroutines: [], total: 0 },
  earlier: [],
  again: null,
}

// Format: printpanics, fatalthrow and dopanic_m of runtime/panic.go. A value's newlines are printed as newline and tab.
const PANIC = 'panic: '
const FATAL = 'fatal error: '
const RACE_LIMIT = /^race: limit on \d+ simultaneously alive goroutines is exceeded/
const SIGNAL = /^SIG[A-Z]+: /
const MESSAGE_END = /^(?:$|\[signal |goroutine \d|runtime stack:)/

const DEADLOCK =
  /^(?:deadlock: (?:all goroutines in bubble are blocked|main bubble goroutine has exited but blocked goroutines remain)|all goroutines are asleep - deadlock!|no goroutines \(main called runtime\.Goexit\) - deadlock!)/
const TIMED_OUT = /^test timed out after /
const OUT_OF_MEMORY = /^(?:runtime: )?(?:out of memory|cannot allocate memory)/

/** A panic as it is being read: the text first, then its traceback. */
class Candidate {
  readonly kind: Panic['kind'] | null
  readonly #dump: GoroutineDumpParser
  #message: string[] = []
  #length = 0
  #inMessage: boolean
  traced = false

  constructor(sources: Sources, kind: Panic['kind'] | null, message: string | null) {
    this.kind = kind
    this.#dump = new GoroutineDumpParser(sources)
    this.#inMessage = message !== null
    if (message !== null) this.#keep(message)
  }

  line(line: string): void {
    if (this.#inMessage && MESSAGE_END.test(line)) this.#inMessage = false
    if (this.#inMessage) {
      this.#keep(line)
      return
    }
    this.traced ||= line.startsWith('goroutine ')
    this.#dump.line(line)
  }

  end(): LastWords {
    const dump = this.#dump.end()
    if (!this.kind) return { ...NO_WORDS, dump }
    const running = dump.goroutines.find(({ state }) => state === 'running') ?? null
    const text = this.#message.map((line) => line.replace(/^\t/, '')).join('\n')
    const meaning = meaningOf(this.kind, text)
    const { kind, message, site, earlier, again } = this.#last(running?.stack ?? [])
    // The alarm goroutine panics at a timeout and the main one is printed first at a deadlock: neither is to blame.
    const goroutine = meaning === 'panic' && running ? { ...running, site } : null
    const panic = { kind, message: message.slice(0, MAX_PANIC_CHARS), goroutine, test: testOf(text, running?.test) }
    return { panic, meaning, dump, earlier, again }
  }

  #last(stack: readonly Frame[]): LastPanic {
    if (this.kind === 'panic') return lastPanic(linksOf(this.#message), stack)
    const message = this.#message.map((line) => line.replace(/^\t/, '')).join('\n')
    return { kind: 'fatal', message, site: siteOf(stack), earlier: [], again: null }
  }

  #keep(line: string): void {
    if (this.#length > MAX_PANIC_CHARS) return
    // Without the tab: it is the runtime's. It tells one panic from the next, so it stays until the end.
    this.#length += line.replace(/^\t/, '').length + 1
    this.#message.push(line)
  }
}

/** Finds the panic or fatal error that ended a process in what it wrote to descriptor 2. */
export class PanicParser {
  readonly #sources: Sources
  readonly #lines = new LineSplitter()
  #current: Candidate | null = null
  #earlier: Candidate | null = null

  constructor(sources: Sources) {
    this.#sources = sources
  }

  push(bytes: Uint8Array): void {
    for (const line of this.#lines.push(bytes)) this.#line(line)
  }

  /** The last panic with a traceback, since a program can print the text of one and go on. */
  end(): LastWords {
    for (const line of this.#lines.end()) this.#line(line)
    const chosen = this.#current?.traced ? this.#current : (this.#earlier ?? this.#current)
    return chosen?.end() ?? NO_WORDS
  }

  #line(line: string): void {
    const started = start(this.#sources, line)
    if (!started) {
      this.#current?.line(line)
      return
    }
    if (this.#current?.traced) this.#earlier = this.#current
    this.#current = started
  }
}

function start(sources: Sources, line: string): Candidate | null {
  if (line.startsWith(PANIC)) return new Candidate(sources, 'panic', line.slice(PANIC.length))
  if (line.startsWith(FATAL)) return new Candidate(sources, 'fatal', line.slice(FATAL.length))
  if (RACE_LIMIT.test(line)) return new Candidate(sources, 'fatal', line)
  return SIGNAL.test(line) ? new Candidate(sources, null, null) : null
}

function meaningOf(kind: Panic['kind'], message: string): PanicMeaning {
  if (DEADLOCK.test(message)) return 'deadlock'
  if (kind === 'panic' && TIMED_OUT.test(message)) return 'timeout'
  return kind === 'fatal' && OUT_OF_MEMORY.test(message) ? 'out-of-memory' : 'panic'
}

/** The panicking goroutine's test, or the first of the `running tests:` that a timeout lists. */
function testOf(message: string, test: string | null | undefined): string | null {
  return test ?? /^\t?running tests:\n\s*([^\s/]+)/m.exec(message)?.[1] ?? null
}
