import type { Race } from '@sandbox/protocol'
import { describe, expect, test } from 'vitest'
import { MAX_RACES, RaceParser } from './race-report.ts'
import { CHUNK_SIZES, chunks, junk, sample, sourcesOf } from './testdata/samples.ts'

const SOURCES = sourcesOf('counter', ['counter.go', 'counter_test.go', 'main_test.go', 'hidden_test.go'])

function parse(bytes: Buffer, size = Number.MAX_SAFE_INTEGER): { races: Race[]; told: number; reports: number } {
  const parser = new RaceParser(SOURCES)
  const told = [...chunks(bytes, size).flatMap((piece) => parser.push(piece)), ...parser.end()].length
  return { races: parser.races, told, reports: parser.reports }
}

function place(frame: { file: string; line: number } | null | undefined): string | null {
  return frame ? `${frame.file}:${frame.line}` : null
}

/** What a race says at a glance: kind, site and creation site of both accesses. */
function outline({ accesses, test, count }: Race) {
  const ends = accesses.map(({ kind, site, created }) => `${kind} ${place(site)} from ${place(created?.site)}`)
  return { ends, test, count }
}

describe.each([
  {
    label: 'a go statement against the test',
    name: 'TestGo',
    want: [
      {
        ends: ['write counter.go:18 from counter_test.go:13', 'read counter.go:23 from main_test.go:17'],
        test: 'TestGo',
        count: 1,
      },
    ],
  },
  {
    label: 'wg.Go of a literal: the call is found around it, although the stack lacks it',
    name: 'TestWaitGroupGo',
    want: [
      {
        ends: ['read counter.go:18 from counter.go:33', 'write counter.go:18 from counter.go:33'],
        test: 'TestWaitGroupGo',
        count: 1,
      },
      {
        ends: ['read counter.go:19 from counter.go:33', 'write counter.go:19 from counter.go:33'],
        test: 'TestWaitGroupGo',
        count: 2,
      },
    ],
  },
  {
    label: 'wg.Go of a method value called twice: the shown frame is kept',
    name: 'TestNamed',
    want: [
      {
        ends: ['read counter.go:39 from counter_test.go:31', 'write counter.go:39 from counter_test.go:31'],
        test: 'TestNamed',
        count: 1,
      },
    ],
  },
  {
    label: 'generics',
    name: 'TestGeneric',
    want: [
      {
        ends: ['write counter.go:51 from counter_test.go:38', 'read counter.go:55 from main_test.go:17'],
        test: 'TestGeneric',
        count: 1,
      },
    ],
  },
  {
    label: 'inside of std: the site is the line that called it, and two reports are one race',
    name: 'TestBuffer',
    want: [
      {
        ends: ['write counter.go:60 from counter_test.go:49', 'write counter.go:60 from main_test.go:17'],
        test: 'TestBuffer',
        count: 1,
      },
    ],
  },
  {
    label: 'a parallel subtest',
    name: 'TestSub',
    want: [
      {
        ends: ['read counter_test.go:62 from counter_test.go:62', 'write counter_test.go:63 from counter_test.go:58'],
        test: 'TestSub',
        count: 1,
      },
    ],
  },
  {
    label: 'a hidden test: no line of it',
    name: 'TestHidden',
    want: [
      {
        ends: ['write counter.go:19 from hidden test:0', 'read counter.go:27 from main_test.go:17'],
        test: 'TestHidden',
        count: 1,
      },
    ],
  },
  {
    label: 'the main goroutine',
    name: 'TestMain',
    want: [
      {
        ends: ['read main_test.go:13 from main_test.go:13', 'write main_test.go:14 from null'],
        test: 'TestMain',
        count: 1,
      },
    ],
  },
])('$label', ({ name, want }) => {
  test.each(CHUNK_SIZES)('is read in pieces of %d bytes', (size) => {
    const { races, told } = parse(sample(`race/${name}.txt`), size)
    expect(races.map(outline)).toMatchObject(name === 'TestBuffer' ? [{ ...want[0], count: 2 }] : want)
    expect(told).toBe(races.length)
  })
})

test('the same pair of sites has the same id, whichever goroutine came first', () => {
  const text = sample('race/TestGo.txt').toString()
  const swapped = text
    .replace('counter.go:18', 'counter.go:X')
    .replace('counter.go:23', 'counter.go:18')
    .replace('counter.go:X', 'counter.go:23')
  expect(parse(Buffer.from(swapped)).races[0]?.id).toBe(parse(Buffer.from(text)).races[0]?.id)
})

test('the main goroutine is called main', () => {
  const [race] = parse(sample('race/TestMain.txt')).races
  expect(race?.accesses[1]).toMatchObject({ goroutine: 'main', state: 'main', created: null })
})

test('a stack that could not be restored leaves the access without a site', () => {
  const text = sample('race/TestGo.txt').toString()
  const lost = text.replace(/(Previous read.*\n)(?: .*\n)+/, '$1  [failed to restore the stack]\n')
  const [race] = parse(Buffer.from(lost)).races
  expect(race?.accesses[1]).toMatchObject({ kind: 'read', site: null, stack: [] })
  expect(race?.accesses[0]?.site).toMatchObject({ file: 'counter.go', line: 18 })
})

test('the race runtime giving up is a limit and no race', () => {
  const parser = new RaceParser(SOURCES)
  parser.push(Buffer.from('race: limit on 8128 simultaneously alive goroutines is exceeded, dying\n'))
  expect([...parser.end(), parser.goroutineLimit]).toEqual([8128])
})

test('a flood of different races is capped and still counted', () => {
  const text = sample('race/TestGo.txt').toString()
  const flood = Array.from({ length: MAX_RACES * 2 }, (_, n) => text.replace('counter.go:18', `counter.go:${n + 100}`))
  const { races, reports } = parse(Buffer.from(flood.join('')))
  expect([races.length, reports]).toEqual([MAX_RACES, MAX_RACES * 2])
})

test('junk never throws, and pieces make no difference', () => {
  const material = Buffer.concat(['TestGo', 'TestBuffer', 'TestMain'].map((name) => sample(`race/${name}.txt`)))
  for (let seed = 1; seed <= 60; seed++) {
    const bytes = junk(seed, material)
    expect(parse(bytes, 7)).toEqual(parse(bytes))
  }
})
