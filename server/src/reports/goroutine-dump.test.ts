import { countGoroutines, type Goroutine } from '@sandbox/protocol'
import { describe, expect, test } from 'vitest'
import {
  type Dump,
  GoroutineDumpParser,
  MAX_ALIKE,
  MAX_AT_LINES,
  MAX_FRAMES,
  MAX_GOROUTINES,
} from './goroutine-dump.ts'
import type { Sources } from './sources.ts'
import { CHUNK_SIZES, chunks, junk, sample, sourcesOf } from './testdata/samples.ts'

const HANG = sourcesOf('hang', ['hang.go', 'hang_test.go'])
const LEAKY = sourcesOf('leaky', ['fetch.go', 'fetch_test.go'])

function parse(sources: Sources, bytes: Buffer, size = Number.MAX_SAFE_INTEGER): Dump {
  const parser = new GoroutineDumpParser(sources)
  for (const piece of chunks(bytes, size)) parser.push(piece)
  return parser.end()
}

function place(frame: { file: string; line: number } | null): string | null {
  return frame ? `${frame.file}:${frame.line}` : null
}

function outline({ id, state, role, site, created, creator, waitsFor, test: name }: Goroutine): string {
  return [id, state, role, place(site), place(created), creator, waitsFor, name].join(' | ')
}

describe.each(CHUNK_SIZES)('a dump of every kind of waiting, in pieces of %d bytes', (size) => {
  const dump = parse(HANG, sample('dump/zoo.txt'), size)

  test('has all goroutines that have to do with the own files', () => {
    expect(dump.goroutines.filter(({ role }) => role !== 'runtime').map(outline)).toEqual([
      '34 | running | candidate | hang_test.go:26 | hang_test.go:45 | 20 |  | TestZoo',
      '20 | chan receive | test | hang_test.go:51 | /usr/local/go/src/testing/testing.go:2101 | 1 | 0xc0000c8280 | TestZoo',
      '21 | chan send | candidate | hang.go:20 | hang_test.go:28 | 20 | 0xc000094230 | TestZoo',
      '22 | chan receive | candidate | hang.go:24 | hang_test.go:30 | 20 | 0xc0000942a0 | TestZoo',
      '23 | chan receive | candidate | hang.go:28 | hang_test.go:31 | 20 | 0xc0000942a0 | TestZoo',
      '24 | select | candidate | hang.go:35 | hang_test.go:33 | 20 |  | TestZoo',
      '25 | select | candidate | hang.go:35 | hang_test.go:34 | 20 |  | TestZoo',
      '26 | sync.RWMutex.RLock | candidate | hang.go:51 | hang_test.go:36 | 20 | 0xc0000b0948 | TestZoo',
      '27 | sync.Mutex.Lock | candidate | hang_test.go:37 | hang_test.go:37 | 20 | 0xc0000b0948 | TestZoo',
      '28 | sync.Cond.Wait | candidate | hang.go:57 | hang_test.go:38 | 20 | 0xc0000b0980 | TestZoo',
      '29 | chan receive (nil chan) | candidate | hang_test.go:40 | hang_test.go:40 | 20 |  | TestZoo',
      '30 | chan send (nil chan) | candidate | hang_test.go:41 | hang_test.go:41 | 20 |  | TestZoo',
      '31 | select (no cases) | candidate | hang_test.go:42 | hang_test.go:42 | 20 |  | TestZoo',
      '32 | sleep | candidate | hang_test.go:43 | hang_test.go:43 | 20 |  | TestZoo',
      '33 | chan receive | candidate | hang.go:63 | hang_test.go:44 | 20 | 0xc0000943f0 | TestZoo',
      '35 | sync.WaitGroup.Wait | candidate | hang_test.go:50 | hang_test.go:50 | 20 | 0xc0000b0968 | TestZoo',
      '36 | sync.WaitGroup.Wait | test | hang_test.go:57 | /usr/local/go/src/testing/testing.go:2101 | 20 | 0xc0000b0968 | TestZoo',
      '37 | chan receive | candidate | hang.go:24 | hang_test.go:52 | 36 | 0xc0000942a0 | TestZoo',
      '50 | chan receive | candidate | hang.go:24 | hang_test.go:53 | 37 | 0xc0000942a0 | TestZoo',
    ])
  })

  test('counts them all and cuts deep stacks', () => {
    expect(dump.total).toBe(25)
    expect(Math.max(...dump.goroutines.map(({ stack }) => stack.length))).toBe(MAX_FRAMES)
  })
})

test('the leak profile marks what can never wake', () => {
  const { goroutines, total } = parse(LEAKY, sample('dump/leak.txt'))
  expect(goroutines.filter(({ leaked }) => leaked).map(outline)).toEqual([
    '21 | chan send | candidate | fetch.go:11 | fetch.go:11 | 20 |  | ',
    '25 | sync.Mutex.Lock | candidate | fetch.go:20 | fetch.go:19 | 24 | 0xc00009c1f8 | ',
    '23 | chan send | candidate | fetch.go:11 | fetch.go:11 | 20 |  | ',
    '26 | chan receive | candidate | fetch.go:28 | fetch.go:23 | 24 |  | ',
  ])
  expect(total).toBe(5)
})

test('the main goroutine waiting in TestMain is machinery', () => {
  expect(parse(LEAKY, sample('dump/leak.txt')).goroutines.find(({ id }) => id === 1)).toMatchObject({
    id: 1,
    role: 'runtime',
    leaked: false,
  })
})

