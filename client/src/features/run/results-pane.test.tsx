// @vitest-environment happy-dom
import type { ClientMessage, Progress, RunEvent, SandboxStatus, ServerMessage } from '@sandbox/protocol'
import { describe, expect, test } from 'vitest'
import { Practice } from '../../state/practice.ts'
import { anyDraft } from '../../state/testdata/draft-server.ts'
import { memoryStorage } from '../../state/testdata/memory-storage.ts'
import { foldedRun, hitCounter, type RecordedRun, recordedRun } from '../../state/testdata/recorded.ts'
import { render } from '../../ui/test-render.ts'
import { NoRun } from '../page/no-run.tsx'
import { ResultsPane } from './results-pane.tsx'
import { RunButton } from './run-button.tsx'

const SANDBOX: SandboxStatus = {
  ready: true,
  driver: 'docker',
  goVersion: '1.26.8',
  enforcement: {},
  reasons: [],
  slots: 2,
}

async function openPage(progress: Progress[] = []) {
  const sent: ClientMessage[] = []
  const practice = new Practice({
    draftServer: anyDraft,
    timelines: { timeline: async () => Promise.reject(new Error('no timeline')) },
    records: { progress: async () => progress, solutions: async () => null, reveal: async () => {} },
    catalogue: { list: async () => [hitCounter()], detail: async () => hitCounter() },
    storage: memoryStorage(),
    tabStorage: memoryStorage(),
    clock: { now: () => Date.now(), random: () => 0, after: () => () => {} },
    address: { path: () => '/exercise/hit-counter', go: () => {} },
    newId: () => 'request-run-1',
    send: (message) => sent.push(message) > 0,
    resync: () => {},
  })
  await practice.start()
  practice.connectionChanged({ type: 'connected' })
  practice.receive({ type: 'welcome', version: 1, server: 's', now: Date.now(), sandbox: SANDBOX })
  const page = await render(
    <>
      <RunButton desk={practice} />
      <ResultsPane desk={practice} empty={<NoRun practice={practice} />} />
    </>,
  )
  const tell = (...messages: ServerMessage[]) =>
    page.act(() => {
      for (const message of messages) practice.receive(message)
    })
  return { ...page, practice, sent, tell }
}

function messages(name: RecordedRun, upTo = Number.POSITIVE_INFINITY): ServerMessage[] {
  const { description, logged } = recordedRun(name)
  return [
    { type: 'run', run: { ...description, exercise: 'hit-counter' } },
    ...logged.slice(0, upTo).map((event) => ({ ...event, type: 'event' as const, run: description.id })),
  ]
}

test('Run sends the code, becomes Cancel while it goes on, and Run again after it', async () => {
  const { one, act, sent, tell } = await openPage()
  await act(() => one('run-button').click())
  expect(sent.map((message) => message.type)).toEqual(['run'])
  expect(one('run-button').getAttribute('aria-disabled')).toBe('true')
  await tell(...messages('race', 12))
  expect(one('run-button').dataset.state).toBe('cancel')
  expect(one('run-button').textContent).toMatch(/Cancel.*run · \d/)
  await act(() => one('run-button').click())
  expect(sent.at(-1)).toEqual({ type: 'cancel', run: 'run-1' })
  await tell(...messages('race'))
  expect(one('run-button').dataset.state).toBe('run')
})

test('where nothing was run since the page was opened, only who has never run it is told that there is no run yet', async () => {
  const tried = { openedAt: 1, raced: 0, solvedAt: null, solvedInRuns: null, revealedAt: null }
  const heading = async (progress: Progress[]) => (await openPage(progress)).host.querySelector('h3')?.textContent
  expect(await heading([])).toBe('No run yet')
  expect(await heading([{ ...tried, exercise: 'hit-counter', runs: 0 }])).toBe('No run yet')
  expect(await heading([{ ...tried, exercise: 'worker-pool', runs: 3 }])).toBe('No run yet')
  expect(await heading([{ ...tried, exercise: 'hit-counter', runs: 3 }])).toBe('No run since this page was opened')
})

