// @vitest-environment happy-dom
import { type Act, foldEntry, type Interview, type LoggedEntry } from '@sandbox/protocol'
import { expect, test } from 'vitest'
import { AT_16_48, BEFORE_START, IN_17TH_MINUTE, interviewOf } from '../../state/interview/testdata/mock-interview.ts'
import { createStore, useStore } from '../../state/store.ts'
import { hitCounter } from '../../state/testdata/recorded.ts'
import { render } from '../../ui/test-render.ts'
import { GuidePanel } from './guide-panel.tsx'

const EXERCISES = [hitCounter(), { ...hitCounter(), slug: 'retry', title: 'Retry with care' }]
const FAULTS = [{ id: 'slow-callee', title: 'The callee takes 30 s' }]

/** The panel of an interviewer, what it asked for, and what the log tells next. */
async function openPanel(interview: Interview) {
  const acts: Act[] = []
  const opened: string[] = []
  const shown = createStore(interview)
  function Shown() {
    return (
      <GuidePanel
        interview={useStore(shown)}
        me="m1"
        at={AT_16_48}
        act={(act) => acts.push(act)}
        onOpenExercise={(exercise) => opened.push(exercise)}
        exercises={EXERCISES}
        faults={FAULTS}
      />
    )
  }
  const page = await render(<Shown />)
  const press = (key: string, on: Element = page.one('guide-body')) =>
    page.act(() => on.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true })))
  const type = (field: Element, text: string) =>
    page.act(() => {
      const set = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), 'value')?.set
      set?.call(field, text)
      field.dispatchEvent(new Event('input', { bubbles: true }))
    })
  const hear = (entry: LoggedEntry) => page.act(() => shown.update((before) => foldEntry(before, entry)))
  return { ...page, acts, opened, press, type, hear }
}

test('the current question stands open, with the time it took and what was said of what is expected', async () => {
  const { one, all } = await openPanel(interviewOf(IN_17TH_MINUTE))
  expect(one('question-card').textContent).toContain('5:10 of 5–6')
  expect(one('said').textContent).toBe('3 of 5')
  expect(all('guide-question').map((row) => row.dataset.standing)).toEqual([
    'asked',
    'current',
    'open',
    'open',
    'open',
    'open',
  ])
})

test('arrows look at a question without turning to it, Enter turns', async () => {
  const { one, acts, press } = await openPanel(interviewOf(IN_17TH_MINUTE))
  await press('ArrowDown')
  expect(one('question-card').getAttribute('aria-label')).toBe('Performance debugging')
  expect(document.activeElement?.id).toBe('question-performance')
  expect(acts).toEqual([])
  await press('Enter', document.activeElement ?? undefined)
  expect(acts).toEqual([{ type: 'turned', part: 'go', question: 'performance' }])
})

test('a question that another interviewer turns to is shown, whatever was looked at', async () => {
  const { press, one, hear } = await openPanel(interviewOf(IN_17TH_MINUTE))
  await press('ArrowUp')
  expect(one('question-card').getAttribute('aria-label')).toBe('Scheduler, memory model')
  await hear({ seq: 99, at: AT_16_48, by: 'm2', entry: { type: 'turned', part: 'go', question: 'leaks' } })
  expect(one('question-card').getAttribute('aria-label')).toBe('Goroutine leaks')
})

test('number keys tick the points and take ticks back, and 0 is the tenth', async () => {
  const { acts, press } = await openPanel(interviewOf(IN_17TH_MINUTE))
  await press('4')
  await press('1')
  await press('0')
  expect(acts).toEqual([
    { type: 'ticked', question: 'concurrency-patterns', point: 'deadlock', on: true },
    { type: 'ticked', question: 'concurrency-patterns', point: 'structure', on: false },
  ])
})

test('N goes to the note, where keys are letters again; Enter keeps the note under a name of its own', async () => {
  const { acts, press, type, one } = await openPanel(interviewOf(IN_17TH_MINUTE))
  await press('n')
  const field = one('note-field')
  expect(document.activeElement).toBe(field)
  expect(field.getAttribute('placeholder')).toBe('Note at 00:16:48')
  await press('1', field)
  expect(acts).toEqual([])
  await type(field, 'Names the cost of a lock.')
  await press('Enter', field)
  await type(field, 'And of a channel.')
  await press('Enter', field)
  expect(acts).toEqual([
    { type: 'noted', note: 'm1-3', text: 'Names the cost of a lock.' },
    { type: 'noted', note: 'm1-4', text: 'And of a channel.' },
  ])
})

test('a note says when it was written, and whose it is where it is another’s', async () => {
  const { one } = await openPanel(interviewOf(IN_17TH_MINUTE))
  const [first, , others] = one('notes').querySelectorAll('li')
  expect(first?.textContent).toContain('00:13:20')
  expect(first?.querySelector('button')?.getAttribute('aria-label')).toBe('Change this note')
  expect(others?.textContent).toContain('Priya Nair')
  expect(others?.querySelector('button')).toBeNull()
})

