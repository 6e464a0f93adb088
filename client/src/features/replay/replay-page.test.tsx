// @vitest-environment happy-dom
import type { LoggedEntry, ServerMessage } from '@sandbox/protocol'
import { expect, test, vi } from 'vitest'
import type { ReplaySource } from '../../state/interview/replay.ts'
import { interviewLog } from '../../state/testdata/interview-log.ts'
import { ManualClock } from '../../state/testdata/manual-clock.ts'
import { memoryStorage } from '../../state/testdata/memory-storage.ts'
import { recordedRun } from '../../state/testdata/recorded.ts'
import { render } from '../../ui/test-render.ts'
import type { ReplayedCodeProps } from '../editor/replayed-code.tsx'
import { ReplayPage } from './replay-page.tsx'

// Monaco needs a browser; that it shows what it is given is seen in one.
vi.mock('../editor/code-editor.tsx', () => ({
  ReplayedCode: ({ name, text, marks, cursors, line }: ReplayedCodeProps) => (
    <pre data-testid="code" data-name={name} data-line={line} data-marks={marks.length}>
      {text}
      {cursors.map(({ name, cursor }) => `@${name}:${cursor.head[0]}`)}
    </pre>
  ),
}))

const LOG = interviewLog({ churn: 40 })
const links = {
  live: '/live',
  report: '/report',
  candidateCopy: '/copy',
  markdown: '/report.md',
  json: '/report.json',
  exported: '/export',
}

function sourceOf(log: () => Promise<LoggedEntry[]>): ReplaySource {
  const run = async (id: string): Promise<ServerMessage[]> => {
    const { description, logged } = recordedRun('race', id)
    return [
      { type: 'run', run: description },
      ...logged.map((event) => ({ type: 'event' as const, run: id, ...event })),
    ]
  }
  return { links, log, run }
}

async function opened(source = sourceOf(async () => LOG)) {
  const clock = new ManualClock()
  const page = await render(<ReplayPage source={source} clock={clock} storage={memoryStorage()} />)
  const pass = async (ms: number) => page.act(() => clock.advance(ms))
  // The log is read with a pause after each slice.
  while (clock.waiting > 0) await pass(0)
  return {
    ...page,
    pass,
    now: () => page.one('scrubber').getAttribute('aria-valuetext') ?? '',
    press: (key: string, on: EventTarget = window) =>
      page.act(() => void on.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))),
  }
}

test('N goes from verdict to verdict, and the code is as it was then', async () => {
  const page = await opened()
  expect(page.now()).toBe('−00:04:00')
  for (const _ of [1, 2, 3]) await page.press('n')
  expect(page.now()).toBe('00:13:03, Advanced Go mastery, run 3')
  expect(page.one('verdict').dataset.verdict).toBe('race')
  expect(page.one('summary').textContent).toContain('Race: Submit writes p.closed at pool.go:44')
  expect(page.one('code').textContent).toContain('\t\tp.closed = true\n\t\treturn ctx.Err()')
  expect(page.one('code').textContent).toContain('@Mira:')
  expect(page.one('moments').querySelector('[aria-current]')?.textContent).toContain(
    'Run 3 race, the first on worker-pool',
  )
  await page.press('p')
  expect(page.one('verdict').dataset.verdict).toBe('compile-error')
})

test('playing moves the clock, Space stops it', async () => {
  const page = await opened()
  for (const _ of [1, 2, 3]) await page.press('n')
  await page.press(' ')
  expect(page.one('play').getAttribute('aria-label')).toBe('Pause')
  await page.pass(5000)
  expect(page.now()).toMatch(/^00:13:23/)
  await page.press(' ')
  await page.pass(5000)
  expect(page.now()).toMatch(/^00:13:23/)
})

test('the scrubber is a slider for the keyboard, from the first moment to the last', async () => {
  const page = await opened()
  const scrubber = page.one('scrubber')
  expect(scrubber.getAttribute('role')).toBe('slider')
  await page.press('End', scrubber)
  expect(page.now()).toBe('01:30:00, The candidate asks, run 9')
  expect(scrubber.getAttribute('aria-valuenow')).toBe(scrubber.getAttribute('aria-valuemax'))
  await page.press('ArrowLeft', scrubber)
  await page.press('PageDown', scrubber)
  expect(page.now()).toMatch(/^01:28:55/)
  await page.press('Home', scrubber)
  expect(page.now()).toBe('−00:04:00')
})

test('the keys zoom in on a moment and out again, anywhere on the page', async () => {
  const page = await opened()
  for (const _ of [1, 2, 3]) await page.press('n')
  const now = page.now()
  expect(page.one('lens').textContent).toBe('94 min')
  for (const _ of [1, 2, 3]) await page.press('+')
  expect(page.one('lens').textContent).toBe('11 min 45 s')
  await page.press('-')
  expect(page.one('lens').textContent).toBe('23 min 30 s')
  await page.press('ArrowRight', page.one('scrubber'))
  expect(page.now()).toMatch(/^00:13:08/)
  for (const _ of [1, 2, 3]) await page.press('+')
  await page.press('ArrowLeft', page.one('scrubber'))
  expect(page.now()).toMatch(/^00:13:07/)
  await page.press('0')
  expect(page.one('lens').textContent).toBe('94 min')
  expect(now).toMatch(/^00:13:03/)
})

test('the address can ask for a run, and for another one later', async () => {
  location.hash = '#run=3'
  const page = await opened()
  expect(page.now()).toBe('00:13:03, Advanced Go mastery, run 3')
  await page.act(() => {
    location.hash = '#at=600.5'
    window.dispatchEvent(new Event('hashchange'))
  })
  expect(page.now()).toMatch(/^00:10:00/)
  location.hash = ''
})

test('a chosen file stays open until the candidate is followed again', async () => {
  const page = await opened()
  for (const _ of [1, 2, 3]) await page.press('n')
  await page.act(() => page.one('tab-api.go').click())
  expect(page.one('code').dataset.name).toBe('api.go')
  await page.act(() => page.button('Follow Mira').click())
  expect(page.one('code').dataset.name).toBe('pool.go')
})

test('a place in the sentence opens its line, and a moment of the list is gone to', async () => {
  const page = await opened()
  for (const _ of [1, 2, 3]) await page.press('n')
  await page.act(() => page.button('pool.go:44').click())
  expect(page.one('code').dataset).toMatchObject({ name: 'pool.go', line: '44' })
  const note = [...page.one('moments').querySelectorAll('button')].find((one) =>
    one.textContent?.includes('Note by Jonas'),
  )
  await page.act(() => note?.click())
  expect(page.now()).toMatch(/^00:13:18/)
})

test('what cannot be read is told, and can be tried again', async () => {
  let broken = true
  const source = sourceOf(async () => {
    if (broken) throw new Error('The server cannot be reached.')
    return LOG
  })
  const page = await opened(source)
  expect(page.host.querySelector('[role=alert]')?.textContent).toBe('The server cannot be reached.')
  broken = false
  await page.act(() => page.button('Try again').click())
  expect(page.host.textContent).toContain('Reading the interview')
})

test('report, scorecard and export can be opened', async () => {
  const page = await opened()
  await page.act(() => page.button('Save as').click())
  const hrefs = [...page.host.querySelectorAll('a')].map((link) => link.getAttribute('href'))
  const saved = ['/report', '/copy', '/report.md', '/report.json', '/export']
  expect(hrefs).toEqual(['/interview', '/live', '/report', ...saved])
})
