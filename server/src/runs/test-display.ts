import type { RunEvent } from '@sandbox/protocol'
import { isLogCall, redactPositions, type Sources } from '../reports/sources.ts'
import { type TestAction, type TestEvent, TestEventParser } from '../reports/test-events.ts'
import type { Displayed, Message, Plan } from './findings.ts'

/** Tests and subtests whose failures and first messages are remembered. */
const MAX_REMEMBERED_TESTS = 2000
/** Length of a remembered message, in characters. */
const MAX_MESSAGE_CHARS = 500

const LOGGED = /^ *(?:(\S+\.go:\d+)|hidden test|the variant’s code): (.*)$/
const CALLED_AT = /^ *(\S+\.go):(\d+): /
/** Package testing's own words: they add nothing to a race or a failed subtest. */
const OF_TESTING = /^ *testing\.go:\d+: /
const SHOWN = { run: 'run', pause: 'pause', cont: 'cont', pass: 'pass', fail: 'fail', skip: 'skip' } as const
type ShownAction = keyof typeof SHOWN

/** Turns the tests' standard output into run events, and keeps what a sentence about a failure needs of it. */
export class TestDisplay {
  readonly #sources: Sources
  readonly #parser = new TestEventParser()
  readonly #hidden = new Set<string>()
  readonly #ended = new Set<string>()
  readonly #failed = new Set<string>()
  readonly #messages = new Map<string, Message>()
  readonly #running = new Set<string>()

  constructor(sources: Sources) {
    this.#sources = sources
  }

  get displayed(): Displayed {
    return { failed: this.#failed, messages: this.#messages, running: this.#running }
  }

  planned(plan: Plan): void {
    for (const { name, hidden } of plan) if (hidden) this.#hidden.add(name)
  }

  push(bytes: Uint8Array): RunEvent[] {
    return this.#show(this.#parser.push(bytes))
  }

  /** `exitOk`: the process ended with exit code 0. */
  end(exitOk: boolean): RunEvent[] {
    return this.#show(this.#parser.end(exitOk))
  }

  /** The end of a test that its output does not tell, for example because the program closed its standard output. */
  endOf(name: string, action: 'pass' | 'fail' | 'skip'): RunEvent[] {
    if (this.#ended.has(name)) return []
    return [{ type: 'test', name, action, hidden: this.#isHidden(name) }]
  }

  #show(events: readonly TestEvent[]): RunEvent[] {
    const shown: RunEvent[] = []
    for (const event of events) {
      if (event.action === 'output') this.#print(shown, event)
      else if (event.test !== null && isShown(event.action))
        shown.push(this.#test(event.test, event.action, event.elapsed))
    }
    return shown
  }

  #print(shown: RunEvent[], event: TestEvent): void {
    const output = event.output ?? ''
    const text = redactPositions(this.#sources, output)
    if (event.test !== null) this.#remember(event.test, text, this.#isLog(output))
    const last = shown.at(-1)
    if (last?.type === 'output' && last.test === event.test) last.text += text
    else shown.push({ type: 'output', stream: 'stdout', test: event.test, text })
  }

  #test(name: string, action: ShownAction, elapsed: number | null): RunEvent {
    const ends = action === 'pass' || action === 'fail' || action === 'skip'
    if (ends || action === 'pause') this.#running.delete(name)
    else if (this.#running.size < MAX_REMEMBERED_TESTS) this.#running.add(name)
    if (ends && this.#ended.size < MAX_REMEMBERED_TESTS) this.#ended.add(name)
    if (action === 'fail' && this.#failed.size < MAX_REMEMBERED_TESTS) this.#failed.add(name)
    const base = { type: 'test', name, action, hidden: this.#isHidden(name) } as const
    return elapsed === null ? base : { ...base, elapsedMs: Math.round(elapsed * 1000) }
  }

  #isHidden(name: string): boolean {
    return this.#hidden.has(name.split('/', 1)[0] ?? name)
  }

  /** Package testing prints what fails a test as it prints a log: the line that called it tells them apart. */
  #isLog(output: string): boolean {
    const [, file = '', line] = CALLED_AT.exec(output) ?? []
    return isLogCall(this.#sources, file, Number(line))
  }

  /**
   * Keeps the first line that failed a test, or else the first that it logged; of an example, what it printed and should
   * have printed.
   */
  #remember(test: string, text: string, isLog: boolean): void {
    const known = this.#messages.get(test)
    if (test.startsWith('Example') && known?.text.startsWith('got:')) {
      if (known.text.length < MAX_MESSAGE_CHARS) known.text += text
      return
    }
    const isWanted = known ? known.isLog && !isLog : this.#messages.size < MAX_REMEMBERED_TESTS
    const message = isWanted ? messageIn(test, text) : null
    if (!message) return
    // Messages stand in the order in which tests failed.
    this.#messages.delete(test)
    this.#messages.set(test, { ...message, text: message.text.slice(0, MAX_MESSAGE_CHARS), isLog })
  }
}

function messageIn(test: string, text: string): Omit<Message, 'isLog'> | null {
  if (test.startsWith('Example') && text === 'got:\n') return { place: null, text }
  if (OF_TESTING.test(text)) return null
  const [, place = null, logged] = LOGGED.exec(text.trimEnd()) ?? []
  return logged === undefined ? null : { place, text: logged }
}

function isShown(action: TestAction): action is ShownAction {
  return action in SHOWN
}