test('a linked exercise is handed over by a press; the one that is open says so', async () => {
  const { acts, opened, act, all } = await openPanel(interviewOf(IN_17TH_MINUTE))
  const [pool, select] = all('linked-exercise')
  expect(pool?.getAttribute('aria-pressed')).toBe('true')
  await act(() => select?.click())
  expect(acts).toEqual([{ type: 'opened', exercise: 'select-deadlock' }])
  expect(opened).toEqual(['select-deadlock'])
})

test('any other exercise is found by a few letters', async () => {
  const { acts, act, button, host, type, all, press } = await openPanel(interviewOf(IN_17TH_MINUTE))
  await act(() => button('Another').click())
  const search = host.querySelector('input[type="search"]') as HTMLInputElement
  await type(search, 'retr')
  expect(all('found-exercise').map((one) => one.querySelector('b')?.textContent)).toEqual(['retry'])
  await press('Enter', search)
  expect(acts).toEqual([{ type: 'opened', exercise: 'retry' }])
})

test('a file of one’s own is handed over as scratch, and what is wrong with it is said', async () => {
  const { acts, act, button, host, type } = await openPanel(interviewOf(IN_17TH_MINUTE))
  await act(() => button('Own file').click())
  const source = host.querySelector('form textarea') as HTMLTextAreaElement
  const name = host.querySelector('form input') as HTMLInputElement
  await act(() => button('Hand over this file').click())
  expect(host.querySelector('[role="alert"]')?.textContent).toBe('Paste the code first.')
  await type(source, 'package main\n')
  await type(name, 'main.txt')
  await act(() => button('Hand over this file').click())
  expect(host.querySelector('[role="alert"]')?.textContent).toContain('ends in .go')
  await type(name, 'main.go')
  await act(() => button('Hand over this file').click())
  expect(acts).toEqual([{ type: 'opened', exercise: 'scratch', files: [{ name: 'main.go', text: 'package main\n' }] }])
})

test('a fault of the open exercise is switched on and off', async () => {
  const { acts, act, host } = await openPanel(interviewOf(IN_17TH_MINUTE))
  const select = host.querySelector('select') as HTMLSelectElement
  await act(() => {
    select.value = 'slow-callee'
    select.dispatchEvent(new Event('change', { bubbles: true }))
  })
  expect(acts).toEqual([{ type: 'fault', fault: 'slow-callee' }])
})

test('before the start there is a list of what to prepare, and what to know of the guide', async () => {
  const { acts, act, all, host } = await openPanel(interviewOf(BEFORE_START))
  expect(host.textContent).toContain('The last 5 minutes are kept')
  await act(() => all('prepared')[0]?.click())
  expect(acts).toEqual([{ type: 'prepared', item: 'experience', on: true }])
  expect((await openPanel(interviewOf(IN_17TH_MINUTE))).all('prepared')).toEqual([])
})

test('who practises alone sees what was expected only after answering, and ticks nothing before', async () => {
  const alone = { ...interviewOf(IN_17TH_MINUTE), alone: true, ticked: {} }
  const { acts, act, press, button, all, host } = await openPanel(alone)
  await press('1')
  expect([all('point').length, acts.length]).toEqual([0, 0])
  expect(host.textContent).not.toContain('Backpressure')
  await act(() => button('I have answered').click())
  expect(acts).toEqual([{ type: 'answered', question: 'concurrency-patterns' }])
  // The log says so, and with it every page that is opened later.
  const answered = await openPanel({ ...alone, answered: ['concurrency-patterns'] })
  expect(answered.all('point')).toHaveLength(5)
  await answered.press('1')
  expect(answered.acts).toHaveLength(1)
})

test('alone, what to listen for in an area is not told before the answer', async () => {
  const turned = interviewOf([
    ...IN_17TH_MINUTE,
    ['16:47', 'm1', { type: 'turned', part: 'design', question: 'ticket-booking' }],
  ])
  const guide = structuredClone(turned.guide)
  const asked = guide?.parts.flatMap(({ questions }) => questions.flatMap(({ areas }) => areas))[0]?.asked[0]
  if (asked) asked.detail = 'the secret of it'
  const alone = { ...turned, guide, alone: true, ticked: {} }
  const before = await openPanel(alone)
  expect(before.all('asked').length).toBeGreaterThan(0)
  expect(before.host.innerHTML).not.toContain('the secret of it')
  const after = await openPanel({ ...alone, answered: ['ticket-booking'] })
  expect(after.host.innerHTML).toContain('the secret of it')
})

test('a long question has areas: one is open, with its questions and its points', async () => {
  const interview = interviewOf([
    ...IN_17TH_MINUTE,
    ['16:47', 'm1', { type: 'turned', part: 'design', question: 'ticket-booking' }],
  ])
  const { acts, act, press, host, all, button } = await openPanel(interview)
  expect(all('point')).toHaveLength(2)
  await act(() => button('Inventory and concurrency0 of 1 · 10–12 min').click())
  expect(host.textContent).toContain('last 10 tickets')
  await act(() => all('asked')[0]?.click())
  await press('1')
  expect(acts).toEqual([
    { type: 'asked', question: 'ticket-booking', followUp: 'last-ten', on: true },
    { type: 'ticked', question: 'ticket-booking', point: 'holds', on: true },
  ])
})
