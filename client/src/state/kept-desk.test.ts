import { describe, expect, test } from 'vitest'
import { COPY_VERSION, draftKey, otherKey, readVersion } from './drafts.ts'
import { KeptDesk } from './kept-desk.ts'
import { KeptRuns } from './kept-runs.ts'
import type { KeptRunSource } from './ports.ts'
import { pathOfRun } from './route.ts'
import { memoryStorage } from './testdata/memory-storage.ts'
import { hitCounter, recordedRun } from './testdata/recorded.ts'
import { fileNamed } from './workspace.ts'

const LINK = 'AbCdEfGhIjKlMnOpQrSt_-'
const CODE = 'package hits // as it was run\n'
const MINE = 'package hits // my own\n'

/** A server that keeps one run, the recorded race, until it is deleted. */
function keepingOne(): KeptRunSource & { asked: string[] } {
  const { description, logged } = recordedRun('race')
  const run = { ...description, exercise: 'hit-counter', files: [{ name: 'hits.go', text: CODE }] }
  const [first, ...rest] = logged.map((event) => ({ ...event, type: 'event' as const, run: run.id }))
  const asked: string[] = []
  let kept = true
  return {
    asked,
    keep: async (id) => {
      asked.push(id)
      return { id: LINK, expiresAt: 9 }
    },
    read: async (id) => {
      if (!kept || id !== LINK || !first) return null
      return { kept: { expiresAt: 9, messages: [{ type: 'run', run }, first, ...rest] }, own: true }
    },
    remove: async () => {
      kept = false
    },
  }
}

async function openRun(id = LINK, map = new Map<string, string>()) {
  const source = keepingOne()
  const storage = memoryStorage(map)
  const desk = new KeptDesk({
    keptRuns: source,
    timelines: { timeline: async () => Promise.reject(new Error('no timeline')) },
    catalogue: { list: async () => [hitCounter()], detail: async () => hitCounter() },
    storage,
    clock: { now: () => 1000, random: () => 0, after: () => () => {} },
  })
  await desk.open(id)
  const text = () => {
    const workspace = desk.workspace.get()
    return workspace ? fileNamed(workspace, 'hits.go')?.text : undefined
  }
  const draft = (key: string) => readVersion(storage, key)?.draft.files[0]?.text
  return { desk, source, map, text, draft }
}

/** What an earlier visit wrote. */
function withDraft(text: string): Map<string, string> {
  const files = [{ name: 'hits.go', text }]
  const draft = { version: 1, files, active: 'hits.go', savedAt: 1, replaces: [] }
  return new Map([[draftKey('hit-counter'), JSON.stringify(draft)]])
}

describe('a kept run', () => {
  test('is shown with its verdict and its evidence, and goes by its link', async () => {
    const { desk, text } = await openRun()
    expect(desk.runs.shown()).toMatchObject({ description: { id: LINK }, phase: { type: 'ended' } })
    expect(desk.runs.shown()?.races.length).toBeGreaterThan(0)
    expect(desk.opened.get()).toMatchObject({ own: true, expiresAt: 9 })
    expect(await desk.pathTo()).toBe(pathOfRun(LINK))
    expect(text()).toBe(CODE)
  })

  test('is to be read only: another file may be looked at, and nothing is edited, answered or run', async () => {
    const { desk, text, map } = await openRun(LINK, withDraft(MINE))
    const before = new Map(map)
    desk.editing.edit('hits.go', 'package other')
    desk.editing.resetToStarter()
    desk.editing.addFile('new.go')
    desk.editing.answer('q1', [1])
    desk.run()
    expect(desk.workspace.get()?.answers).toEqual({})
    expect(desk.workspace.get()?.files.map(({ name }) => name)).not.toContain('new.go')
    desk.editing.activateFile('visible_test.go')
    expect([text(), desk.workspace.get()?.active]).toEqual([CODE, 'visible_test.go'])
    expect(new Map(map)).toEqual(before)
  })

  test('is missing once it was deleted, and for who has a wrong link', async () => {
    const { desk } = await openRun()
    await desk.delete()
    expect(desk.page.get()).toEqual({ type: 'missing', what: LINK })
    expect(desk.runs.shown()).toBe(null)
    const wrong = await openRun('A'.repeat(22))
    expect(wrong.desk.page.get().type).toBe('missing')
  })

  test('that cannot be deleted stays, and says why', async () => {
    const { desk, source } = await openRun()
    source.remove = async () => Promise.reject(new Error('The server cannot be reached.'))
    await desk.delete()
    expect(desk.session.get().notice).toBe('The server cannot be reached.')
    expect(desk.runs.shown()).not.toBe(null)
  })
})

describe('a copy of its code', () => {
  test('is the draft of who has none', async () => {
    const { desk, draft } = await openRun()
    expect(desk.copy()).toBe('/exercise/hit-counter')
    expect(draft(draftKey('hit-counter'))).toBe(CODE)
  })

  test('lies beside the draft of who has one', async () => {
    const { desk, draft } = await openRun(LINK, withDraft(MINE))
    desk.copy()
    expect(draft(draftKey('hit-counter'))).toBe(MINE)
    expect(draft(otherKey('hit-counter', COPY_VERSION))).toBe(CODE)
  })
})

test('the link to a run is asked for once, and can be taken back', async () => {
  const source = keepingOne()
  const links = new KeptRuns(source)
  expect([await links.keep('run-1'), await links.keep('run-1')]).toEqual([LINK, LINK])
  expect(source.asked).toEqual(['run-1'])
  await links.takeBack('run-1')
  expect(links.states.get().get('run-1')).toEqual({ type: 'deleted' })
})

test('a link that cannot be had says why', async () => {
  const links = new KeptRuns({ ...keepingOne(), keep: async () => Promise.reject(new Error('There is no room.')) })
  await expect(links.keep('run-1')).rejects.toThrow('There is no room.')
  expect(links.states.get().get('run-1')).toEqual({ type: 'failed', sentence: 'There is no room.' })
})
