// @vitest-environment happy-dom
import { type Act, type Evidence, foldEntry, type Interview, type LoggedEntry, SectionId } from '@sandbox/protocol'
import { expect, test } from 'vitest'
import { AT_16_48, IN_17TH_MINUTE, interviewOf, type Line } from '../../state/interview/testdata/mock-interview.ts'
import { createStore, useStore } from '../../state/store.ts'
import { render } from '../../ui/test-render.ts'
import { Scorecard } from './scorecard.tsx'

const NOW: Evidence[] = [
  { type: 'run', run: 'run-7' },
  { type: 'line', path: 'worker-pool/pool.go', line: 41, text: '\tp.closed = true', at: AT_16_48 },
  { type: 'moment', at: AT_16_48, words: '' },
]

/** A scorecard of m1, whose acts come back as the server’s echo brings them. */
async function openCard(interview: Interview) {
  const acts: Act[] = []
  const opened: Evidence[] = []
  const shown = createStore(interview)
  const act = (entry: Act) => {
    acts.push(entry)
    const logged: LoggedEntry = { seq: 100 + acts.length, at: AT_16_48, by: 'm1', entry }
    shown.update((before) => foldEntry(before, logged))
  }
  function Shown() {
    return (
      <Scorecard
        interview={useStore(shown)}
        me="m1"
        act={act}
        onOpenEvidence={(evidence) => opened.push(evidence)}
        replayOf={({ type }) => `/replay#${type}`}
        evidenceNow={() => NOW}
      />
    )
  }
  const page = await render(<Shown />)
  const press = (name: string) => page.act(() => page.button(name).click())
  const put = (field: Element | null, value: string) =>
    page.act(() => {
      const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set
      set?.call(field, value)
      field?.dispatchEvent(new Event('input', { bubbles: true }))
    })
  return { ...page, acts, opened, press, put }
}

const scores = (by: 'm1' | 'm2', points: readonly number[]): Line[] =>
  SectionId.options.map((section, index) => ['16:00', by, { type: 'scored', section, points: points[index] ?? 0 }])

const submitted = (by: 'm1' | 'm2'): Line => ['16:30', by, { type: 'submitted', on: true }]

test('a score says its band, what the band means, and whether the minimum is met', async () => {
  const { one, press } = await openCard(interviewOf(IN_17TH_MINUTE))
  const section = one('section-go')
  expect(section.textContent).toContain('Strong')
  expect(section.textContent).toContain('Solid, with good awareness')
  expect(section.textContent).toContain('minimum 18, met')
  await press('One less for Advanced Go mastery')
  await press('One less for Advanced Go mastery')
  expect(section.textContent).toContain('Adequate')
  expect(section.textContent).toContain('minimum 18, 1 short')
})

test('points are typed, and emptied they are taken back', async () => {
  const { acts, put, host, act } = await openCard(interviewOf(IN_17TH_MINUTE))
  const field = host.querySelector('input[aria-label="Leadership and decisions, of 20"]')
  const enter = () =>
    act(() => field?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true })))
  await put(field, '99')
  await enter()
  await put(field, '')
  await enter()
  expect(acts).toEqual([
    { type: 'scored', section: 'leadership', points: 20 },
    { type: 'scored', section: 'leadership', points: null },
  ])
})

test('a slider that is dragged puts one score down, where it is let go', async () => {
  const { acts, put, one, act } = await openCard(interviewOf(IN_17TH_MINUTE))
  const slider = one('section-design').querySelector('input[type="range"]')
  expect(slider?.getAttribute('aria-valuetext')).toBe('not scored')
  await put(slider, '12')
  await put(slider, '15')
  expect(acts).toEqual([])
  await act(() => slider?.dispatchEvent(new Event('pointerup', { bubbles: true })))
  expect(acts).toEqual([{ type: 'scored', section: 'design', points: 15 }])
  expect(slider?.getAttribute('aria-valuetext')).toBe('15 of 20, strong')
})

test('the total is judged with its reason: every minimum counts, whatever the total', async () => {
  const { one } = await openCard(interviewOf([...IN_17TH_MINUTE, ...scores('m1', [25, 10, 20, 13, 25])]))
  expect(one('total').dataset.verdict).toBe('fail')
  expect(one('total').textContent).toBe('93 / 100No pass: 93/100, but System design 13 < 14.')
})

