import { randomUUID } from 'node:crypto'
import type { DatabaseSync } from 'node:sqlite'
import type { InterviewNews, Role, RunRequest } from '@sandbox/protocol'
import { CloseCode } from '@sandbox/protocol'
import { describe, expect, test } from 'vitest'
import { testGuide } from '../../protocol/src/interview/test-guide.ts'
import { createLog } from '../log.ts'
import { emptyVerdict } from '../runs/endings.ts'
import type { Execute } from '../runs/executor.ts'
import { FairQueue } from '../runs/queue.ts'
import { RunRegistry } from '../runs/run-registry.ts'
import { openMemory } from '../store/database.ts'
import { InterviewTable } from '../store/interview-table.ts'
import type { Guest } from './audience.ts'
import { Journal } from './journal.ts'
import { unpackRun } from './kept-run.ts'
import { Rooms } from './rooms.ts'

/** A page that remembers what it was told. */
class Page implements Guest {
  readonly person: string
  readonly role: Role
  readonly news: InterviewNews[] = []
  ended: number | null = null

  constructor(person: string, role: Role) {
    this.person = person
    this.role = role
  }

  tell(news: InterviewNews): void {
    this.news.push(news)
  }

  letIn(): void {}

  end(code: number): void {
    this.ended = code
  }

  types(): string[] {
    return this.news.map(({ type }) => type)
  }
}

const noted = (serial: number, note: string, text: string) => {
  return { serial, id: randomUUID(), act: { type: 'noted' as const, note, text } }
}

function roomsOn(table: InterviewTable, registry = runsThatEnd()): Rooms {
  return new Rooms({ table, registry, log: createLog('silent'), keptMs: 1_000_000, starterOf: () => null })
}

function runsThatEnd(): RunRegistry {
  return registryOf(async () => emptyVerdict('passed', 'All tests passed.'))
}

function registryOf(execute: Execute): RunRegistry {
  return new RunRegistry({ execute, queue: new FairQueue({ slots: 1, maxWaiting: 1 }), log: createLog('silent') })
}

function begun(table: InterviewTable, registry?: RunRegistry) {
  const rooms = roomsOn(table, registry)
  const record = rooms.make({ owner: 'p', title: 'T', candidate: 'C', alone: false, guide: testGuide() })
  if (typeof record === 'string') throw new Error(record)
  const room = rooms.open(record)
  const page = new Page('p', 'interviewer')
  room.arrive(page)
  room.enter(page, 'Priya')
  return { rooms, record, room, page }
}

test('nothing is told before it is on the disk', () => {
  const table = new InterviewTable(openMemory())
  const { rooms, room, page } = begun(table)
  rooms.flush()
  page.news.length = 0
  room.act(page, noted(1, 'n', 'x'))
  expect(page.types()).toEqual([])
  rooms.flush()
  expect(page.types()).toEqual(['entries', 'kept'])
})

test('where something could not be kept everybody is sent back, and comes back to what was', () => {
  const database = openMemory()
  const table = new InterviewTable(database)
  const { rooms, record, room, page } = begun(table)
  rooms.flush()
  room.act(page, noted(1, 'kept', 'x'))
  rooms.flush()
  database.exec(
    "CREATE TRIGGER full BEFORE INSERT ON interview_entry BEGIN SELECT RAISE(ABORT, 'the disk is full'); END",
  )
  room.act(page, noted(2, 'lost', 'y'))
  rooms.flush()
  expect(page.ended).toBe(CloseCode.notKept)
  expect(page.news.filter((news) => news.type === 'kept' && news.serial === 2)).toEqual([])
  database.exec('DROP TRIGGER full')
  const again = rooms.open(record)
  expect(again).not.toBe(room)
  expect(again.interview.notes.map(({ id }) => id)).toEqual(['kept'])
  const back = new Page('p', 'interviewer')
  again.arrive(back)
  again.act(back, noted(1, 'new', 'z'))
  rooms.flush()
  expect([...table.entriesOf(record.id)].map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5])
})

