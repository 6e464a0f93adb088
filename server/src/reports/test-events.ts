import { isUtf8 } from 'node:buffer'

/** One event, as `go test -json` tells it. `test` and `elapsed` are null where that has none; `elapsed` is in seconds. */
export interface TestEvent {
  action: TestAction
  test: string | null
  output: string | null
  elapsed: number | null
}

const TEST_ACTIONS = [
  'start',
  'run',
  'pause',
  'cont',
  'pass',
  'fail',
  'skip',
  'bench',
  'output',
  'attr',
  'artifacts',
] as const
export type TestAction = (typeof TEST_ACTIONS)[number]

/** Longest line that is looked at for a marker, and longest output event, in bytes: those of test2json. */
const MAX_MARKER_LINE_BYTES = 4096
export const MAX_OUTPUT_EVENT_BYTES = 1024

const MARKER = 0x16
const NEWLINE = 0x0a
const UPDATES = ['RUN   ', 'PAUSE ', 'CONT  ', 'NAME  ', 'PASS  ', 'FAIL  ', 'SKIP  ', 'ATTR  ', 'ARTIFACTS '].map(
  (word) => `=== ${word}`,
)
const REPORTS = ['PASS', 'FAIL', 'SKIP', 'BENCH'].map((word) => `--- ${word}: `)
const INDENT = '    '
const NO_TESTS = /^\? {3}\t[\s\S]*\t\[no test files\]$/

interface Report {
  action: TestAction
  test: string
  elapsed: number | null
}

/**
 * Turns the standard output of `x.test -test.v=test2json` into test events, exactly as `go tool test2json -t` does:
 * a port of cmd/internal/test2json of Go 1.26, two line buffers included, so that even cut lines are equal.
 * For display only: the tests' own process writes this text.
 */
export class TestEventParser {
  #input = new LineBuffer(MAX_MARKER_LINE_BYTES)
  #output = new LineBuffer(MAX_OUTPUT_EVENT_BYTES)
  #events: TestEvent[] = [{ action: 'start', test: null, output: null, elapsed: null }]
  #test = ''
  #reports: Report[] = []
  #result: 'pass' | 'fail' | 'skip' | null = null
  #needMarker = false

  push(bytes: Uint8Array): TestEvent[] {
    this.#feed(this.#input.write(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)))
    return this.#take()
  }

  /**
   * Ends the stream. `exitOk` is what the process's exit says of the whole package; it overrules the text. After a
   * failing exit the reports that still stand are told, as by the line `FAIL` that the go command then adds.
   */
  end(exitOk?: boolean): TestEvent[] {
    this.#feed(this.#input.flush())
    this.#show(this.#output.flush())
    if (exitOk === false) {
      this.#flushReports(0)
      this.#result = 'fail'
    }
    if (exitOk === true && this.#result !== 'skip') this.#result = 'pass'
    if (this.#result) this.#emit({ action: this.#result, test: null, output: null, elapsed: null })
    return this.#take()
  }

  #take(): TestEvent[] {
    const events = this.#events
    this.#events = []
    return events
  }

  #emit(event: TestEvent): void {
    const { action, test, output, elapsed } = event
    this.#events.push({ action, test: test || this.#test || null, output, elapsed })
  }

