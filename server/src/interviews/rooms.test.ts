import { randomUUID } from 'node:crypto'
import type { InterviewNews, Role } from '@sandbox/protocol'
import { CloseCode } from '@sandbox/protocol'
import { expect, test } from 'vitest'
import { testGuide } from '../../protocol/src/interview/test-guide.ts'
import { createLog } from '../log.ts'
import { FairQueue } from '../runs/queue.ts'
import { RunRegistry } from '../runs/run-registry.ts'
import { openMemory } from '../store/database.ts'
import { InterviewTable } from '../store/interview-table.ts'
import type { Guest } from './audience.ts'
import { Journal } from './journal.ts'
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

function roomsOn(table: InterviewTable): Rooms {
  const log = createLog('silent')
  const queue = new FairQueue({ slots: 1, maxWaiting: 1 })
  const registry = new RunRegistry({ execute: () => new Promise(() => {}), queue, log })
  return new Rooms({ table, registry, log, keptMs: 1_000_000, starterOf: () => null })
}

function begun(table: InterviewTable) {
  const rooms = roomsOn(table)
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
