import type { DraftUpdate, KeptDraft } from '@sandbox/protocol'
import { describe, expect, test } from 'vitest'
import { DraftKeeper } from './draft-keeper.ts'
import { DraftSync } from './draft-sync.ts'
import { memoryStorage } from './testdata/memory-storage.ts'

/** A server that keeps one exercise's draft by the rules of the real one, and can be out of reach. */
function draftServer() {
  const held = { draft: null as KeptDraft | null, reachable: true, asked: 0 }
  const reach = () => {
    held.asked++
    if (!held.reachable) throw new Error('no connection')
  }
  return {
    held,
    async read() {
      reach()
      return held.draft
    },
    async keep(_: string, { base, ...content }: DraftUpdate) {
      reach()
      if (held.draft && held.draft.revision !== base) return { kept: false, draft: held.draft }
      held.draft = { ...content, revision: base + 1, savedAt: 1 }
      return { kept: true, draft: held.draft }
    },
  }
}

/** A clock that stands until it is moved. */
function testClock() {
  const appointments = new Map<number, { at: number; act: () => void }>()
  const time = { now: 0, ids: 0 }
  return {
    now: () => time.now,
    random: () => 0,
    after(ms: number, act: () => void) {
      const id = ++time.ids
      appointments.set(id, { at: time.now + ms, act })
      return () => void appointments.delete(id)
    },
    advance(ms: number) {
      time.now += ms
      for (const [id, { at, act }] of [...appointments]) {
        if (at <= time.now && appointments.delete(id)) act()
      }
    },
  }
}

/** One browser with one tab, which has the exercise `a` open. */
function browser(server: ReturnType<typeof draftServer>) {
  const clock = testClock()
  const storage = memoryStorage(new Map())
  const editor = { text: 'starter' }
  let ids = 0
  const keeper = new DraftKeeper({
    storage,
    tabStorage: memoryStorage(new Map()),
    clock,
    newId: () => `tab-${++ids}`,
    mine: () => ({ files: [{ name: 'a.go', text: editor.text }], active: 'a.go' }),
    show: (draft) => {
      editor.text = draft.files[0]?.text ?? 'starter'
    },
    written: () => sync.saved(),
  })
  const sync: DraftSync = new DraftSync({
    server,
    storage,
    clock,
    laidBeside: (key) => keeper.storageChanged(key),
    replaced: () => keeper.goOn(),
  })
  const open = async () => {
    editor.text = keeper.open('a')?.files[0]?.text ?? 'starter'
    keeper.opened()
    sync.opened('a')
    await sync.settled()
  }
  const later = async (ms = 3000) => {
    clock.advance(ms)
    await sync.settled()
  }
  return {
    open,
    later,
    sync,
    text: () => editor.text,
    offer: () => keeper.state.get().other?.draft.files[0]?.text ?? null,
    type: async (text: string) => {
      editor.text = text
      keeper.save()
      await later()
    },
    settle: async (choice: 'mine' | 'other') => {
      keeper.settle(choice)
      await later()
    },
  }
}

const textOf = (server: ReturnType<typeof draftServer>) => server.held.draft?.files[0]?.text

describe('a draft on the server', () => {
  test('is what another browser goes on with', async () => {
    const server = draftServer()
    const [desk, sofa] = [browser(server), browser(server)]
    await desk.open()
    await desk.type('mine')
    expect(desk.sync.state.get()).toBe('kept')
    await sofa.open()
    expect([sofa.text(), sofa.offer()]).toEqual(['mine', null])
    await sofa.type('mine, longer')
    await desk.open()
    expect([desk.text(), desk.offer(), textOf(server)]).toEqual(['mine, longer', null, 'mine, longer'])
  })

  test('is not touched by who only looks', async () => {
    const server = draftServer()
    await browser(server).open()
    expect(server.held.draft).toBe(null)
  })

  test('and another in the browser are both kept until a person has settled', async () => {
    const server = draftServer()
    const [desk, sofa] = [browser(server), browser(server)]
    await desk.open()
    await sofa.open()
    await desk.type('from the desk')
    await sofa.type('from the sofa')
    expect([sofa.text(), sofa.offer(), textOf(server)]).toEqual(['from the sofa', 'from the desk', 'from the desk'])
    expect(sofa.sync.state.get()).toBe('waiting')
    await sofa.settle('mine')
    expect([sofa.text(), sofa.offer(), textOf(server)]).toEqual(['from the sofa', null, 'from the sofa'])
    await desk.open()
    expect([desk.text(), desk.offer()]).toEqual(['from the sofa', null])
  })

  test('can be chosen over the own one', async () => {
    const server = draftServer()
    const [desk, sofa] = [browser(server), browser(server)]
    await desk.open()
    await sofa.open()
    await desk.type('from the desk')
    await sofa.type('from the sofa')
    await sofa.settle('other')
    expect([sofa.text(), textOf(server), sofa.sync.state.get()]).toEqual(['from the desk', 'from the desk', 'kept'])
  })

  test('does not overwrite what was typed while it was on its way', async () => {
    const server = draftServer()
    const [desk, sofa] = [browser(server), browser(server)]
    await desk.open()
    await desk.type('from the desk')
    const opening = sofa.open()
    const typing = sofa.type('at once')
    await Promise.all([opening, typing])
    await sofa.later()
    expect([sofa.text(), sofa.offer(), textOf(server)]).toEqual(['at once', 'from the desk', 'from the desk'])
  })

  test('is told when the server can be reached again', async () => {
    const server = draftServer()
    const desk = browser(server)
    await desk.open()
    server.held.reachable = false
    await desk.type('mine')
    expect(desk.sync.state.get()).toBe('unreachable')
    server.held.reachable = true
    await desk.later(20_000)
    expect([textOf(server), desk.sync.state.get()]).toEqual(['mine', 'kept'])
  })

  test('is told once, however often the same is saved', async () => {
    const server = draftServer()
    const desk = browser(server)
    await desk.open()
    await desk.type('mine')
    const { asked } = server.held
    await desk.type('mine')
    expect(server.held.asked).toBe(asked)
  })
})
