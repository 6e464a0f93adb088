import { foldEntries, type LoggedEntry } from '@sandbox/protocol'
import { beforeAll, expect, test } from 'vitest'
import * as Y from 'yjs'
import { interviewLog, LOG_START_MS } from '../testdata/interview-log.ts'
import { fromBase64, toBase64 } from './base64.ts'
import { barsOf } from './edit-bars.ts'
import { Replay } from './replay.ts'

const MINUTE = 60_000
let entries: LoggedEntry[]
let replay: Replay

const read = (log: readonly LoggedEntry[]) => Replay.read(log, () => Promise.resolve())

beforeAll(async () => {
  entries = interviewLog({ churn: 2000 })
  replay = await read(entries)
})

/** The document and the interview as they come about without any checkpoint. */
function foldedFromTheStart(log: readonly LoggedEntry[], at: number) {
  const until = log.filter((entry) => entry.at <= at)
  const doc = new Y.Doc()
  for (const { entry } of until) if (entry.type === 'edited') Y.applyUpdate(doc, fromBase64(entry.update))
  const files = [...doc.getMap<Y.Text>('files')].map(([path, text]) => [path, text.toString()] as const)
  return { interview: foldEntries(until), files: new Map(files) }
}

test('going anywhere, back and forth, comes to what folding from the start comes to', () => {
  const moments = entries.filter((_, index) => index % 97 === 0).map(({ at }) => at)
  const jumping = moments.map((_, index) => moments[(index * 31) % moments.length] ?? 0)
  for (const at of [-1, ...jumping, LOG_START_MS + 1_000_000 * MINUTE]) {
    const { interview, files } = replay.at(at)
    expect({ interview, files }).toEqual(foldedFromTheStart(entries, at))
  }
})

test('files that come, go and come again are there when they were', async () => {
  const doc = new Y.Doc()
  const files = doc.getMap<unknown>('files')
  const log: LoggedEntry[] = []
  doc.on('update', (update: Uint8Array) => {
    const entry = { type: 'edited', update: toBase64(update) } as const
    log.push({ seq: log.length + 1, at: log.length, by: 'm1', entry })
  })
  files.set('a/x.go', new Y.Text('one'))
  files.delete('a/x.go')
  files.set('a/x.go', new Y.Text('two'))
  files.set('a/y.go', 'no text of Yjs')
  const { at } = await read(log).then((read) => ({ at: (ms: number) => [...read.at(ms).files] }))
  expect([0, 1, 2, 3].map(at)).toEqual([[['a/x.go', 'one']], [], [['a/x.go', 'two']], [['a/x.go', 'two']]])
})

test('what an exercise begins with is no edit of who opened it', async () => {
  const doc = new Y.Doc()
  const files = doc.getMap<Y.Text>('files')
  const log: LoggedEntry[] = []
  const add = (at: number, by: string, entry: LoggedEntry['entry']) => log.push({ seq: log.length + 1, at, by, entry })
  let at = 10
  doc.on('update', (update: Uint8Array) => add(at, 'm1', { type: 'edited', update: toBase64(update) }))
  add(at, 'm1', { type: 'opened', exercise: 'a' })
  files.set('a/x.go', new Y.Text('package x\n'))
  at = 20
  files.get('a/x.go')?.insert(0, '// mine\n')
  const { edits, moments } = (await read(log)).timeline
  expect(edits).toEqual([20])
  expect(moments.filter(({ kind }) => kind === 'edit')).toHaveLength(1)
})

test('an entry that Yjs cannot read changes nothing', async () => {
  const broken = { seq: 1, at: 0, by: 'm1', entry: { type: 'edited', update: 'AAECAwQFBgc=' } } as const
  const log: LoggedEntry[] = [broken, { ...broken, seq: 2, entry: { type: 'edited', update: '%%%' } }]
  expect((await read(log)).at(1).files.size).toBe(0)
})

test('the timeline leaves out the days before and after', () => {
  const { from, to, zero } = replay.timeline
  expect([from, zero, to].map((at) => (at - LOG_START_MS) / MINUTE)).toEqual([-4, 0, 90])
})