  #feed(pieces: Piece[]): void {
    for (const piece of pieces) {
      if (piece.whole) this.#line(piece.bytes)
      else this.#print(piece.bytes)
    }
  }

  #print(bytes: Buffer): void {
    this.#show(this.#output.write(bytes))
  }

  #show(pieces: Piece[]): void {
    for (const { bytes } of pieces) {
      this.#emit({ action: 'output', test: null, output: decodeLikeGo(bytes), elapsed: null })
    }
  }

  #line(whole: Buffer): void {
    const marked = whole[0] === MARKER
    if (this.#needMarker && !marked) this.#print(whole)
    else this.#markedLine(whole, marked)
  }

  #markedLine(whole: Buffer, marked: boolean): void {
    if (marked) this.#show(this.#output.flush())
    const bytes = restoreEmptyName(marked ? whole.subarray(1) : whole)
    // latin1 keeps one character a byte: prefixes can be compared and cut without touching the bytes.
    const line = bytes.toString('latin1')
    const text = line.replace(/\r?\n$/, '')
    const isFinal = text === 'PASS' || text === 'FAIL' || text.startsWith('FAIL\t')
    if (!isFinal && NO_TESTS.test(text) && this.#reports.length === 0) this.#result = 'skip'
    if (isFinal) this.#final(bytes, text, marked)
    else if (UPDATES.some((update) => line.startsWith(update))) this.#update(bytes, line, marked)
    else this.#reportOrText(bytes, line, marked)
  }

  #final(bytes: Buffer, text: string, marked: boolean): void {
    this.#flushReports(0)
    this.#test = ''
    this.#needMarker = marked
    this.#print(bytes)
    this.#result = text === 'PASS' ? 'pass' : 'fail'
  }

  #update(bytes: Buffer, line: string, marked: boolean): void {
    const { word, rest } = cutAction(line)
    // attr and artifacts carry more than a name.
    const name = word === 'attr' || word === 'artifacts' ? (rest.split(' ', 1)[0] ?? '') : rest
    this.#needMarker = marked
    this.#flushReports(0)
    this.#test = name
    const action = TEST_ACTIONS.find((known) => known === word)
    // `=== NAME` only says whose output follows.
    if (!action) return
    if (action === 'pause') this.#print(bytes)
    this.#emit({ action, test: name, output: null, elapsed: null })
    if (action !== 'pause') this.#print(bytes)
  }

  #reportOrText(bytes: Buffer, line: string, marked: boolean): void {
    let indent = 0
    while (line.startsWith(INDENT, indent * INDENT.length)) indent++
    const report = line.slice(indent * INDENT.length)
    const isReport = REPORTS.some((prefix) => report.startsWith(prefix))
    if (isReport && indent <= this.#reports.length) {
      this.#report(bytes, parseReport(report), indent, marked)
      return
    }
    // Indented text belongs to the subtest whose report stands at that depth.
    const owner = isReport ? undefined : this.#reports[indent - 1]
    if (owner) this.#test = owner.test
    this.#print(bytes)
  }

  #report(bytes: Buffer, report: Report, indent: number, marked: boolean): void {
    this.#needMarker = marked
    this.#flushReports(indent)
    this.#test = report.test
    this.#reports.push(report)
    this.#print(bytes)
  }

  #flushReports(depth: number): void {
    this.#test = ''
    while (this.#reports.length > depth) {
      const report = this.#reports.pop()
      if (report) this.#emit({ ...report, output: null })
    }
  }
}

/** `=== NAME` followed by an empty test name can lose its trailing spaces. */
function restoreEmptyName(bytes: Buffer): Buffer {
  const text = bytes.length <= 10 ? bytes.toString('latin1').replace(/\r?\n$/, '') : ''
  return text === '=== NAME' ? Buffer.from('=== NAME  \n') : bytes
}

function cutAction(line: string): { word: string; rest: string } {
  const [, word = '', rest = ''] = /^.{4}([^ ]*) ?([\s\S]*)$/.exec(line) ?? []
  return { word: word.replace(/:$/, '').toLowerCase(), rest: trimLikeGo(decodeLikeGo(Buffer.from(rest, 'latin1'))) }
}

