// @vitest-environment happy-dom
import type { Act, Interview } from '@sandbox/protocol'
import { expect, test } from 'vitest'
import {
  AT_16_48,
  BEFORE_START,
  IN_17TH_MINUTE,
  interviewOf,
  time,
} from '../../state/interview/testdata/mock-interview.ts'
import { render } from '../../ui/test-render.ts'
import { ClockBar } from './clock-bar.tsx'

async function openBar(interview: Interview, at = AT_16_48) {
  const acts: Act[] = []
  const page = await render(<ClockBar interview={interview} at={at} act={(act) => acts.push(act)} hints={3} />)
  const press = (name: string) => page.act(() => page.button(name).click())
  const toggle = (label: string) =>
    page.act(() => {
      const found = [...page.host.querySelectorAll('label')].find((one) => one.textContent === label)
      found?.querySelector('input')?.click()
    })
  return { ...page, acts, press, toggle }
}

test('the clock says how long it has run, what is left of the part and in all', async () => {
  const { one, all } = await openBar(interviewOf(IN_17TH_MINUTE))
  expect(one('running').textContent).toBe('00:16:48')
  expect(one('left').textContent).toBe('Part 1, 3:12 left73:12 left in all')
  expect(all('segment').map(({ textContent }) => textContent)).toEqual([
    'Introduction5',
    '1Advanced Go mastery15',
    '2Database architecture10',
    '3Leadership and decisions15',
    '4System design25',
    'Reserve15',
    '55',
  ])
})

test('the clock is started, paused and resumed', async () => {
  const before = await openBar(interviewOf(BEFORE_START))
  await before.press('Start the clock')
  const running = await openBar(interviewOf(IN_17TH_MINUTE))
  await running.press('Pause')
  const paused = interviewOf([...IN_17TH_MINUTE, ['16:47', 'm1', { type: 'clock', action: 'pause' }]])
  const resumed = await openBar(paused)
  await resumed.press('Resume')
  expect([...before.acts, ...running.acts, ...resumed.acts]).toEqual([
    { type: 'clock', action: 'start' },
    { type: 'clock', action: 'pause' },
    { type: 'clock', action: 'resume' },
  ])
})

test('an overrun is said, and the last minutes are the candidate’s', async () => {
  const interview = interviewOf(IN_17TH_MINUTE)
  expect((await openBar(interview, time('21:00'))).one('left').textContent).toContain('Part 1, 1:00 over')
  expect((await openBar(interview, time('86:00'))).one('left').textContent).toContain('the candidate asks')
  expect((await openBar(interview, time('91:30'))).one('left').textContent).toContain('1:30 over in all')
})

test('the reserve is given to a part with one press, or a minute at a time to any', async () => {
  const { acts, press } = await openBar(interviewOf(IN_17TH_MINUTE))
  await press('Reserve: 15 min')
  await press('Give 5 min to part 1')
  await press('One more: Minutes of the reserve for System design')
  expect(acts).toEqual([
    { type: 'reserve', part: 'go', minutes: 5 },
    { type: 'reserve', part: 'design', minutes: 1 },
  ])
})

test('what the candidate sees is switched by itself, the rest stays as it is', async () => {
  const { acts, toggle, press } = await openBar(interviewOf(IN_17TH_MINUTE))
  await toggle('Time left')
  await press('One more: Hints shown to the candidate')
  expect(acts).toEqual([
    { type: 'shared', sharing: { clock: false, hints: 0 } },
    { type: 'shared', sharing: { clock: true, hints: 1 } },
  ])
})

test('who switches recording on reads that the candidate is told', async () => {
  const { acts, toggle, press, host } = await openBar(interviewOf(IN_17TH_MINUTE))
  await press('Recorded: code only')
  await toggle('Pasting')
  expect(acts).toEqual([{ type: 'recording', recording: { pasting: true, leaving: false } }])
  expect(host.querySelector('[role="status"]')?.textContent).toBe(
    'The candidate is told: that text is pasted is recorded.',
  )
})

test('who practises alone has nobody to show anything to', async () => {
  const { host } = await openBar({ ...interviewOf(IN_17TH_MINUTE), alone: true })
  expect(host.textContent).not.toContain('Shown to candidate')
})
