import { describe, expect, test } from 'vitest'
import { type LastWords, MAX_PANIC_CHARS, PanicParser } from './panic.ts'
import { CHUNK_SIZES, chunks, junk, sample, sourcesOf } from './testdata/samples.ts'

const SOURCES = sourcesOf('boom', ['boom.go', 'boom_test.go'])

function parse(bytes: Buffer, size = Number.MAX_SAFE_INTEGER): LastWords {
  const parser = new PanicParser(SOURCES)
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
  ['TestNested', 'panic', 'panic', 'first\npanic: second', 'boom_test.go:96', 'TestNested'],
  ['TestDeferPanic', 'panic', 'panic', 'original\npanic: in defer', 'boom_test.go:102', 'TestDeferPanic'],
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