function parseReport(line: string): Report {
  const { word, rest } = cutAction(line)
  const action = TEST_ACTIONS.find((known) => known === word) ?? 'output'
  const paren = rest.indexOf(' (')
  if (paren < 0) return { action, test: rest, elapsed: null }
  const seconds = /^ \(([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)s\)$/.exec(rest.slice(paren))?.[1]
  const elapsed = seconds === undefined ? null : Number(seconds)
  return { action, test: rest.slice(0, paren), elapsed: Number.isFinite(elapsed) ? elapsed : null }
}

/** strings.TrimSpace: JavaScript's trim takes U+FEFF too and leaves U+0085. */
function trimLikeGo(text: string): string {
  return text.replace(/^(?:(?!\ufeff)\s|\u0085)+/, '').replace(/(?:(?!\ufeff)\s|\u0085)+$/, '')
}

/** encoding/json writes U+FFFD for every single byte that is not part of valid UTF-8. */
function decodeLikeGo(bytes: Buffer): string {
  if (isUtf8(bytes)) return bytes.toString('utf8')
  let text = ''
  let start = 0
  for (let at = 0; at < bytes.length; ) {
    const width = validWidth(bytes, at)
    if (width === 0) {
      text += `${bytes.toString('utf8', start, at)}\ufffd`
      start = at + 1
    }
    at += width || 1
  }
  return text + bytes.toString('utf8', start)
}

/** Bytes of the valid UTF-8 sequence at an offset, 0 where there is none. */
function validWidth(bytes: Buffer, at: number): number {
  const lead = bytes[at] ?? 0
  if (lead < 0x80) return 1
  const width = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2
  return at + width <= bytes.length && isUtf8(bytes.subarray(at, at + width)) ? width : 0
}

/** `whole`: a line that fitted into the buffer; otherwise a piece of a longer or unfinished one. */
interface Piece {
  whole: boolean
  bytes: Buffer
}

/** test2json's lineBuffer: whole lines where they fit, otherwise pieces cut between UTF-8 sequences. */
class LineBuffer {
  readonly #capacity: number
  #pending = Buffer.alloc(0)
  /** In the middle of a line that has been handed out in pieces. */
  #mid = false

  constructor(capacity: number) {
    this.#capacity = capacity
  }

  write(bytes: Buffer): Piece[] {
    if (this.#isOneLine(bytes)) {
      const whole = !this.#mid
      this.#mid = false
      return [{ whole, bytes }]
    }
    const pieces: Piece[] = []
    let rest = bytes
    while (rest.length > 0) {
      const room = this.#capacity - this.#pending.length
      this.#pending = Buffer.concat([this.#pending, rest.subarray(0, room)])
      rest = rest.subarray(room)
      this.#drain(pieces)
    }
    return pieces
  }

  flush(): Piece[] {
    if (this.#pending.length === 0) return []
    const piece = { whole: false, bytes: this.#pending }
    this.#pending = Buffer.alloc(0)
    return [piece]
  }

  /** The usual case, without a copy: nothing is pending and one line fits. */
  #isOneLine(bytes: Buffer): boolean {
    if (this.#pending.length > 0 || bytes.length > this.#capacity || bytes.at(-1) !== NEWLINE) return false
    return lineEnd(bytes, 0) === bytes.length
  }

  #drain(pieces: Piece[]): void {
    const buffer = this.#pending
    let start = 0
    for (let end = lineEnd(buffer, start); end >= 0; end = lineEnd(buffer, start)) {
      pieces.push({ whole: !this.#mid, bytes: buffer.subarray(start, end) })
      this.#mid = false
      start = end
    }
    // A benchmark prints its name, runs, and then prints the figures: the name must not wait for the line's end.
    const name = this.#mid ? -1 : benchmarkNameEnd(buffer, start)
    if (name >= 0) start = this.#cut(pieces, start, name)
    if (start === 0 && buffer.length === this.#capacity) start = this.#cut(pieces, 0, wholeSequences(buffer))
    this.#pending = Buffer.from(buffer.subarray(start))
  }

  #cut(pieces: Piece[], start: number, end: number): number {
    pieces.push({ whole: false, bytes: this.#pending.subarray(start, end) })
    this.#mid = true
    return end
  }
}

/** End of the line at `start`, its newline included; a marker that does not begin the line ends it too. */
function lineEnd(buffer: Buffer, start: number): number {
  // One loop and not two searches: a search for what is not there would look at the whole buffer for every line.
  for (let at = start; at < buffer.length; at++) {
    if (buffer[at] === NEWLINE) return at + 1
    if (buffer[at] === MARKER && at > start) return at
  }
  return -1
}

function benchmarkNameEnd(buffer: Buffer, start: number): number {
  const tab = buffer.indexOf(0x09, start)
  if (tab < 0) return -1
  const name = buffer.toString('utf8', start, tab).replace(/ +$/, '')
  return /^Benchmark(?!\p{Ll})/u.test(name) ? tab + 1 : -1
}

/** Length of the longest prefix that does not end inside a UTF-8 sequence. */
function wholeSequences(buffer: Buffer): number {
  for (let back = 1; back < 4 && back <= buffer.length; back++) {
    const byte = buffer[buffer.length - back] ?? 0
    if ((byte & 0xc0) === 0x80) continue
    const width = (byte & 0xe0) === 0xc0 ? 2 : (byte & 0xf0) === 0xe0 ? 3 : (byte & 0xf8) === 0xf0 ? 4 : 1
    return back < width ? buffer.length - back : buffer.length
  }
  return buffer.length
}
