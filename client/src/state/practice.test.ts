import type { ClientMessage, ServerMessage } from '@sandbox/protocol'
import { beforeEach, describe, expect, test } from 'vitest'
import { DRAFT_PAUSE_MS } from './draft-saver.ts'
import { draftKey } from './drafts.ts'
import { Practice } from './practice.ts'
import { anyDraft } from './testdata/draft-server.ts'
import { memoryStorage } from './testdata/memory-storage.ts'
import { hitCounter, recordedRun } from './testdata/recorded.ts'
import { fileNamed } from './workspace.ts'

const READY: Extract<ServerMessage, { type: 'welcome' }> = {
  type: 'welcome',
  version: 1,
  server: 's',
  now: 1_000_000,
  sandbox: { ready: true, driver: 'bubblewrap', goVersion: '1.26.8', enforcement: {}, reasons: [], slots: 1 },
}

function setUp(path = '/exercise/hit-counter', map = new Map<string, string>()) {
  const sent: ClientMessage[] = []
  const timers: { ms: number; act: () => void }[] = []
  const address = { at: path, replaced: [] as string[] }
  const calls = { resync: 0, ids: 0 }
  const practice = new Practice({
    draftServer: anyDraft,
    timelines: { timeline: async () => Promise.reject(new Error('no timeline')) },
    records: { progress: async () => [], solutions: async () => null, reveal: async () => {} },
    catalogue: {
      list: async () => [hitCounter()],
      detail: async (slug) => (slug === 'hit-counter' ? hitCounter() : null),
    },
    storage: memoryStorage(map),
    tabStorage: memoryStorage(),
    clock: {
      now: () => 1_000_000,
      random: () => 0,
      after: (ms, act) => {
        const timer = { ms, act }
        timers.push(timer)
        return () => void timers.splice(timers.indexOf(timer), 1)
      },
    },
    address: {
      path: () => address.at,
      go: (to, replace) => {
        address.at = to
        if (replace) address.replaced.push(to)
      },
    },
    newId: () => `id-${++calls.ids}`,
    send: (message) => {
      sent.push(message)
      return true
    },
    resync: () => void calls.resync++,
  })
  const connect = () => {
    practice.connectionChanged({ type: 'connected' })
    practice.receive(READY)
  }
  return { practice, sent, timers, address, calls, map, connect }
}

function text(practice: Practice): string | undefined {
  const workspace = practice.workspace.get()
  return workspace ? fileNamed(workspace, 'hits.go')?.text : undefined
}

describe('what is opened', () => {
  test('is what the address names', async () => {
    const { practice } = setUp()
    await practice.start()
    expect(practice.page.get()).toMatchObject({ type: 'exercise', detail: { slug: 'hit-counter' } })
    expect(practice.exercises.get()).toHaveLength(1)
  })

  test('is the exercise of the last time where the address names none, else the first', async () => {
    const { practice, address, map } = setUp('/')
    await practice.start()
    expect(address).toMatchObject({ at: '/exercise/hit-counter', replaced: ['/exercise/hit-counter'] })
    map.set('last-exercise', 'scratch')
    const again = setUp('/', map)
    await again.practice.start()
    expect(again.address.at).toBe('/scratch')
  })

  test('is nothing where there is no such exercise, and says so', async () => {
    const { practice } = setUp('/exercise/nope')
    await practice.start()
    expect(practice.page.get()).toEqual({ type: 'missing', what: 'nope' })
    expect(practice.runs.problem()).not.toBeNull()
  })
})

describe('a run', () => {
  let all: ReturnType<typeof setUp>
  beforeEach(async () => {
    all = setUp()
    await all.practice.start()
  })

  test('waits for the connection and for a sandbox', () => {
    all.practice.run()
    expect(all.sent).toEqual([])
    all.connect()
    all.practice.receive({ type: 'status', sandbox: { ...READY.sandbox, ready: false, reasons: ['no'] } })
    expect(all.practice.runs.problem()).toMatch(/no sandbox/)
  })

  test('sends the editable files once, and not again before the answer', () => {
    all.connect()
    all.practice.editing.edit('hits.go', 'package hits')
    all.practice.run()
    all.practice.run()
    expect(all.sent).toEqual([
      {
        type: 'run',
        request: 'id-1',
        run: {
          exercise: 'hit-counter',
          files: [{ name: 'hits.go', text: 'package hits' }],
          snapshot: expect.stringMatching(/^[0-9a-f]{16}$/),
        },
      },
    ])
  })

  test('of this person shows up from whichever tab it came, and is cancelled by its id', () => {
    all.connect()
    const { description, logged } = recordedRun('race', 'elsewhere')
    all.practice.receive({ type: 'run', run: description })
    expect(all.practice.runs.shown()?.description.id).toBe('elsewhere')
    all.practice.runs.cancel()
    expect(all.sent).toEqual([{ type: 'cancel', run: 'elsewhere' }])
    for (const event of logged) all.practice.receive({ ...event, type: 'event', run: 'elsewhere' })
    expect(all.practice.runs.active()).toBeNull()
  })

  test('with a missing event starts the connection over', () => {
    all.connect()
    const { description, logged } = recordedRun('race')
    all.practice.receive({ type: 'run', run: description })
    for (const event of logged.filter(({ seq }) => seq !== 2)) {
      all.practice.receive({ ...event, type: 'event', run: description.id })
    }
    expect(all.calls.resync).toBeGreaterThan(0)
  })

  test('that begins is shown in the place of the older one that was chosen', () => {
    all.connect()
    all.practice.receive({ type: 'run', run: recordedRun('race', 'a').description })
    all.practice.receive({ type: 'run', run: { ...recordedRun('race', 'b').description, acceptedAt: 2000 } })
    all.practice.viewing.chooseRun('a')
    expect(all.practice.runs.shown()?.description.id).toBe('a')
    all.practice.receive({ type: 'run', run: { ...recordedRun('race', 'c').description, acceptedAt: 3000 } })
    expect(all.practice.runs.shown()?.description.id).toBe('c')
  })

  test('opens its places at the line where they stand now', () => {
    const { description } = recordedRun('race')
    all.practice.receive({ type: 'run', run: description })
    all.practice.editing.edit('hits.go', `// one\n// two\n${text(all.practice)}`)
    all.practice.openPlace(all.practice.runs.shown(), 'hits.go', 29)
    expect(all.practice.view.get().reveal).toEqual({ file: 'hits.go', line: 31 })
  })
})

