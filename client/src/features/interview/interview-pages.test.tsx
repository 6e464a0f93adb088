// @vitest-environment happy-dom
import type { Entry, Interview, LoggedEntry, Role } from '@sandbox/protocol'
import { describe, expect, test, vi } from 'vitest'
import { InterviewDesk } from '../../state/interview/interview-desk.ts'
import { memoryStorage } from '../../state/testdata/memory-storage.ts'
import { hitCounter, recordedRun } from '../../state/testdata/recorded.ts'
import { render } from '../../ui/test-render.ts'
import { DoorPage } from './door-page.tsx'
import { KeepingWords } from './keeping-words.tsx'
import { PeopleChips } from './people-chips.tsx'
import { PointedNotice } from './pointed-notice.tsx'
import { RecordedNote } from './recorded-note.tsx'
import { TimeLeft } from './time-left.tsx'
import { useAbsence } from './use-absence.ts'
import { VerdictBar } from './verdict-bar.tsx'
import { WaitingCandidates } from './waiting-candidates.tsx'

const logged = (seq: number, entry: Entry, by = 'm1'): LoggedEntry => ({ seq, at: seq, by, entry })
const BEGUN = [
  logged(1, { type: 'made', title: 'Senior Go', candidate: 'Mira Castell', alone: false, madeAt: 0 }),
  logged(2, { type: 'joined', member: 'm1', name: 'Jonas Weber', role: 'interviewer' }),
  logged(3, { type: 'joined', member: 'm2', name: 'Mira Castell', role: 'candidate' }),
]
const INSIDE = [
  ...BEGUN,
  logged(4, { type: 'admitted', member: 'm2' }),
  logged(5, { type: 'opened', exercise: 'hit-counter' }),
]

function deskOf() {
  const sent: unknown[] = []
  const desk = new InterviewDesk({
    source: {
      exercises: async () => [],
      exercise: async () => hitCounter(),
      run: async () => null,
    },
    timelines: { timeline: async () => Promise.reject(new Error('no timeline')) },
    storage: memoryStorage(),
    tabs: null,
    clock: { now: () => Date.now(), random: () => 0, after: () => () => {} },
    key: 'key',
    newId: () => 'id',
    send: (message) => sent.push(message) > 0,
    resync: () => {},
    startOver: () => {},
  })
  desk.connectionChanged({ type: 'connected' })
  const room = async (role: Role, entries: LoggedEntry[]): Promise<Interview> => {
    // An empty document of Yjs.
    desk.receive({ type: 'room', role, member: role === 'candidate' ? 'm2' : 'm1', at: 0, entries, document: 'AAA=' })
    await new Promise((done) => setTimeout(done))
    const interview = desk.interview.get()
    if (!interview) throw new Error('nobody is inside')
    return interview
  }
  return { desk, sent, room }
}

describe('the door', () => {
  test('takes a name, and then waits, saying who is there', async () => {
    const { desk, sent } = deskOf()
    const door = (name: string | null) =>
      desk.receive({
        type: 'door',
        role: 'candidate',
        title: 'Senior Go',
        name,
        interviewers: ['Jonas Weber', 'Priya Nair'],
      })
    door(null)
    const page = await render(<DoorPage desk={desk} onReconnect={() => {}} />)
    const field = page.one('door-name') as HTMLInputElement
    expect((page.one('enter') as HTMLButtonElement).disabled).toBe(true)
    await page.act(() => {
      Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(field, ' Mira Castell ')
      field.dispatchEvent(new Event('input', { bubbles: true }))
    })
    await page.act(() => page.one('enter').click())
    expect(sent).toEqual([{ type: 'enter', name: 'Mira Castell' }])
    await page.act(() => door('Mira Castell'))
    expect(page.one('waiting-room').textContent).toMatch(
      /^Welcome, Mira Castell\..*Jonas Weber and Priya Nair are here\.$/,
    )
  })

  test('says so where a link leads nowhere', async () => {
    const { desk } = deskOf()
    desk.connectionChanged({ type: 'refused', reason: 'This link does not lead into an interview, or not any more.' })
    const page = await render(<DoorPage desk={desk} onReconnect={() => {}} />)
    expect(page.one('refused').textContent).toContain('Ask who invited you for a new link.')
  })
})

test('a candidate who waits is let in by an interviewer', async () => {
  const { desk, sent, room } = deskOf()
  const interview = await room('interviewer', BEGUN)
  const page = await render(<WaitingCandidates desk={desk} interview={interview} />)
  await page.act(() => page.button('Let in: Mira Castell').click())
  expect(sent.at(-1)).toMatchObject({ type: 'act', act: { type: 'admitted', member: 'm2' } })
})

test('the candidate reads what is recorded, and what is not', async () => {
  const none = await render(<RecordedNote recording={{ pasting: false, leaving: false }} />)
  expect(none.one('recorded').textContent).toBe(
    'Kept for replay: edits, runs and cursors. Not recorded: pasting, leaving the window, sound or camera.',
  )
  const all = await render(<RecordedNote recording={{ pasting: true, leaving: true }} />)
  expect(all.one('recorded').textContent).toBe(
    'Kept for replay: edits, runs, cursors, how much is pasted from elsewhere and when this window is left. Not recorded: sound or camera.',
  )
})

