// @vitest-environment happy-dom
import { expect, test } from 'vitest'
import { AT_16_48, BEFORE_START, IN_17TH_MINUTE, interviewOf } from '../../state/interview/testdata/mock-interview.ts'
import { createStore, useStore } from '../../state/store.ts'
import { render } from '../../ui/test-render.ts'
import { RunStrip } from './run-strip.tsx'

async function openStrip(lines = IN_17TH_MINUTE, first: string | null = 'run-7') {
  const interview = interviewOf(lines)
  const shown = createStore(first)
  function Shown() {
    return <RunStrip interview={interview} at={AT_16_48} shown={useStore(shown)} onShow={(run) => shown.set(run)} />
  }
  return { ...(await render(<Shown />)), shown }
}

test('runs stand by exercise, each with its number, its verdict’s word and its time', async () => {
  const { host, all } = await openStrip()
  expect([...host.querySelectorAll('h3')].map(({ textContent }) => textContent)).toEqual(['hit-counter', 'worker-pool'])
  expect(all('strip-run').map(({ textContent }) => textContent)).toEqual([
    '1 race00:08:12',
    '2 failed00:09:05',
    '3 does not compile00:10:20',
    '4 passed00:11:14',
    '5 does not compile00:12:12',
    '6 race00:13:02',
    '7 race00:15:11',
    '8 running1.0 s',
  ])
})

test('Tab stops once, arrows show the runs beside, Home and End the first and the last', async () => {
  const { all, act, shown } = await openStrip()
  const press = (key: string) =>
    act(() => {
      const stop = all('strip-run').find((one) => one.tabIndex === 0)
      stop?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
    })
  expect(all('strip-run').filter((one) => one.tabIndex === 0)).toHaveLength(1)
  await press('ArrowLeft')
  expect([shown.get(), document.activeElement?.textContent]).toEqual(['run-6', '6 race00:13:02'])
  await press('Home')
  expect(shown.get()).toBe('run-1')
  await press('ArrowLeft')
  expect(shown.get()).toBe('run-1')
  await press('End')
  expect(shown.get()).toBe('run-8')
})

test('before the first run it says so', async () => {
  expect((await openStrip(BEFORE_START, null)).host.textContent).toBe('No run yet.')
})