describe('a race', () => {
  test('is told in one sentence whose places can be opened, with the story below it', async () => {
    const { one, tell, act, practice, button } = await openPage()
    await tell(...messages('race'))
    expect(one('verdict').dataset.verdict).toBe('race')
    expect(one('summary').textContent).toBe(
      'Race: Hit changes c.total at hits.go:29 in two goroutines at once, and nothing orders the two (and 6 more).',
    )
    expect(one('race-story').textContent).toContain('c.total++')
    expect(one('tab-story').getAttribute('aria-selected')).toBe('true')
    await act(() => one('summary').querySelector('button')?.click())
    expect(practice.view.get().reveal).toEqual({ file: 'hits.go', line: 29 })
    const first = one('race-story').dataset.race
    await act(() => button('Next race').click())
    expect(one('race-story').dataset.race).not.toBe(first)
    await act(() => button('Previous race').click())
    expect(one('race-story').dataset.race).toBe(first)
  })

  test('has its tests a tab away, with what they printed', async () => {
    const { one, all, tell, act } = await openPage()
    await tell(...messages('race'))
    await act(() => one('tab-tests').click())
    expect(all('test-row')).toHaveLength(14)
    const failed = all('test-row').filter((row) => row.dataset.status === 'failed')
    expect(failed.length).toBeGreaterThan(0)
    expect(all('test-row').filter((row) => row.textContent?.includes('hidden'))).toHaveLength(10)
  })
})

test('a pass asks the follow-up questions', async () => {
  const { one, tell, host } = await openPage()
  await tell(...messages('passed'))
  expect(one('verdict').dataset.verdict).toBe('passed')
  expect(one('tab-next').getAttribute('aria-selected')).toBe('true')
  expect(host.textContent).toContain('The counter is hit 50,000 times a second')
})

test('a build error lists the compiler’s messages and skips what did not happen', async () => {
  const { all, one, tell, host } = await openPage()
  await tell(...messages('compile-error'))
  expect(all('diagnostic').map((row) => row.textContent)).toEqual([
    'hits.go:29:4c.totl undefined (type *Counter has no field or method totl)',
    'hits.go:30:6declared and not used: unused',
  ])
  expect(host.querySelector('[data-testid="tab-tests"]')).toBeNull()
  expect(one('verdict').parentElement?.textContent).toContain('no test ran')
})

test('a deadlock shows who is blocked, where, and who started it', async () => {
  const { all, tell } = await openPage()
  await tell(...messages('deadlock'))
  const [first] = all('goroutine-row')
  expect(first?.dataset.state).toBe('select')
  expect(first?.textContent).toContain('handshake.go:21')
  expect(first?.textContent).toContain('visible_test.go:19')
})

test('a pass that left goroutines behind lists them under a heading of their own', async () => {
  const { one, all, tell, act } = await openPage()
  const left = foldedRun('deadlock').dump?.goroutines.filter(({ role }) => role === 'candidate') ?? []
  const [described, ...events] = messages('passed')
  const last = events.pop()
  if (!described || last?.type !== 'event') throw new Error('the recording has no verdict')
  const event: RunEvent = { type: 'leftovers', goroutines: left, total: left.length + 3 }
  await tell(described, ...events, { ...last, event }, { ...last, seq: last.seq + 1 })
  expect(one('tab-next').getAttribute('aria-selected')).toBe('true')
  expect(one('tab-goroutines').textContent).toBe(`Goroutines${left.length + 3}`)
  await act(() => one('tab-goroutines').click())
  expect(one('leftovers').textContent).toContain(`${left.length} of ${left.length + 3} shown`)
  expect(one('leftovers').textContent).toContain('handshake.go:21')
  expect(one('leftovers').textContent).toContain('started at')
  expect(all('goroutine-row').length).toBeGreaterThan(0)
})

test('a trace that cannot be read is one sentence under its tab, and nothing is fetched', async () => {
  const { one, tell } = await openPage()
  const [described, ...events] = messages('failed')
  const last = events.pop()
  if (described?.type !== 'run' || last?.type !== 'event') throw new Error('the recording has no verdict')
  const event: RunEvent = { type: 'timeline', sentence: 'There is no timeline: its trace breaks off.', totals: null }
  const run = { ...described.run, insight: 'timeline' as const }
  await tell({ type: 'run', run }, ...events, { ...last, event }, { ...last, seq: last.seq + 1 })
  expect(one('tab-timeline').getAttribute('aria-selected')).toBe('true')
  expect(one('timeline').textContent).toBe('There is no timeline: its trace breaks off.')
})

