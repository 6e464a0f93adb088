import { readFileSync } from 'node:fs'
import { gunzipSync, gzipSync } from 'node:zlib'
import { ProfileKind, RunEvent } from '@sandbox/protocol'
import { describe, expect, test } from 'vitest'
import { MAX_ENTRIES } from '../reports/pprof.ts'
import { MAX_PROFILE_CHARS } from '../reports/profile.ts'
import type { Sources } from '../reports/sources.ts'
import { profileEvent } from './profile-events.ts'

const DATA = new URL('../reports/testdata/profile/', import.meta.url)
const program = (name: string) => readFileSync(new URL(`program/${name}`, DATA), 'utf8')
const SOURCES: Sources = {
  importPath: 'sandbox/cache',
  files: new Map([
    ['cache.go', { origin: 'candidate', text: program('cache.go') }],
    ['cache_test.go', { origin: 'test', text: program('cache_test.go') }],
    ['hidden_test.go', { origin: 'hidden', text: program('hidden_test.go') }],
  ]),
}
const RUNS = 40

const captured = (kind: ProfileKind) => readFileSync(new URL(`${kind}.pb.gz`, DATA))

function told(kind: ProfileKind, bytes: Buffer = captured(kind)) {
  return profileEvent(SOURCES, { kind, bytes, cut: false, problem: null }, RUNS)
}

const CACHE_GET = 'in `(*Cache).Get` at cache.go:17: `c.mu.Lock()`'
const WORDS: Record<ProfileKind, string[]> = {
  cpu: ['Of 490 ms of CPU in 40 runs of the tests, 96 % in `slow` at cache.go:31: `sum = sha256.Sum256(text)`.'],
  heap: [
    '470 KB were allocated in 40 runs of the tests; 75 % of it in `(*Cache).Get` at cache.go:23: `c.values[key] = value`.',
    '3546 objects were allocated in 40 runs of the tests; 44 % of it in `(*Cache).Get` at cache.go:23: `c.values[key] = value`.',
    'Only 70 KB were still in use at the end.',
  ],
  block: [
    `Goroutines waited 3.05 s in all in 40 runs of the tests; 82 % of it ${CACHE_GET}.`,
    `Goroutines waited 1427 times in 40 runs of the tests; 97 % of it ${CACHE_GET}.`,
  ],
  mutex: [
    'Locks made others wait 2.65 s in all in 40 runs of the tests; 97 % of it until the unlock in `(*Cache).Get` at cache.go:24.',
    'Locks made others wait 1412 times in 40 runs of the tests; 54 % of it until the unlock in `(*Cache).Get` at cache.go:24.',
  ],
  goroutine: [
    '9 goroutines at the moment with most of them; 50 % in `slow` at cache.go:31: `sum = sha256.Sum256(text)`.',
  ],
}

describe('a profile that the tests of a cache wrote', () => {
  test.each(ProfileKind.options)('is told in words (%s)', (kind) => {
    const event = told(kind)
    expect(event.profile?.measures.map(({ sentence }) => sentence)).toEqual(WORDS[kind])
    expect(event.sentence).toBe(WORDS[kind][0])
    expect(RunEvent.safeParse(event).success).toBe(true)
  })

  test('shows nothing of a hidden test but that it is one, and nothing of the judge and of package testing’s own waits', () => {
    for (const kind of ProfileKind.options) {
      const { profile } = told(kind)
      const frames = profile?.frames ?? []
      expect(JSON.stringify(profile)).not.toContain('hidden_test.go')
      expect(frames.filter(({ function: fn }) => /^gosandbox|^testing\.tRunner|^runtime\.goexit$/.test(fn))).toEqual([])
      const hidden = frames.filter(({ origin }) => origin === 'hidden')
      expect(hidden.every(({ file, line }) => file === 'hidden test' && line === 0)).toBe(true)
    }
    expect(told('heap').profile?.frames.some(({ origin }) => origin === 'hidden')).toBe(true)
  })

  test('has each place once, and every stack begins with the outermost call', () => {
    const { profile } = told('cpu')
    const frames = profile?.frames ?? []
    expect(new Set(frames.map((frame) => JSON.stringify(frame))).size).toBe(frames.length)
    const hot = profile?.stacks.find(({ frames: calls }) => calls.some((at) => frames[at]?.function.endsWith('.slow')))
    const [outer] = hot?.frames ?? []
    expect(outer !== undefined && frames[outer]?.function).toMatch(/sandbox\/cache\.Test|sync\.\(\*WaitGroup\)/)
  })
})

/** One field of a message, by hand. */
const field = (number: number, payload: Buffer) =>
  Buffer.concat([Buffer.from([number * 8 + 2]), varint(payload.length), payload])

