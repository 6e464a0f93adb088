import { describe, expect, test } from 'vitest'
import { MAX_OUTPUT_EVENT_BYTES, type TestEvent, TestEventParser } from './test-events.ts'
import { CHUNK_SIZES, chunks, junk, sample } from './testdata/samples.ts'

interface RealEvent {
  Action: string
  Test?: string
  Output?: string
  Elapsed?: number
}

function parse(bytes: Buffer, size: number): TestEvent[] {
  const parser = new TestEventParser()
  return [...chunks(bytes, size).flatMap((piece) => parser.push(piece)), ...parser.end()]
}

function real(name: string): TestEvent[] {
  const lines = sample(name).toString().trim().split('\n')
  return lines.map((line) => {
    const { Action, Test, Output, Elapsed }: RealEvent = JSON.parse(line)
    return {
      action: Action as TestEvent['action'],
      test: Test ?? null,
      output: Output ?? null,
      elapsed: Elapsed ?? null,
    }
  })
}

/** A line that arrives in pieces may be told in pieces: only its text has to be the same. */
function joined(events: TestEvent[]): TestEvent[] {
  const all: TestEvent[] = []
  for (const event of events) {
    const last = all.at(-1)
    if (last?.action === 'output' && event.action === 'output' && last.test === event.test) {
      all[all.length - 1] = { ...last, output: `${last.output}${event.output}` }
    } else all.push(event)
  }
  return all
}

describe.each(['events', 'events-panic'])('the events of %s', (name) => {
  const bytes = sample(`events/${name}.stdout`)

  test('are those of go tool test2json, event by event', () => {
    expect(parse(bytes, Number.MAX_SAFE_INTEGER)).toEqual(real(`events/${name}.jsonl`))
  })

  test.each(CHUNK_SIZES)('are the same in pieces of %d bytes', (size) => {
    expect(joined(parse(bytes, size))).toEqual(joined(real(`events/${name}.jsonl`)))
  })
})

test('a printed marker without ^V is only text', () => {
  const events = parse(sample('events/events.stdout'), 64)
  expect(events.some(({ test, action }) => test === 'TestOther' && action !== 'output')).toBe(false)
})

test('a failing exit tells the reports that still stand and overrules the text', () => {
  const parser = new TestEventParser()
  parser.push(sample('events/events-panic.stdout'))
  expect(parser.end(false)).toEqual([
    { action: 'fail', test: 'TestPanic', output: null, elapsed: 0 },
    { action: 'fail', test: null, output: null, elapsed: null },
  ])
})

test('junk comes out as text, whole, and in bounded events', () => {
  const material = Buffer.concat([
    sample('events/events.stdout'),
    Buffer.from('\x16--- FAIL: \n    \xff=== RUN   ', 'latin1'),
  ])
  for (let seed = 1; seed <= 40; seed++) {
    const bytes = junk(seed, material)
    const whole = parse(bytes, Number.MAX_SAFE_INTEGER)
    expect(joined(parse(bytes, 7))).toEqual(joined(whole))
    for (const { output } of whole) expect(output?.length ?? 0).toBeLessThanOrEqual(MAX_OUTPUT_EVENT_BYTES)
  }
})