test('benchmarks have a tab of their own, which is what is shown first, and are told of while they run', async () => {
  const { one, tell } = await openPage()
  const [described, ...events] = messages('passed')
  const last = events.pop()
  if (described?.type !== 'run' || last?.type !== 'event') throw new Error('the recording has no verdict')
  const run = { ...described.run, insight: 'benchmarks' as const }
  const begin: RunEvent = { type: 'stage', stage: 'run', state: 'begin' }
  await tell({ type: 'run', run }, ...events, { ...last, event: begin })
  expect(one('summary').textContent).toContain('the benchmarks of all versions take turns')
  const event: RunEvent = { type: 'benchmarks', sentence: 'There is no benchmark.', benchmarks: [], notes: [] }
  await tell({ ...last, seq: last.seq + 1, event }, { ...last, seq: last.seq + 2 })
  expect(one('tab-benchmarks').getAttribute('aria-selected')).toBe('true')
  expect(one('benchmarks').textContent).toBe('There is no benchmark.')
})

test('what we reject ourselves is not said to be the compiler’s', async () => {
  const { host, tell } = await openPage()
  await tell(...messages('compile-error'))
  expect(host.textContent).toContain('the compiler’s own')
  const [described, ...events] = messages('compile-error')
  const rejected = events.map((message) =>
    message.type === 'event' && message.event.type === 'diagnostics'
      ? {
          ...message,
          event: {
            ...message.event,
            diagnostics: message.event.diagnostics.map((one) => ({ ...one, source: 'load' as const })),
          },
        }
      : message,
  )
  if (described?.type !== 'run') throw new Error('the recording has no description')
  const again = { ...described.run, id: 'run-2', acceptedAt: described.run.acceptedAt + 1 }
  await tell({ type: 'run', run: again }, ...rejected.map((message) => ({ ...message, run: 'run-2' }) as ServerMessage))
  expect(host.textContent).toContain('declared and not used')
  expect(host.textContent).not.toContain('compiler’s own')
})

test('a panic shows its words and its stack', async () => {
  const { one, tell } = await openPage()
  await tell(...messages('panic'))
  expect(one('panic').textContent).toContain('assignment to entry in nil map')
  expect(one('panic').textContent).toContain('a.go:4')
})

test('a tab chosen while the tests run gives way to the verdict’s own', async () => {
  const { one, tell, act } = await openPage()
  await tell(...messages('race', 25))
  await act(() => one('tab-output').click())
  expect(one('tab-output').getAttribute('aria-selected')).toBe('true')
  await tell(...messages('race'))
  expect(one('tab-story').getAttribute('aria-selected')).toBe('true')
})

test('the arrow keys move between tabs', async () => {
  const { one, tell, act } = await openPage()
  await tell(...messages('race'))
  await act(() => {
    one('tab-story').dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight', bubbles: true }))
  })
  expect(one('tab-tests').getAttribute('aria-selected')).toBe('true')
})

test('the result says when the editor has moved on', async () => {
  const { one, host, tell, act, practice } = await openPage()
  await tell(...messages('race'))
  expect(host.querySelector('[data-testid="stale"]')).toBeNull()
  await act(() => practice.editing.edit('hits.go', 'package hits'))
  expect(one('stale').textContent).toMatch(/Snapshot from .* ago; the editor has changed/)
})

test('without a sandbox nothing is run, and the reasons are told', async () => {
  const { one, tell, sent, act } = await openPage()
  await tell({
    type: 'status',
    sandbox: { ...SANDBOX, ready: false, driver: 'none', reasons: ['bwrap is not in PATH'] },
  })
  expect(one('not-ready').textContent).toContain('bwrap is not in PATH')
  await act(() => one('run-button').click())
  expect(sent).toEqual([])
})

test('without a connection a run goes on, and the page says so', async () => {
  const { one, tell, act, practice } = await openPage()
  await tell(...messages('race', 15))
  await act(() => practice.connectionChanged({ type: 'waiting', attempt: 1, retryAt: Date.now(), lostAt: Date.now() }))
  expect(one('verdict').dataset.verdict).toBe('offline')
  expect(one('summary').textContent).toContain('run 1 goes on')
  await act(() => practice.connectionChanged({ type: 'connected' }))
  await tell(...messages('race'))
  expect(one('verdict').dataset.verdict).toBe('race')
})