test('a run that an earlier server did not end has ended', () => {
  const table = new InterviewTable(openMemory())
  const { rooms, record, room } = begun(table)
  rooms.flush()
  room.ran('m1', 'r1', { exercise: 'hit-counter' })
  rooms.flush()
  const later = roomsOn(table)
  const found = later.open(record)
  later.flush()
  expect(found.interview.runs).toMatchObject([{ id: 'r1', verdict: 'internal-error' }])
})

describe('a run that has ended', () => {
  const request: RunRequest = { exercise: 'scratch', files: [{ name: 'main.go', text: 'package main' }], snapshot: 's' }

  /** An interview in which something was run and has ended; `before` is done in between. */
  async function afterRun(before: (database: DatabaseSync) => void = () => {}) {
    const [database, registry] = [openMemory(), runsThatEnd()]
    const table = new InterviewTable(database)
    const interview = begun(table, registry)
    interview.rooms.flush()
    interview.rooms.run(interview.room, 'm1', { request: 'r', run: request, address: 'a' })
    interview.rooms.flush()
    before(database)
    await registry.shutdown()
    await interview.rooms.settle()
    const [run] = interview.room.interview.runs
    const logged = () => [...table.entriesOf(interview.record.id)].filter(({ entry }) => entry.type === 'concluded')
    return { ...interview, database, logged, kept: () => table.runOf(interview.record.id, run?.id ?? '') }
  }

  test('is in the log with what was told of it, when a server that stops has settled', async () => {
    const { logged, kept } = await afterRun()
    expect(logged()).toHaveLength(1)
    expect(await unpackRun(kept() ?? Buffer.of())).toContain('"type":"verdict"')
  })

  test('is not in the log without what was told of it, and comes there as soon as that can be kept', async () => {
    const { rooms, record, page, database, logged, kept } = await afterRun((disk) =>
      disk.exec(
        "CREATE TRIGGER full BEFORE INSERT ON interview_run BEGIN SELECT RAISE(ABORT, 'the disk is full'); END",
      ),
    )
    expect([page.ended, logged(), kept()]).toEqual([CloseCode.notKept, [], null])
    database.exec('DROP TRIGGER full')
    rooms.open(record)
    await rooms.settle()
    expect(logged()).toHaveLength(1)
    expect(kept()).not.toBeNull()
  })
})

test('what a deleted interview runs is ended, and nothing of it is written any more', async () => {
  const database = openMemory()
  const table = new InterviewTable(database)
  const [started, ended] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const registry = registryOf(async (_, signal) => {
    started.resolve()
    await new Promise((aborted) => signal.addEventListener('abort', aborted))
    ended.resolve()
    return emptyVerdict('cancelled', 'Ended.')
  })
  const { rooms, record, room } = begun(table, registry)
  rooms.flush()
  const run = { exercise: 'scratch', files: [], snapshot: 's' }
  expect(rooms.run(room, 'm1', { request: 'a', run, address: '127.0.0.1' })).toBeNull()
  await started.promise
  rooms.delete(record.id)
  await ended.promise
  await registry.shutdown()
  rooms.flush()
  for (const name of ['interview', 'interview_entry', 'interview_member', 'interview_run'])
    expect(database.prepare(`SELECT count(*) AS rows FROM ${name}`).get()).toEqual({ rows: 0 })
})

test('what is said at the same time is written at once, and each hears of its own, whoever fails', () => {
  const batches: number[] = []
  const complaints: unknown[] = []
  const complained = (error: unknown) => complaints.push(error)
  const journal = new Journal((entries) => batches.push(entries.length), complained)
  const heard: unknown[] = []
  const row = { interview: 'i', seq: 1, at: 0, by: null, entry: { type: 'finished' as const } }
  const broken = new Error('somebody')
  journal.append([row], () => {
    throw broken
  })
  journal.append([row], () => heard.push('a'))
  journal.append([row, row], () => heard.push('b'))
  journal.flush()
  expect(batches).toEqual([4])
  expect(complaints).toEqual([broken])
  expect(heard).toEqual(['a', 'b'])
})
