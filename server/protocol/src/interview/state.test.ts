import { describe, expect, test } from 'vitest'
import { type Act, audienceOf, Entry, type Entry as EntryOf, type LoggedEntry, mayAct } from './entry.ts'
import { foldEntries, foldEntry, type Interview, NEW_INTERVIEW } from './state.ts'
import { testGuide } from './test-guide.ts'

function fold(...entries: (EntryOf | [string | null, EntryOf])[]): Interview {
  const logged = entries.map((one, index): LoggedEntry => {
    const [by, entry] = Array.isArray(one) ? one : ['m1', one]
    return { seq: index + 1, at: index * 10, by, entry }
  })
  return foldEntries(logged)
}

const priya: EntryOf = { type: 'joined', member: 'm1', name: 'Priya', role: 'interviewer' }
const mira: EntryOf = { type: 'joined', member: 'm2', name: 'Mira', role: 'candidate' }

describe('people', () => {
  test('who leads is in, who is interviewed waits until let in, and may be sent away', () => {
    const standings = (interview: Interview) => interview.members.map(({ standing }) => standing)
    expect(standings(fold(priya, mira))).toEqual(['inside', 'waiting'])
    expect(standings(fold(priya, mira, { type: 'admitted', member: 'm2' }))).toEqual(['inside', 'inside'])
    expect(standings(fold(priya, mira, { type: 'removed', member: 'm2' }))).toEqual(['inside', 'removed'])
  })

  test('who is told twice is there once', () => {
    expect(fold(priya, priya).members).toHaveLength(1)
  })
})

test('another exercise ends a fault', () => {
  const interview = fold({ type: 'fault', fault: 'slow' }, { type: 'opened', exercise: 'worker-pool' })
  expect(interview).toMatchObject({
    fault: null,
    exercise: 'worker-pool',
    opened: [{ exercise: 'worker-pool', at: 10 }],
  })
})

test('a run remembers the fault that was on, of its own exercise', () => {
  const opened: EntryOf = { type: 'opened', exercise: 'worker-pool' }
  const fault: EntryOf = { type: 'fault', fault: 'slow' }
  const runs = [
    { type: 'ran', run: 'r1', exercise: 'worker-pool' },
    { type: 'ran', run: 'r2', exercise: 'scratch' },
  ] as const
  expect(fold(opened, fault, ...runs).runs.map((run) => run.fault)).toEqual(['slow', undefined])
  expect(fold(opened, ...runs).runs.map((run) => run.fault)).toEqual([undefined, undefined])
})

test('what was answered alone stays answered', () => {
  const answered: EntryOf = { type: 'answered', question: 'q1' }
  expect(fold(answered, { type: 'answered', question: 'q2' }, answered).answered).toEqual(['q2', 'q1'])
  expect([audienceOf('answered'), mayAct('candidate', 'answered')]).toEqual(['interviewers', false])
})

test('a run has its verdict when it has ended', () => {
  const ran: EntryOf = { type: 'ran', run: 'r1', exercise: 'worker-pool' }
  expect(fold(ran).runs).toMatchObject([{ id: 'r1', by: 'm1', verdict: null }])
  const ended = fold(ran, [null, { type: 'concluded', run: 'r1', verdict: 'race', summary: 'Race.' }])
  expect(ended.runs).toMatchObject([{ id: 'r1', by: 'm1', verdict: 'race', summary: 'Race.' }])
})

test('points that are ticked stay so until they are taken back', () => {
  const tick = (point: string, on: boolean): EntryOf => ({ type: 'ticked', question: 'q1', point, on })
  expect(fold(tick('a', true), tick('b', true), tick('a', true)).ticked).toEqual({ q1: ['b', 'a'] })
  expect(fold(tick('a', true), tick('a', false)).ticked).toEqual({ q1: [] })
})

test('a note is its author’s: nobody else changes it', () => {
  const note = (text: string): EntryOf => ({ type: 'noted', note: 'n', text })
  expect(fold(note('mine'), ['m3', note('yours')]).notes).toMatchObject([{ text: 'mine', by: 'm1' }])
  expect(fold(note('mine'), note('better')).notes).toMatchObject([{ text: 'better', at: 0, changedAt: 10 }])
  expect(fold(note('mine'), note('')).notes).toEqual([])
})

test('each interviewer has a card, and what they agree on is nobody’s', () => {
  const interview = fold(
    { type: 'scored', section: 'go', points: 20 },
    ['m3', { type: 'scored', section: 'go', points: 12 }],
    { type: 'flagged', flag: 'clear', on: true },
    { type: 'cited', section: 'go', cite: 'c', evidence: { type: 'run', run: 'r1' } },
    { type: 'submitted', on: true },
    { type: 'agreed', section: 'go', points: 16 },
  )
  expect(interview.cards.m1).toMatchObject({ points: { go: 20 }, flags: ['clear'], submitted: true })
  expect(interview.cards.m1?.cites).toMatchObject([{ id: 'c', section: 'go' }])
  expect(interview.cards.m3).toMatchObject({ points: { go: 12 }, submitted: false })
  expect(interview.agreed).toEqual({ go: 16 })
  expect(
    fold({ type: 'scored', section: 'go', points: 20 }, { type: 'scored', section: 'go', points: null }).cards.m1
      ?.points,
  ).toEqual({})
})

test('a window that is left and come back to is one absence', () => {
  const away = (is: boolean): EntryOf => ({ type: 'away', away: is })
  expect(fold(away(true), away(true), away(false), away(false), away(true)).absences).toEqual([
    { from: 0, to: 20 },
    { from: 40, to: null },
  ])
})

test('the end stops the clock, once', () => {
  const ended = fold({ type: 'clock', action: 'start' }, { type: 'finished' }, { type: 'finished' })
  expect(ended).toMatchObject({ finishedAt: 10, clock: { pausedAt: 10 } })
})

test('folding bit by bit is folding at once', () => {
  const entries: LoggedEntry[] = [priya, mira, { type: 'guide', guide: testGuide() } as EntryOf].map(
    (entry, index) => ({
      seq: index + 1,
      at: index,
      by: null,
      entry,
    }),
  )
  expect(entries.reduce(foldEntry, NEW_INTERVIEW)).toEqual(foldEntries(entries))
})

describe('who may see and do what', () => {
  const types = Entry.options.map(({ shape }) => shape.type.value)

  test('a candidate sees what is of the work, and nothing that is of the judging', () => {
    expect(types.filter((type) => audienceOf(type) === 'all').sort()).toEqual(
      [
        'admitted',
        'concluded',
        'cursor',
        'edited',
        'fault',
        'finished',
        'joined',
        'made',
        'opened',
        'pointed',
        'ran',
        'recording',
        'removed',
        'shared',
      ].sort(),
    )
  })

  test('scores, flags and evidence are their author’s', () => {
    expect(types.filter((type) => audienceOf(type) === 'author').sort()).toEqual(['cited', 'flagged', 'scored'])
  })

  test('a candidate may point, and tell what is recorded of them', () => {
    const acts = types.filter((type): type is Act['type'] => mayAct('candidate', type as Act['type']))
    expect(acts.sort()).toEqual(['away', 'pasted', 'pointed'])
    expect(mayAct('interviewer', 'pasted')).toBe(false)
  })
})
