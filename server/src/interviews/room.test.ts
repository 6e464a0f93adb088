import { CloseCode, type InterviewNews, type Role } from '@sandbox/protocol'
import { expect, test } from 'vitest'
import { createLog } from '../log.ts'
import { openMemory } from '../store/database.ts'
import { type EntryRow, InterviewTable } from '../store/interview-table.ts'
import type { Guest } from './audience.ts'
import { Journal, type Keep } from './journal.ts'
import { Room } from './room.ts'

const MADE: EntryRow = {
  interview: 'i1',
  seq: 1,
  at: 0,
  by: null,
  entry: { type: 'made', title: 'Senior Go', candidate: 'Mira', alone: false, madeAt: 1000 },
}

class Page implements Guest {
  readonly person: string
  readonly role: Role = 'interviewer'
  readonly heard: InterviewNews[] = []
  code: CloseCode | null = null

  constructor(person: string) {
    this.person = person
  }

  tell(news: InterviewNews): void {
    this.heard.push(news)
  }

  letIn(): void {}

  end(code: CloseCode): void {
    this.code = code
  }
}

function tableWith(entries: EntryRow[]): InterviewTable {
  const table = new InterviewTable(openMemory())
  table.make(
    {
      id: 'i1',
      owner: 'ada',
      title: 'Senior Go',
      candidate: 'Mira',
      alone: false,
      madeAt: 1000,
      finishedAt: null,
      deletesAt: 9000,
      interviewerKey: 'keep',
      candidateKey: 'send',
      candidateUntil: 5000,
    },
    [MADE, ...entries],
  )
  return table
}

/** The room of a server that starts now; it writes when it is told to, or when somebody comes. */
function roomOf(table: InterviewTable, keep: Keep = (entries) => table.append(entries)) {
  const found = table.byKey('keep')
  if (found === null) throw new Error('there is no interview')
  const journal = new Journal(keep, (error) => expect.unreachable(String(error)))
  const parts = { table, journal, log: createLog('silent'), now: () => 2000, starterOf: () => null, broken: () => {} }
  return { room: new Room({ ...parts, record: found.record }), journal }
}

test('who was cut off while coming in for the first time is asked again, and comes in', () => {
  const table = tableWith([])
  table.addMember('i1', { person: 'ada', role: 'interviewer', member: 'm1' })
  const { room, journal } = roomOf(table)
  const page = new Page('ada')
  room.arrive(page)
  expect(page.heard.at(-1)).toMatchObject({ type: 'door', name: null })
  room.enter(page, 'Priya')
  journal.flush()
  expect(page.heard).toContainEqual(expect.objectContaining({ type: 'room', member: 'm1' }))
})

test('a finish that was cut off from the record is put there', () => {
  const table = tableWith([{ interview: 'i1', seq: 2, at: 500, by: 'm1', entry: { type: 'finished' } }])
  roomOf(table)
  expect(table.byKey('keep')?.record.finishedAt).toBe(1500)
})

test('whoever comes is shown a document that is on the disk', () => {
  const table = tableWith([])
  const { room, journal } = roomOf(table)
  const [ada, ben] = [new Page('ada'), new Page('ben')]
  for (const [page, name] of [[ada, 'Ada'] as const, [ben, 'Ben'] as const]) {
    room.arrive(page)
    room.enter(page, name)
  }
  journal.flush()
  room.act(ada, 1, { type: 'opened', exercise: 'scratch', files: [{ name: 'main.go', text: 'package main\n' }] })
  const again = new Page('ben')
  room.arrive(again)
  const shown = again.heard.find((news) => news.type === 'room')
  expect(shown?.document).toBe(Buffer.from(room.state).toString('base64'))
  expect([...table.entriesOf('i1')].map(({ entry }) => entry.type)).toContain('edited')
})

test('where what waits cannot be kept, whoever comes is sent back', () => {
  const table = tableWith([])
  let isFull = false
  const { room, journal } = roomOf(table, (entries) => {
    if (isFull) throw new Error('no space left')
    table.append(entries)
  })
  const page = new Page('ada')
  room.arrive(page)
  room.enter(page, 'Ada')
  journal.flush()
  isFull = true
  room.act(page, 1, { type: 'noted', note: 'n1', text: 'hesitates' })
  const late = new Page('ben')
  room.arrive(late)
  expect([page.code, late.code]).toEqual([CloseCode.notKept, CloseCode.notKept])
})
