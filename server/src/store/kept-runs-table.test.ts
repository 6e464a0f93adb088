import { randomBytes } from 'node:crypto'
import { gunzipSync, gzipSync } from 'node:zlib'
import { KeptRun, KeptRunId } from '@sandbox/protocol'
import { beforeEach, describe, expect, it } from 'vitest'
import { openMemory } from './database.ts'
import { KEPT_LIMITS, type KeptLimits, KeptRunsTable, type RunToKeep } from './kept-runs-table.ts'

const ADA = { name: 'ada' }
const BOB = { name: 'bob' }
const DAY_MS = 24 * 60 * 60 * 1000

const json = (value: unknown) => Buffer.from(JSON.stringify(value))
const description = {
  id: 'r1',
  request: 'q1',
  exercise: 'hit-counter',
  files: [{ name: 'hits.go', text: 'package hits' }],
  snapshot: 's1',
  acceptedAt: 5,
}
const MESSAGES = [
  json({ type: 'run', run: description }),
  json({ type: 'event', run: 'r1', seq: 1, at: 0, event: { type: 'started' } }),
]
const wish = (more: Partial<RunToKeep> = {}): RunToKeep => ({
  owner: ADA,
  run: 'r1',
  messages: MESSAGES,
  timeline: null,
  ...more,
})

/** Text that compresses to about so many bytes. */
const noise = (bytes: number) => randomBytes(bytes).toString('base64')
const event = (text: string) =>
  json({
    type: 'event',
    run: 'r1',
    seq: 1,
    at: 0,
    event: { type: 'output', stream: 'stdout', test: null, text },
  })

describe('kept runs', () => {
  let table: KeptRunsTable
  beforeEach(() => {
    table = new KeptRunsTable(openMemory())
  })
  const withLimits = (limits: Partial<KeptLimits>) => {
    table = new KeptRunsTable(openMemory(), limits)
  }
  const keep = async (more: Partial<RunToKeep> = {}, at = 10) => {
    const keeping = await table.keep(wish(more), at)
    return keeping.type === 'kept' ? keeping.id : keeping.reason
  }

  it('are read by whoever knows the id, and come back as they were told', async () => {
    const keeping = await table.keep(wish(), 10)
    expect(keeping).toEqual({ type: 'kept', id: expect.any(String), expiresAt: 10 + 30 * DAY_MS })
    const id = keeping.type === 'kept' ? keeping.id : ''
    expect(KeptRunId.safeParse(id).success).toBe(true)
    const found = table.read(id, BOB, 20)
    expect(found?.own).toBe(false)
    const kept = KeptRun.parse(JSON.parse(String(gunzipSync(found?.content ?? ''))))
    expect(kept.expiresAt).toBe(10 + 30 * DAY_MS)
    expect(kept.messages).toEqual(MESSAGES.map((message) => JSON.parse(String(message))))
    expect(table.read('AAAAAAAAAAAAAAAAAAAAAA', ADA, 20)).toBe(null)
  })

  it('of one owner are kept once each, even where it is asked for twice at a time', async () => {
    const [first, second] = await Promise.all([keep(), keep()])
    expect(second).toBe(first)
    expect(await keep({ owner: BOB })).not.toBe(first)
    expect(await keep({ owner: { kind: 'interview', name: 'ada' } })).not.toBe(first)
  })

  it('are deleted by their owner alone', async () => {
    const id = await keep()
    expect(table.delete(id, BOB)).toBe(false)
    expect(table.delete(id, { kind: 'interview', name: 'ada' })).toBe(false)
    expect(table.read(id, ADA, 20)?.own).toBe(true)
    expect(table.delete(id, ADA)).toBe(true)
    expect(table.read(id, ADA, 20)).toBe(null)
  })

  it('are not to be had any more when their time is over, nor when their owner is forgotten', async () => {
    const id = await keep()
    expect(table.read(id, ADA, 9 + KEPT_LIMITS.keptMs)).not.toBe(null)
    expect(table.read(id, ADA, 10 + KEPT_LIMITS.keptMs)).toBe(null)
    expect(await keep({}, 10 + KEPT_LIMITS.keptMs)).not.toBe(id)
    table.forget(ADA)
    expect(await keep()).not.toBe(id)
  })

  it('beyond what one owner may keep, the oldest of this owner go', async () => {
    withLimits({ ownRuns: 2 })
    const others = await keep({ owner: BOB })
    const ids = []
    for (const run of ['r1', 'r2', 'r3']) ids.push(await keep({ run }))
    expect([others, ...ids].map((id) => table.read(id, ADA, 20) !== null)).toEqual([true, false, true, true])
  })

  it('have one bound of bytes for each owner', async () => {
    withLimits({ ownBytes: 3000 })
    const ids = []
    for (const run of ['r1', 'r2', 'r3']) ids.push(await keep({ run, messages: [event(noise(1000))] }))
    expect(ids.map((id) => table.read(id, ADA, 20) !== null)).toEqual([false, true, true])
  })

  it('are refused where one is too large, and where there is no room: nobody’s link is given up for another’s', async () => {
    withLimits({ oneBytes: 2000, allBytes: 2500 })
    expect(await keep({ messages: [event(noise(5000))] })).toBe('too-large')
    const first = await keep({ messages: [event(noise(1200))] })
    expect(await keep({ owner: BOB, messages: [event(noise(1500))] })).toBe('no-room')
    expect(table.read(first, ADA, 20)).not.toBe(null)
    expect(await keep({ owner: BOB, messages: [event(noise(1500))] }, 10 + KEPT_LIMITS.keptMs)).not.toBe('no-room')
  })

  it('have their timeline with them, unless that makes them too large', async () => {
    withLimits({ oneBytes: 2000 })
    const timeline = gzipSync('{}')
    const small = await keep({ timeline })
    expect(table.timelineOf(small, 20)).toEqual(timeline)
    const large = await keep({ run: 'r2', timeline: randomBytes(2000) })
    expect([table.read(large, ADA, 20) !== null, table.timelineOf(large, 20)]).toEqual([true, null])
  })
})
