import { randomUUID } from 'node:crypto'
import { type Act, CloseCode, type InterviewNews, type Role } from '@sandbox/protocol'
import { describe, expect, test, vi } from 'vitest'
import { Doc, encodeStateAsUpdate, Text } from 'yjs'
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

/** An act under a name of its own. */
const asked = (serial: number, act: Act, id: string = randomUUID()) => ({ serial, id, act })

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
  const files = [{ name: 'main.go', text: 'package main\n' }]
  room.act(ada, asked(1, { type: 'opened', exercise: 'scratch', files }))
  const again = new Page('ben')
  room.arrive(again)
  const shown = again.heard.find((news) => news.type === 'room')
  expect(shown?.document).toBe(Buffer.from(room.state).toString('base64'))
  expect([...table.entriesOf('i1')].map(({ entry }) => entry.type)).toContain('edited')
})

test('what the document took in of somebody who is sent away for too much work is kept', () => {
  const table = tableWith([])
  const { room, journal, ada } = roomOfTwo(table)
  const doc = new Doc()
  doc.getMap('files').set('scratch/main.go', new Text('package main'))
  let now = 0
  const slow = vi.spyOn(performance, 'now').mockImplementation(() => (now += 2000))
  try {
    room.edit(ada, 1, encodeStateAsUpdate(doc))
  } finally {
    slow.mockRestore()
  }
  journal.flush()
  expect(ada.code).toBe(CloseCode.flood)
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
  room.act(page, asked(1, { type: 'noted', note: 'n1', text: 'hesitates' }))
  const late = new Page('ben')
  room.arrive(late)
  expect([page.code, late.code]).toEqual([CloseCode.notKept, CloseCode.notKept])
})

/** A room with Ada and Ben in it, of which nothing waits to be written. */
function roomOfTwo(table: InterviewTable) {
  const { room, journal } = roomOf(table)
  const pages = ['ada', 'ben'].map((person) => new Page(person))
  for (const page of pages) {
    room.arrive(page)
    room.enter(page, page.person)
  }
  journal.flush()
  const [ada, ben] = pages
  if (ada === undefined || ben === undefined) throw new Error('nobody came')
  return { room, journal, ada, ben }
}

const NAME = 'a-name-of-an-act'
const PAUSE: Act = { type: 'clock', action: 'pause' }

const pausesIn = (table: InterviewTable) => [...table.entriesOf('i1')].filter(({ entry }) => entry.type === 'clock')
const keptOf = (page: Page) => page.heard.flatMap((news) => (news.type === 'kept' ? [news.serial] : []))

describe('an act that is sent again because its acknowledgement was lost', () => {
  test('is acknowledged and not done again, before it is on the disk and after', () => {
    const table = tableWith([])
    const { room, journal, ada } = roomOfTwo(table)
    room.act(ada, asked(1, PAUSE, NAME))
    room.act(ada, asked(2, PAUSE, NAME))
    expect(keptOf(ada)).toEqual([])
    journal.flush()
    room.act(ada, asked(3, PAUSE, NAME))
    journal.flush()
    expect(keptOf(ada)).toEqual([1, 2, 3])
    expect(pausesIn(table)).toHaveLength(1)
  })

  test('is known to the next server, from whichever page it comes', () => {
    const table = tableWith([])
    const before = roomOfTwo(table)
    before.room.act(before.ada, asked(1, PAUSE, NAME))
    before.journal.flush()
    const { room, journal } = roomOf(table)
    const again = new Page('ada')
    room.arrive(again)
    room.act(again, asked(1, PAUSE, NAME))
    journal.flush()
    expect(keptOf(again)).toEqual([1])
    expect(pausesIn(table)).toHaveLength(1)
  })

  test('is not refused because it has been done', () => {
    const { room, journal, ada } = roomOfTwo(tableWith([]))
    for (const serial of [1, 2]) {
      room.act(ada, asked(serial, { type: 'finished' }, NAME))
      journal.flush()
    }
    expect(keptOf(ada)).toEqual([1, 2])
  })

  test('is not acknowledged before what came ahead of it', () => {
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
    room.act(page, asked(1, PAUSE, NAME))
    journal.flush()
    isFull = true
    room.act(page, asked(2, { type: 'noted', note: 'n1', text: 'hesitates' }))
    room.act(page, asked(3, PAUSE, NAME))
    journal.flush()
    expect([keptOf(page), page.code]).toEqual([[1], CloseCode.notKept])
  })

  test('keeps no other member from an act of the same name, and nobody is told the name', () => {
    const table = tableWith([])
    const { room, journal, ada, ben } = roomOfTwo(table)
    room.act(ada, asked(1, PAUSE, NAME))
    room.act(ben, asked(1, PAUSE, NAME))
    journal.flush()
    expect(pausesIn(table).map(({ by }) => by)).toEqual(['m1', 'm2'])
    const late = new Page('ada')
    room.arrive(late)
    const said = [ada, ben, late].map(({ heard }) => JSON.stringify(heard)).join('')
    const log = JSON.stringify([...room.visibleTo({ member: 'm1', role: 'interviewer' })])
    expect(said + log).not.toContain(NAME)
  })
})