function varint(value: number): Buffer {
  const bytes: number[] = []
  let rest = value
  while (rest >= 128) {
    bytes.push((rest % 128) + 128)
    rest = Math.floor(rest / 128)
  }
  return Buffer.from([...bytes, rest])
}

describe('a file that hostile code wrote in place of a profile', () => {
  const sentenceOf = (bytes: Buffer, kind: ProfileKind = 'cpu') => {
    const { profile, sentence } = told(kind, bytes)
    expect(profile).toBeNull()
    return sentence
  }

  test.each([
    ['nothing', Buffer.alloc(0), 'its file is empty'],
    ['text', Buffer.from('not a profile'), 'its file is not a profile'],
    ['a gzip bomb', gzipSync(Buffer.alloc(64 * 1024 * 1024)), 'it holds more than can be shown'],
    ['half of a profile', captured('cpu').subarray(0, 900), 'its file is not a profile'],
    ['packed junk', gzipSync(Buffer.alloc(100_000, 0xff)), 'its file is not a profile'],
    [
      'a million samples',
      gzipSync(Buffer.concat(Array(1_000_000).fill(field(2, Buffer.alloc(0))))),
      'it holds more than can be shown',
    ],
    ['a field longer than the file', gzipSync(Buffer.from([0x12, 0xff, 0xff, 0x7f])), 'its file is not a profile'],
    [
      'a number that does not end',
      gzipSync(Buffer.alloc(64 * 1024, 0xff).fill(0x48, 0, 1)),
      'its file is not a profile',
    ],
    ['a profile of another kind', captured('heap'), 'its file holds another kind of profile'],
  ])('is told in a sentence (%s)', (_, bytes, why) => {
    expect(sentenceOf(bytes)).toBe(`No CPU profile: ${why}.`)
  })

  test('is told in a sentence where one stack of many calls is repeated until it would fill the memory', () => {
    const types = field(1, Buffer.from([8, 0, 16, 0]))
    const location = field(4, Buffer.concat([Buffer.from([8, 1]), ...Array(500).fill(field(4, Buffer.from([16, 1])))]))
    const sample = field(2, field(1, Buffer.alloc(500, 1)))
    const many = Array(MAX_ENTRIES - 1).fill(sample)
    expect(sentenceOf(gzipSync(Buffer.concat([types, field(6, Buffer.alloc(0)), location, ...many])))).toContain(
      'more than',
    )
  })

  test('never throws and is always an event, whichever byte of a profile is another one', () => {
    for (const kind of ['cpu', 'goroutine'] as const) {
      const whole = gunzipSync(captured(kind))
      for (let at = 0; at < whole.length; at += 43) {
        const changed = Buffer.from(whole)
        changed[at] = (changed[at] ?? 0) ^ 0xff
        expect(RunEvent.safeParse(told(kind, gzipSync(changed, { level: 1 }))).error).toBeUndefined()
      }
    }
  })

  test('is cut, smallest stacks first, to what a page can take', () => {
    const text = (value: string) => field(6, Buffer.from(value))
    const number = (key: number, value: number) => Buffer.concat([Buffer.from([key * 8]), varint(value)])
    const parts = [text(''), text('cpu'), text('nanoseconds'), field(1, Buffer.concat([number(1, 1), number(2, 2)]))]
    for (let i = 1; i <= 5000; i++) {
      parts.push(text('f'.repeat(390) + i))
      parts.push(field(5, Buffer.concat([number(1, i), number(2, i + 2)])))
      parts.push(field(4, Buffer.concat([number(1, i), field(4, Buffer.concat([number(1, i), number(2, 2 ** 60)]))])))
      parts.push(field(2, Buffer.concat([field(1, varint(i)), field(2, varint(i))])))
    }
    const event = told('cpu', gzipSync(Buffer.concat(parts)))
    expect(RunEvent.safeParse(event).error).toBeUndefined()
    expect(JSON.stringify(event).length).toBeLessThan(MAX_PROFILE_CHARS * 1.1)
    expect(event.profile?.stacks[0]?.values).toEqual([5000])
    expect(event.profile?.cut).toBe(5000 - (event.profile?.stacks.length ?? 0))
  })

  test('is told where there is none, or something else has its name', () => {
    const without = (problem: 'missing' | 'not-a-file' | null, cut = false) =>
      profileEvent(SOURCES, { kind: 'heap', bytes: Buffer.alloc(3), cut, problem }, 1).sentence
    expect(without('missing')).toBe('No heap profile: the tests did not come to the end at which it is written.')
    expect(without('not-a-file')).toBe('No heap profile: the program put something else in the place of its file.')
    expect(without(null, true)).toBe('No heap profile: its file is larger than a profile can be.')
  })
})
