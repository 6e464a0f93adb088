import type { Frame } from '@sandbox/protocol'
import { describe, expect, test } from 'vitest'
import { type LastWords, MAX_PANIC_CHARS, PanicParser } from './panic.ts'
import { CHUNK_SIZES, chunks, junk, sample, sourcesOf } from './testdata/samples.ts'

const SOURCES = sourcesOf('boom', ['boom.go', 'boom_test.go'])

function parse(bytes: Buffer, size = Number.MAX_SAFE_INTEGER, sources = SOURCES): LastWords {
  const parser = new PanicParser(sources)
  for (const piece of chunks(bytes, size)) parser.push(piece)
  return parser.end()
}

function outline({ panic, meaning }: LastWords) {
  const site = panic?.goroutine?.site
  return [meaning, panic?.kind, panic?.message, site ? `${site.file}:${site.line}` : null, panic?.test]
}

describe.each([
  ['TestCloseTwice', 'panic', 'panic', 'close of closed channel', 'boom.go:14', 'TestCloseTwice'],
  ['TestSendClosed', 'panic', 'panic', 'send on closed channel', 'boom.go:18', 'TestSendClosed'],
  [
    'TestNil',
    'panic',
    'panic',
    'runtime error: invalid memory address or nil pointer dereference',
    'boom.go:35',
    'TestNil',
  ],
  ['TestError', 'panic', 'panic', 'wrapped: inner\nsecond line', 'boom_test.go:90', 'TestError'],
  ['TestNested', 'panic', 'panic', 'second', 'boom_test.go:96', 'TestNested'],
  ['TestDeferPanic', 'panic', 'panic', 'in defer', 'boom_test.go:102', 'TestDeferPanic'],
  ['TestSubPanic', 'panic', 'panic', 'assignment to entry in nil map', 'boom_test.go:109', 'TestSubPanic'],
  ['TestExit0', 'panic', 'panic', 'unexpected call to os.Exit(0) during test', 'boom_test.go:115', 'TestExit0'],
  ['TestMapWrites', 'panic', 'fatal', 'concurrent map writes', 'boom.go:22', 'TestMapWrites'],
  ['MapWritesNoRace', 'panic', 'fatal', 'concurrent map writes', 'boom.go:22', 'TestMapWrites'],
  ['TestUnlock', 'panic', 'fatal', 'sync: unlock of unlocked mutex', 'boom.go:26', 'TestUnlock'],
  ['TestDeep', 'panic', 'fatal', 'stack overflow', 'boom.go:29', 'TestDeep'],
  ['TestAsleep', 'deadlock', 'fatal', 'all goroutines are asleep - deadlock!', null, null],
  [
    'TestTimeout',
    'timeout',
    'panic',
    'test timed out after 1s\nrunning tests:\n\tTestTimeout (1s)',
    null,
    'TestTimeout',
  ],
  [
    'TestSynctestBlocked',
    'deadlock',
    'panic',
    'deadlock: all goroutines in bubble are blocked',
    null,
    'TestSynctestBlocked',
  ],
  [
    'TestSynctestLeft',
    'deadlock',
    'panic',
    'deadlock: main bubble goroutine has exited but blocked goroutines remain',
    null,
    'TestSynctestLeft',
  ],
])('the last words of %s', (name, ...want) => {
  test.each(CHUNK_SIZES)('are read in pieces of %d bytes', (size) => {
    expect(outline(parse(sample(`panic/${name}.txt`), size))).toEqual(want)
  })
})

const AGAIN = sourcesOf('again', ['pool.go', 'pool_test.go'])
const RANGE = 'runtime error: index out of range [3] with length 0'
const DIED = `job 3 died: ${RANGE}`