test('evidence goes back to where it was, is added from what is at hand, and is taken back', async () => {
  const { acts, opened, all, act, press, one, host, put } = await openCard(interviewOf(IN_17TH_MINUTE))
  const chips = () => all('evidence').map(({ textContent }) => textContent)
  expect(chips()).toEqual(['run 6 · race · 00:13:02', 'pool.go:35 · 00:14:40'])
  await act(() => all('evidence')[0]?.querySelector('button')?.click())
  expect(opened).toEqual([{ type: 'run', run: 'run-6' }])
  await act(() => one('section-go').querySelector<HTMLElement>('button[aria-expanded]')?.click())
  expect(all('offered').map(({ textContent }) => textContent)).toEqual([
    'run 7 · race · 00:15:11',
    'pool.go:41 · 00:16:48',
    'this moment · 00:16:48',
  ])
  await put(host.querySelector('input[placeholder="What was said or done"]'), 'Drew the ring of waiting.')
  await act(() => all('offered')[2]?.click())
  expect(chips()).toContain('“Drew the ring of waiting.” · 00:16:48')
  await press('Take back: run 6 · race · 00:13:02')
  expect(chips()).toHaveLength(2)
  expect(acts).toHaveLength(2)
})

test('flags have a word beside their colour, and are set and taken back', async () => {
  const { all, press, one, act } = await openCard(interviewOf(IN_17TH_MINUTE))
  const flags = () => all('flag').map(({ textContent }) => textContent)
  expect(flags()).toEqual(['green · clear explanation'])
  await press('Add flag')
  await act(() => one('flag-shallow').click())
  expect(flags()).toEqual(['green · clear explanation', 'red · shallow knowledge'])
  await press('Take back: Clear explanation')
  expect(flags()).toEqual(['red · shallow knowledge'])
})

test('who has submitted changes nothing until they take it back, and waits for the others', async () => {
  const { press, host, acts, all } = await openCard(
    interviewOf([...IN_17TH_MINUTE, ...scores('m1', [19, 8, 15, 15, 20])]),
  )
  await press('Submit my scores')
  expect(host.textContent).toContain('The comparison comes when Priya Nair has submitted, too.')
  expect(host.querySelector<HTMLInputElement>('input[type="range"]')?.disabled).toBe(true)
  expect(all('comparison')).toEqual([])
  await press('Take it back to change it')
  expect(acts.map((one) => 'on' in one && one.on)).toEqual([true, false])
})

test('once all have submitted their points stand side by side, and what is bands apart says so', async () => {
  const lines = [...scores('m1', [19, 8, 15, 15, 20]), ...scores('m2', [24, 8, 16, 11, 20])]
  const both = interviewOf([...IN_17TH_MINUTE, ...lines, submitted('m1'), submitted('m2')])
  const { all, acts, press, one } = await openCard(both)
  const rows = all('compared').map(({ textContent }) => textContent)
  expect(rows[0]).toContain('one band apart')
  expect(rows[0]).toContain('24Exceptional')
  expect(rows[1]).not.toContain('apart')
  expect(one('agreed-verdict').textContent).toContain('0 of 5 scored')
  await press('take 22')
  expect(acts).toEqual([{ type: 'agreed', section: 'go', points: 22 }])
  expect(one('agreed-verdict').textContent).toContain('Agreed: 22')
})

const LUCA: Line = ['0:00', null, { type: 'joined', member: 'm4', name: 'Luca Ferri', role: 'interviewer' }]

test('who never submits holds nobody up: those who have are compared, the others are named', async () => {
  const lines = [...IN_17TH_MINUTE, LUCA, ...scores('m1', [19, 8, 15, 15, 20]), ...scores('m2', [24, 8, 16, 11, 20])]
  const one = await openCard(interviewOf([...lines, submitted('m1')]))
  expect(one.all('comparison')).toEqual([])
  expect(one.host.textContent).toContain('The comparison comes when Priya Nair or Luca Ferri has submitted, too.')
  const two = await openCard(interviewOf([...lines, submitted('m1'), submitted('m2')]))
  expect(two.all('compared')[0]?.querySelectorAll('td')).toHaveLength(3)
  expect(two.one('not-submitted').textContent).toBe('Not submitted: Luca Ferri.')
})

test('who has not submitted sees no comparison of those who have', async () => {
  const luca: Line[] = [LUCA, ['16:30', 'm4', { type: 'submitted', on: true }]]
  const { all } = await openCard(interviewOf([...IN_17TH_MINUTE, ...luca, submitted('m2')]))
  expect(all('comparison')).toEqual([])
})

test('what was compared stands: nothing of the card can be changed, and its evidence can still be looked at', async () => {
  const both = interviewOf([...IN_17TH_MINUTE, submitted('m1'), submitted('m2')])
  const { host, button, all, act, opened } = await openCard(both)
  expect(host.textContent).toContain('Scores were compared and stand')
  expect(host.textContent).not.toContain('Take it back to change it')
  const changing = ['Add flag', 'Add evidence', 'Take back: Clear explanation', 'Take back: run 6 · race · 00:13:02']
  expect(changing.filter((name) => !button(name).hasAttribute('disabled'))).toEqual([])
  await act(() => all('evidence')[0]?.querySelector('button')?.click())
  expect(opened).toEqual([{ type: 'run', run: 'run-6' }])
})
