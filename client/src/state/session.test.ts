import { expect, test } from 'vitest'
import {
  activeRun,
  addOlderRun,
  foldMessage,
  MAX_RUNS,
  NEW_SESSION,
  resumeList,
  runsInView,
  runsOf,
  type Session,
  type SessionMessage,
} from './session.ts'
import { recordedRun } from './testdata/recorded.ts'

function messagesOf(name: Parameters<typeof recordedRun>[0], id: string): SessionMessage[] {
  const { description, logged } = recordedRun(name, id)
  return [{ type: 'run', run: description }, ...logged.map((event) => ({ ...event, type: 'event' as const, run: id }))]
}

function fold(session: Session, messages: SessionMessage[]): Session {
  return messages.reduce((state, message) => foldMessage(state, message, 0).session, session)
}

test('two runs of one person stay apart, whichever tab started them', () => {
  const a = messagesOf('race', 'a')
  const b = messagesOf('deadlock', 'b')
  const mixed = a.flatMap((message, index) => [message, ...b.slice(index, index + 1)])
  const session = fold(NEW_SESSION, mixed)
  expect(runsOf(session, 'hit-counter')).toHaveLength(1)
  expect(session.runs.map((run) => run.phase.type)).toEqual(['ended', 'ended'])
})

test('a run that is told again after a reconnect is the same run', () => {
  const messages = messagesOf('failed', 'a')
  const half = fold(NEW_SESSION, messages.slice(0, 20))
  const whole = fold(half, messages)
  expect(whole).toEqual(fold(NEW_SESSION, messages))
})

test('a missing event asks for a resume and is not taken in', () => {
  const [described, first, , third] = messagesOf('race', 'a')
  if (!described || !first || !third) throw new Error('the recording is too short')
  const before = fold(NEW_SESSION, [described, first])
  const { session, gap } = foldMessage(before, third, 0)
  expect(gap).toBe(true)
  expect(session).toBe(before)
  expect(resumeList(session, 8)).toEqual([{ run: 'a', after: 1 }])
})

test('a resume names the runs that go on first, and no more than it may', () => {
  const ended = fold(NEW_SESSION, messagesOf('passed', 'old'))
  const session = fold(ended, messagesOf('race', 'new').slice(0, 5))
  expect(resumeList(session, 1)).toEqual([{ run: 'new', after: 4 }])
  expect(resumeList(session, 8).map(({ run }) => run)).toEqual(['new', 'old'])
})

test('the answer to a request, a run or an error, settles it', () => {
  const asked = { ...NEW_SESSION, asked: ['request-a', 'other'] }
  expect(fold(asked, messagesOf('race', 'a').slice(0, 1)).asked).toEqual(['other'])
  const refused = fold(asked, [{ type: 'error', code: 'too-many-runs', message: 'Wait.', request: 'other' }])
  expect(refused).toMatchObject({ asked: ['request-a'], notice: 'Wait.' })
})

test('the active run is the one of this exercise that has not ended', () => {
  const session = fold(NEW_SESSION, [...messagesOf('race', 'a'), ...messagesOf('failed', 'b').slice(0, 4)])
  expect(activeRun(session, 'hit-counter')?.description.id).toBe('b')
  expect(activeRun(session, 'select-deadlock')).toBeNull()
})

test('old runs are dropped beyond the cap', () => {
  const runs = Array.from({ length: MAX_RUNS + 3 }, (_, index) => messagesOf('panic', `r${index}`).slice(0, 1)).flat()
  const session = fold(NEW_SESSION, runs)
  expect(session.runs).toHaveLength(MAX_RUNS)
  expect(session.runs.at(-1)?.description.id).toBe(`r${MAX_RUNS + 2}`)
})

test('every welcome sets the clock, for the runs that are known already too', () => {
  const welcome = (now: number): SessionMessage => ({
    type: 'welcome',
    version: 1,
    server: 's',
    now,
    sandbox: { ready: true, driver: 'bubblewrap', goVersion: '1.26.8', enforcement: {}, reasons: [], slots: 1 },
  })
  const HERE = 900_000
  const early = foldMessage(NEW_SESSION, welcome(1_000_000), HERE).session
  const session = fold(early, messagesOf('race', 'a'))
  const { acceptedAt } = recordedRun('race', 'a').description
  expect(session.runs[0]?.acceptedAt).toBe(acceptedAt - 100_000)
  expect(foldMessage(session, welcome(HERE - 5), HERE).session.runs[0]?.acceptedAt).toBe(acceptedAt + 5)
})

test('a run that was fetched takes its place among the others, and the oldest of them goes where there are too many', () => {
  const one = (id: string) => {
    const { description } = recordedRun('race', id)
    return { ...description, acceptedAt: Number(id) }
  }
  const ids = Array.from({ length: MAX_RUNS }, (_, index) => String(index + 10))
  const session = fold(
    NEW_SESSION,
    ids.map((id) => ({ type: 'run', run: one(id) })),
  )
  const fetched = fold(NEW_SESSION, [{ type: 'run', run: one('5') }]).runs[0]
  if (!fetched) throw new Error('no run')
  const with5 = addOlderRun(session, fetched)
  expect(with5.runs.map(({ description }) => description.id)).toEqual(['5', ...ids.slice(1)])
  expect(addOlderRun(with5, fetched).runs).toHaveLength(MAX_RUNS)
})

test('the run that was chosen is shown with those of its exercise, else the newest of the open one', () => {
  const told = (id: string, exercise: string): SessionMessage => {
    const { description } = recordedRun('race', id)
    return { type: 'run', run: { ...description, exercise, acceptedAt: Number(id) } }
  }
  const session = fold(NEW_SESSION, [told('1', 'a'), told('2', 'a'), told('3', 'b')])
  const seen = (chosen: string | null) => {
    const { runs, shown } = runsInView(session, { open: 'a', chosen })
    return [runs.length, shown?.description.id]
  }
  expect([seen(null), seen('1'), seen('3'), seen('gone')]).toEqual([
    [2, '2'],
    [2, '1'],
    [1, '3'],
    [2, '2'],
  ])
  expect(runsInView(session, { open: null, chosen: null })).toEqual({ runs: [], shown: null })
})