test('the time left is shown while it is shared, and says when it is over', async () => {
  const { desk } = deskOf()
  const page = await render(<TimeLeft desk={desk} />)
  expect(page.all('time-left')).toEqual([])
  await page.act(() => desk.receive({ type: 'time', time: { leftMs: 4_392_500, running: false } }))
  expect(page.one('time-left').textContent).toBe('1:13:12 left, clock stopped')
  await page.act(() => desk.receive({ type: 'time', time: { leftMs: -65_000, running: true } }))
  expect(page.one('time-left').textContent).toBe('1:05 over')
  await page.act(() => desk.receive({ type: 'time', time: null }))
  expect(page.all('time-left')).toEqual([])
})

describe('the others', () => {
  test('are named, and followed by a press where they have a cursor', async () => {
    const { desk, room } = deskOf()
    const interview = await room('candidate', INSIDE)
    desk.receive({ type: 'presence', members: ['m1', 'm2'] })
    const page = await render(
      <PeopleChips desk={desk} interview={interview} me={{ member: 'm2', role: 'candidate' }} />,
    )
    expect(page.all('person').map((one) => one.textContent)).toEqual(['Jonas Weberinterviewer'])
    expect((page.one('person') as HTMLButtonElement).disabled).toBe(true)
    const cursor = { path: 'hit-counter/hits.go', anchor: [1, 1], head: [1, 1] } as const
    await page.act(() =>
      desk.receive({ type: 'cursor', member: 'm1', cursor: { ...cursor, anchor: [1, 1], head: [1, 1] } }),
    )
    await page.act(() => page.one('person').click())
    expect(desk.people.presence.get().following).toBe('m1')
    expect(page.one('person').getAttribute('aria-pressed')).toBe('true')
    await page.act(() => page.one('person').click())
    expect(desk.people.presence.get().following).toBeNull()
  })

  test('who point at a line of another file are told with the way there', async () => {
    const { desk, room } = deskOf()
    const interview = await room('candidate', INSIDE)
    const [first, second] = ['hits.go', hitCounter().visibleTests[0]?.name ?? '']
    desk.workspace.set({
      exercise: 'hit-counter',
      files: [
        { name: first, text: 'a', role: 'editable' },
        { name: second, text: 'b\nc', role: 'test' },
      ],
      active: first,
      starter: [],
      answers: {},
    })
    const page = await render(
      <PointedNotice desk={desk} interview={interview} me={{ member: 'm2', role: 'candidate' }} />,
    )
    expect(page.all('pointed')).toEqual([])
    const point = (path: string) => desk.people.point({ by: 'm1', path, line: 2 })
    await page.act(() => point(`hit-counter/${first}`))
    expect(page.all('pointed'), 'what is open shows the line itself').toEqual([])
    await page.act(() => point(`hit-counter/${second}`))
    expect(page.one('pointed').textContent).toBe(`Jonas Weber points at ${second}:2Show it`)
    await page.act(() => page.button('Show it').click())
    expect(desk.view.get().reveal).toEqual({ file: second, line: 2 })
  })
})

test('what is not kept yet is said, and without a connection where it is', async () => {
  const { desk, room } = deskOf()
  await room('interviewer', BEGUN)
  const page = await render(<KeepingWords desk={desk} />)
  const state = () => page.one('keeping').dataset.state
  expect(state()).toBe('kept')
  await page.act(() => desk.act({ type: 'noted', note: 'n', text: 'good' }))
  expect(state()).toBe('saving')
  await page.act(() => desk.connectionChanged({ type: 'waiting', attempt: 1, retryAt: 0, lostAt: 0 }))
  expect(page.one('keeping').textContent).toContain('Not sent yet')
  await page.act(() => {
    desk.connectionChanged({ type: 'connected' })
    desk.receive({ type: 'kept', serial: 1 })
  })
  expect(state()).toBe('kept')
})

test('leaving the window is told once for each time, and only where it is recorded', async () => {
  const { desk, room, sent } = deskOf()
  await room('candidate', INSIDE)
  const Watch = ({ on }: { on: boolean }) => {
    useAbsence(desk, on)
    return null
  }
  const focus = vi.spyOn(document, 'hasFocus')
  const move = (hasFocus: boolean) => {
    focus.mockReturnValue(hasFocus)
    window.dispatchEvent(new Event(hasFocus ? 'focus' : 'blur'))
  }
  const told = () => sent.flatMap((message) => JSON.stringify(message).match(/"away":(true|false)/)?.[1] ?? [])
  await render(<Watch on={false} />)
  move(false)
  move(true)
  expect(told()).toEqual([])
  await render(<Watch on />)
  move(false)
  move(false)
  move(true)
  expect(told()).toEqual(['true', 'false'])
})

test('under the code stands what the shown run came to, and the way to its evidence', async () => {
  const { desk, room } = deskOf()
  const { description, logged: events } = recordedRun('race')
  const ran = [1, 2].map((n) => logged(5 + n, { type: 'ran', run: `run-${3 - n}`, exercise: 'hit-counter' }))
  const interview = await room('interviewer', [...INSIDE, ...ran])
  desk.workspace.set({ exercise: 'hit-counter', files: [], active: '', starter: [], answers: {} })
  desk.receive({ type: 'run', run: { ...description, exercise: 'hit-counter' } })
  for (const event of events) desk.receive({ ...event, type: 'event', run: description.id })
  const opened = vi.fn()
  const page = await render(<VerdictBar desk={desk} interview={interview} isOpen={false} onOpen={opened} />)
  expect(page.one('verdict-bar').textContent).toMatch(/^Racerun 2Race: Hit changes/)
  await page.act(() => page.button('Open results').click())
  expect(opened).toHaveBeenCalledOnce()
})
