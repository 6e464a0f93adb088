import { expect, test } from 'vitest'
import { openMemory } from './database.ts'
import { type InterviewRecord, InterviewTable } from './interview-table.ts'

const RECORD: InterviewRecord = {
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
}

function filled(): InterviewTable {
  const table = new InterviewTable(openMemory())
  table.make(RECORD, [{ interview: 'i1', seq: 1, at: 0, by: null, entry: { type: 'finished' } }])
  return table
}

test('each link opens its interview in its own role', () => {
  const table = filled()
  expect(table.byKey('keep')).toEqual({ record: RECORD, role: 'interviewer' })
  expect(table.byKey('send')).toEqual({ record: RECORD, role: 'candidate' })
  expect(table.byKey('other')).toBeNull()
})

test('a link that was replaced opens nothing', () => {
  const table = filled()
  table.setLink('i1', 'new', 6000)
  expect(table.byKey('send')).toBeNull()
  expect(table.byKey('new')?.record.candidateUntil).toBe(6000)
  table.setLink('i1', null, null)
  expect(table.byKey('new')).toBeNull()
})

test('entries come back in order, an edit with its bytes', () => {
  const table = filled()
  const edit = new Uint8Array([1, 2, 255])
  table.append([
    { interview: 'i1', seq: 3, at: 20, by: 'm2', entry: { type: 'noted', note: 'n', text: 'a "quote"' } },
    { interview: 'i1', seq: 2, at: 10, by: 'm1', entry: { type: 'edited', update: '' }, edit },
  ])
  const kept = [...table.entriesOf('i1')]
  expect(kept.map(({ seq }) => seq)).toEqual([1, 2, 3])
  expect(kept[1]).toEqual({ seq: 2, at: 10, by: 'm1', entry: { type: 'edited', update: '' }, edit })
  expect(kept[2]?.entry).toEqual({ type: 'noted', note: 'n', text: 'a "quote"' })
})

test('a batch is kept whole or not at all', () => {
  const table = filled()
  const note = (seq: number) => ({ interview: 'i1', seq, at: 1, by: null, entry: { type: 'finished' as const } })
  expect(() => table.append([note(2), note(1)])).toThrow()
  expect([...table.entriesOf('i1')]).toHaveLength(1)
})

test('an act is known by its member and its name, and twice it is not kept', () => {
  const table = filled()
  const acted = (seq: number, by: string) => ({
    ...{ interview: 'i1', seq, at: 1, by, act: 'a-name-of-an-act' },
    entry: { type: 'finished' as const },
  })
  table.append([acted(2, 'm1'), acted(3, 'm2')])
  expect(table.hasAct('i1', 'm1', 'a-name-of-an-act')).toBe(true)
  expect(table.hasAct('i1', 'm3', 'a-name-of-an-act')).toBe(false)
  expect(table.hasAct('i2', 'm1', 'a-name-of-an-act')).toBe(false)
  expect(() => table.append([acted(4, 'm1')])).toThrow()
  expect([...table.entriesOf('i1')].filter((entry) => 'act' in entry)).toEqual([])
})

test('a deleted interview leaves nothing behind in any table', () => {
  const database = openMemory()
  const table = new InterviewTable(database)
  table.make(RECORD, [{ interview: 'i1', seq: 1, at: 0, by: null, entry: { type: 'finished' } }])
  table.addMember('i1', { person: 'ada', role: 'interviewer', member: 'm1' })
  const entry = { type: 'concluded' as const, run: 'r1', verdict: 'passed' as const, summary: 'All tests passed.' }
  table.append([{ interview: 'i1', seq: 2, at: 1, by: null, entry, frames: new Uint8Array([1]) }])
  expect(table.runOf('i1', 'r1')).toEqual(new Uint8Array([1]))
  expect(table.bytesOf('i1')).toBeGreaterThan(1)
  table.delete('i1')
  for (const name of ['interview', 'interview_entry', 'interview_member', 'interview_run']) {
    expect(database.prepare(`SELECT count(*) AS n FROM ${name}`).get()?.n, name).toBe(0)
  }
})

test('those whose time has come are named', () => {
  const table = filled()
  expect(table.due(8999)).toEqual([])
  expect(table.due(9000)).toEqual(['i1'])
})