test('the timeline has parts, pauses, exercises and the bracket from race to fix', () => {
  const { parts, pauses, exercises, brackets } = replay.timeline
  const minutes = ({ from, to }: { from: number; to: number }) =>
    [from, to].map((at) => Math.round((at - LOG_START_MS) / MINUTE))
  expect(parts.map((part) => [part.title, ...minutes(part)])).toEqual([
    ['Introduction', 0, 5],
    ['Advanced Go mastery', 5, 24],
    ['Database architecture', 24, 50],
    ['Design', 50, 83],
    ['The candidate asks', 83, 90],
  ])
  expect(pauses.map(minutes)).toEqual([[20, 24]])
  expect(exercises.map((one) => [one.exercise, ...minutes(one)])).toEqual([
    ['worker-pool', 0, 26],
    ['hit-counter', 26, 90],
  ])
  expect(brackets).toMatchObject([{ exercise: 'worker-pool', race: 'r3', fix: 'r6' }])
})

test('edits are counted where they were made, and those of the server are nobody’s', () => {
  const { edits, from } = replay.timeline
  const bars = barsOf(edits, from, 20_000)
  const typed = entries.filter(({ by, entry }) => entry.type === 'edited' && by !== null)
  expect(bars.reduce((sum, { count }) => sum + count, 0)).toBe(typed.length)
  const [first] = bars
  expect(Math.floor(((typed[0]?.at ?? 0) - from) / 20_000)).toBe(((first?.from ?? 0) - from) / 20_000)
  expect(first?.from).toBeGreaterThan(from)
})

test('a fault is shown while it is on, and with the run that it spoiled', async () => {
  const at = (minute: number) => LOG_START_MS + minute * MINUTE
  const told = (minute: number, entry: LoggedEntry['entry']): LoggedEntry => ({
    seq: 1,
    at: at(minute),
    by: 'm1',
    entry,
  })
  const extra = [
    told(18.3, { type: 'fault', fault: 'slow-disk' }),
    told(30, { type: 'fault', fault: 'late' }),
    told(31, { type: 'fault', fault: null }),
  ]
  const log = [...entries, ...extra].sort((a, b) => a.at - b.at)
  const { faults, moments } = (await read(log)).timeline
  expect(faults).toEqual([
    { fault: 'slow-disk', from: at(18.3), to: at(26) },
    { fault: 'late', from: at(30), to: at(31) },
  ])
  const words = moments.map((moment) => moment.words)
  expect(words).toEqual(expect.arrayContaining(['The fault slow-disk is on', 'The fault is off', 'Mira is let in']))
  expect(words.some((one) => /^Run 6 passed with the fault slow-disk, 5 min 22 s/.test(one))).toBe(true)
})

test('moments are told in words, in order', () => {
  const { moments } = replay.timeline
  const words = moments.map((moment) => moment.words)
  expect(moments.map(({ at }) => at)).toEqual(moments.map(({ at }) => at).sort((a, b) => a - b))
  expect(words).toContain('Run 2 does not compile')
  expect(words).toContain('Run 3 race, the first on worker-pool')
  expect(words).toContain('Run 6 passed, 5 min 22 s after the first race')
  expect(words).toContain('Note by Jonas: Reads the race report top down; names both sites unprompted.')
  expect(words).toContain('Mira pastes 212 characters into worker-pool/pool.go:36')
  expect(words).toContain('On to Concurrency patterns')
  expect(words.some((one) => /^Mira edits pool\.go, lines \d+–\d+$/.test(one))).toBe(true)
})

test('silence is where nothing at all happened', () => {
  const { idle } = replay.timeline
  const minutes = idle.map(({ from, to }) => [from, to].map((at) => Math.round((at - LOG_START_MS) / MINUTE)))
  expect(minutes).toContainEqual([50, 55])
  expect(minutes.every(([from = 0, to = 0]) => to - from >= 1)).toBe(true)
})