test('a bubble is no part of a state, and its test is found', () => {
  const { goroutines } = parse(HANG, sample('dump/bubble.txt'))
  const stuck = goroutines.find(({ state }) => state === 'sync.Mutex.Lock')
  expect(stuck).toMatchObject({ role: 'test', test: 'TestBubble', site: { file: 'hang_test.go', line: 66 } })
  expect(goroutines.find(({ state }) => state === 'chan send')).toMatchObject({ site: { file: 'hang.go', line: 20 } })
})

test('two goroutines in a cycle wait for two different locks at one line', () => {
  const { goroutines } = parse(HANG, sample('dump/transfer.txt'))
  const stuck = goroutines.filter(({ state }) => state === 'sync.Mutex.Lock')
  expect(stuck.map(({ site }) => place(site))).toEqual(['hang.go:46', 'hang.go:46'])
  expect(new Set(stuck.map(({ waitsFor }) => waitsFor)).size).toBe(2)
})

const block = (id: number, line: number) =>
  `goroutine ${id} [chan send (leaked)]:\nsandbox/leaky.First.func1()\n\tfetch.go:${line} +0x45\n\n`

test('thousands of goroutines that stand alike leave room for the one that does not', () => {
  const flood = Array.from({ length: 10_000 }, (_, id) => block(id + 1, id === 9_998 ? 12 : 11)).join('')
  const { goroutines, total } = parse(LEAKY, Buffer.from(flood))
  expect([goroutines.length, total, countGoroutines(goroutines)]).toEqual([MAX_ALIKE + 1, 10_000, 10_000])
  expect(goroutines.at(-2)).toMatchObject({ id: MAX_ALIKE, alone: false, alike: 9_999 - MAX_ALIKE })
  expect(goroutines.at(-1)).toMatchObject({ id: 9_999, site: { line: 12 }, alone: false, alike: 0 })
})

test('goroutines at one line that wait for different things leave room too', () => {
  const each = (id: number, line: number) =>
    `goroutine ${id} [chan send]:\nruntime.chansend(0xc${id.toString(16).padStart(6, '0')}, 0x1)\n\tchan.go:1\nsandbox/leaky.First.func1()\n\tfetch.go:${line} +0x45\n\n`
  const flood = Array.from({ length: 3000 }, (_, id) => each(id + 1, id === 2_999 ? 12 : 11)).join('')
  const { goroutines, total } = parse(LEAKY, Buffer.from(flood))
  expect([goroutines.length, total, countGoroutines(goroutines)]).toEqual([MAX_AT_LINES + 1, 3000, MAX_AT_LINES + 1])
})

test('goroutines of very many kinds are counted and cut', () => {
  const flood = Array.from({ length: 3000 }, (_, id) => block(id + 1, id + 1)).join('')
  const { goroutines, total } = parse(LEAKY, Buffer.from(flood))
  expect([goroutines.length, total]).toEqual([MAX_GOROUTINES, 3000])
})

test('junk never throws, and pieces make no difference', () => {
  const material = Buffer.concat(['zoo', 'bubble', 'leak'].map((name) => sample(`dump/${name}.txt`)))
  for (let seed = 1; seed <= 60; seed++) {
    const bytes = junk(seed, material)
    expect(parse(HANG, bytes, 7)).toEqual(parse(HANG, bytes))
  }
})

const GROUPED: Sources = {
  importPath: 'sandbox/pool',
  files: new Map([
    [
      'pool_test.go',
      {
        origin: 'test',
        text: 'package pool\n\nfunc TestPool(t *testing.T) {\n\tvar wg sync.WaitGroup\n\twg.Go(work)\n}\n',
      },
    ],
    ['pool.go', { origin: 'candidate', text: 'package pool\n\nfunc work() {\n\t<-jobs\n}\n' }],
  ]),
}
const OF_A_GROUP = `goroutine 9 [running]:
gosandbox/evidence.leakDump()
\tgosandbox/evidence/watchdog.go:110 +0x44
gosandbox/evidence.(*dog).look(0x7a5ba0)
\tgosandbox/evidence/watchdog.go:70 +0x1f8
created by time.goFunc
\t/usr/local/go/src/time/sleep.go:215 +0x45

goroutine 1 [chan receive]:
testing.(*T).Run(0xc000102fc8, {0x647465, 0x5}, 0x655728)
\t/usr/local/go/src/testing/testing.go:2109 +0xb3e
main.main()
\t_testmain.go:46 +0x165

goroutine 8 [chan receive]:
sandbox/pool.work()
\tpool.go:4 +0x2c
sync.(*WaitGroup).Go.func1()
\t/usr/local/go/src/sync/waitgroup.go:239 +0x4e
created by sync.(*WaitGroup).Go in goroutine 7
\t/usr/local/go/src/sync/waitgroup.go:238 +0x73
`

test('a goroutine of a WaitGroup shows the call that started it, and the judge shows nothing of itself', () => {
  const parser = new GoroutineDumpParser(GROUPED)
  parser.push(Buffer.from(OF_A_GROUP))
  const { goroutines, total } = parser.end()
  expect(total).toBe(2)
  expect(goroutines.map(({ id, role }) => [id, role])).toEqual([
    [8, 'candidate'],
    [1, 'runtime'],
  ])
  expect(goroutines[0]).toMatchObject({
    created: { function: 'sandbox/pool.TestPool', file: 'pool_test.go', line: 5 },
    test: 'TestPool',
  })
})