describe.each([
  ['panics again with its own words', 'Wrapped', [[DIED, 'pool.go:17'], null, [[RANGE, 'pool.go:10']]]],
  ['does so in a goroutine of a pool', 'WrappedInPool', [[DIED, 'pool.go:17'], null, [[RANGE, 'pool.go:10']]]],
  ['panics again with the same value', 'Same', [[RANGE, 'pool.go:10'], 'pool.go:27', []]],
  ['does that in a goroutine of a pool', 'SameInPool', [[RANGE, 'pool.go:10'], 'pool.go:27', []]],
  ['does one after the other', 'Both', [[DIED, 'pool.go:17'], 'pool_test.go:16', [[RANGE, 'pool.go:10']]]],
])('code that recovers and %s', (_, name, want) => {
  const place = (site: Frame | null | undefined) => (site ? `${site.file}:${site.line}` : null)

  test.each(CHUNK_SIZES)('has each message with its own line, in pieces of %d bytes', (size) => {
    const { panic, again, earlier } = parse(sample(`panic/${name}.txt`), size, AGAIN)
    const before = earlier.map(({ message, site }) => [message, place(site)])
    expect([[panic?.message, place(panic?.goroutine?.site)], again && place(again), before]).toEqual(want)
  })
})

test('a panic whose place the stack does not tell has none', () => {
  const whole = sample('panic/WrappedInPool.txt').toString()
  // As where the runtime left out the middle of a long stack.
  const cut = whole.replace(/panic\(\{0x6356c0.*\n.*\n/, '')
  const { panic, earlier } = parse(Buffer.from(cut), 64, AGAIN)
  expect([panic?.message, panic?.goroutine?.site?.line, earlier]).toEqual([DIED, 17, [{ message: RANGE, site: null }]])
})

test('the value of a struct is told as the runtime does', () => {
  expect(parse(sample('panic/TestCustom.txt')).panic?.message).toMatch(/^\(boom\.custom\) 0x[0-9a-f]+$/)
})

test('the goroutines that a deadlock left are told with it', () => {
  const { dump } = parse(sample('panic/TestSynctestLeft.txt'))
  expect(dump.goroutines.find(({ state }) => state === 'chan send')?.site).toMatchObject({ file: 'boom.go', line: 18 })
})

test.each([
  ['fatal error: runtime: out of memory', 'out-of-memory'],
  ['fatal error: out of memory', 'out-of-memory'],
  ['panic: out of memory', 'panic'],
  ['race: limit on 8128 simultaneously alive goroutines is exceeded, dying', 'panic'],
])('%s means %s', (text, meaning) => {
  expect(parse(Buffer.from(`${text}\n`)).meaning).toBe(meaning)
})

test('an answer to SIGQUIT is a dump and no panic', () => {
  const { panic, meaning, dump } = parse(sample('dump/zoo.txt'))
  expect([panic, meaning, dump.total]).toEqual([null, null, 25])
})

test('a printed panic without a traceback gives way to the real one, before or after it', () => {
  const real = sample('panic/TestCloseTwice.txt')
  const fake = Buffer.from('panic: printed\n')
  expect(parse(Buffer.concat([fake, real])).panic?.message).toBe('close of closed channel')
  expect(parse(Buffer.concat([real, fake])).panic?.message).toBe('close of closed channel')
})

test('ordinary output has no last words', () => {
  expect(parse(Buffer.from('working\nno panic: here\n'))).toMatchObject({ panic: null, meaning: null })
})

test('a message is capped', () => {
  const message = parse(Buffer.from(`panic: ${'x\n\t'.repeat(MAX_PANIC_CHARS)}`)).panic?.message ?? ''
  expect(message.length).toBe(MAX_PANIC_CHARS)
})

test('junk never throws, and pieces make no difference', () => {
  const material = Buffer.concat(['TestNested', 'TestTimeout', 'TestDeep'].map((name) => sample(`panic/${name}.txt`)))
  for (let seed = 1; seed <= 60; seed++) {
    const bytes = junk(seed, material)
    expect(parse(bytes, 7)).toEqual(parse(bytes))
  }
})