describe('the draft', () => {
  test('is kept after a pause and comes back with a reload', async () => {
    const { practice, timers, map } = setUp()
    await practice.start()
    practice.editing.edit('hits.go', 'package hits // 1')
    practice.editing.edit('hits.go', 'package hits // 2')
    expect(timers.map((timer) => timer.ms)).toEqual([DRAFT_PAUSE_MS])
    timers[0]?.act()
    const again = setUp('/exercise/hit-counter', map)
    await again.practice.start()
    expect(text(again.practice)).toBe('package hits // 2')
    expect(practice.drafts.state.get()).toMatchObject({ savedAt: 1_000_000, refused: false })
  })

  test('is kept at once when another exercise is opened', async () => {
    const { practice, map } = setUp()
    await practice.start()
    practice.editing.edit('hits.go', 'package hits // 3')
    await practice.openExercise('scratch')
    expect(map.get(draftKey('hit-counter'))).toContain('package hits // 3')
  })

  test('of another tab is offered and taken only when chosen', async () => {
    const map = new Map<string, string>()
    const [a, b] = [setUp('/exercise/hit-counter', map), setUp('/exercise/hit-counter', map)]
    await a.practice.start()
    await b.practice.start()
    const mine = 'package hits // mine'
    a.practice.editing.edit('hits.go', mine)
    b.practice.editing.edit('hits.go', 'package hits // theirs')
    b.practice.saver.now()
    a.practice.drafts.storageChanged(draftKey('hit-counter'))
    expect(text(a.practice)).toBe(mine)
    expect(a.practice.drafts.state.get().other?.draft.files[0]?.text).toBe('package hits // theirs')
    a.practice.settleDraft('other')
    expect(a.practice.workspace.get()?.active).toBe('hits.go')
    expect(text(a.practice)).toBe('package hits // theirs')
    expect(a.practice.drafts.state.get().other).toBeNull()
  })

  test('of another tab is simply shown in one where nothing was typed, whichever file is open there', async () => {
    const map = new Map<string, string>()
    const [a, b] = [setUp('/exercise/hit-counter', map), setUp('/exercise/hit-counter', map)]
    await a.practice.start()
    await b.practice.start()
    a.practice.editing.activateFile('visible_test.go')
    for (const timer of a.timers) timer.act()
    expect(map.has(draftKey('hit-counter'))).toBe(false)
    b.practice.editing.edit('hits.go', 'package hits // theirs')
    b.practice.saver.now()
    a.practice.drafts.storageChanged(draftKey('hit-counter'))
    expect(text(a.practice)).toBe('package hits // theirs')
    expect(a.practice.workspace.get()?.active).toBe('visible_test.go')
    expect(a.practice.drafts.state.get().other).toBeNull()
  })

  test('is that of the exercise in which one typed, even when another one is on its way', async () => {
    const { practice, map } = setUp()
    await practice.start()
    const opening = practice.openExercise('hit-counter-2').catch(() => {})
    practice.editing.edit('hits.go', 'package hits // at the last moment')
    await opening
    expect(map.get(draftKey('hit-counter'))).toContain('at the last moment')
  })
})

describe('format', () => {
  let all: ReturnType<typeof setUp>
  beforeEach(async () => {
    all = setUp()
    await all.practice.start()
    all.connect()
    all.practice.editing.edit('hits.go', 'package  hits')
    all.practice.format()
  })

  test('replaces the text that was sent', () => {
    expect(all.sent.at(-1)).toMatchObject({ type: 'format', file: { name: 'hits.go', text: 'package  hits' } })
    all.practice.receive({ type: 'formatted', request: 'id-1', text: 'package hits\n', diagnostics: [] })
    expect(text(all.practice)).toBe('package hits\n')
  })

  test('never overwrites what was typed since', () => {
    all.practice.editing.edit('hits.go', 'package  hits // more')
    all.practice.receive({ type: 'formatted', request: 'id-1', text: 'package hits\n', diagnostics: [] })
    expect(text(all.practice)).toBe('package  hits // more')
  })

  test('tells where the file does not parse, until it is edited', () => {
    const diagnostics = [
      { source: 'load', severity: 'error', file: 'hits.go', line: 1, column: 9, message: 'expected name' } as const,
    ]
    all.practice.receive({ type: 'formatted', request: 'id-1', text: null, diagnostics: [...diagnostics] })
    expect(all.practice.editing.formatProblem.get()).toMatchObject({ file: 'hits.go', diagnostics })
    all.practice.editing.edit('hits.go', 'package hits')
    expect(all.practice.editing.formatProblem.get()).toBeNull()
  })
})
