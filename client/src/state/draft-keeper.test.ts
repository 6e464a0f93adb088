import { describe, expect, test } from 'vitest'
import { DraftKeeper } from './draft-keeper.ts'
import { draftKey, MAX_OTHER_VERSIONS, otherKey, versionsOf, writeVersion } from './drafts.ts'
import { memoryStorage } from './testdata/memory-storage.ts'

/** A browser with its tabs. What one tab writes is told to the others when `deliver` is called, as late as one likes. */
function browser(maxChars?: number) {
  const map = new Map<string, string>()
  const tabs = new Set<{ keeper: DraftKeeper; pending: (string | null)[] }>()
  const time = { now: 0, ids: 0 }

  const tab = (session = new Map<string, string>()) => {
    const editor = { text: '' }
    const shared = memoryStorage(map, maxChars)
    const self = { pending: [] as (string | null)[] }
    const told = (key: string) => {
      for (const other of tabs) if (other.pending !== self.pending) other.pending.push(key)
    }
    const keeper = new DraftKeeper({
      storage: {
        get length() {
          return shared.length
        },
        key: shared.key,
        getItem: shared.getItem,
        setItem: (key, value) => {
          shared.setItem(key, value)
          told(key)
        },
        removeItem: (key) => {
          shared.removeItem(key)
          told(key)
        },
      },
      tabStorage: memoryStorage(session),
      clock: { now: () => ++time.now, random: () => 0, after: () => () => {} },
      newId: () => `tab-${++time.ids}`,
      mine: () => ({ files: [{ name: 'a.go', text: editor.text }], active: 'a.go' }),
      show: (draft) => {
        editor.text = draft.files[0]?.text ?? 'starter'
      },
      written: () => {},
    })
    const registered = { keeper, pending: self.pending }
    tabs.add(registered)
    const open = (exercise = 'a') => {
      editor.text = keeper.open(exercise)?.files[0]?.text ?? 'starter'
      keeper.opened()
    }
    open()
    return {
      keeper,
      open,
      text: () => editor.text,
      offer: () => keeper.state.get().other?.draft.files[0]?.text ?? null,
      type: (text: string) => {
        editor.text = text
        keeper.save()
      },
      settle: (choice: 'mine' | 'other') => keeper.settle(choice),
      /** The page is thrown away; what lies in the tab's own storage is there for the next one. */
      close: () => {
        if (keeper.isHomeless()) keeper.save()
        tabs.delete(registered)
      },
      reload: () => {
        tabs.delete(registered)
        return tab(session)
      },
    }
  }

  const deliver = () => {
    for (const { keeper, pending } of [...tabs]) {
      for (const key of pending.splice(0)) keeper.storageChanged(key)
    }
  }
  const stored = (exercise = 'a') => versionsOf(memoryStorage(map), exercise).map((v) => v.draft.files[0]?.text)
  return { map, tab, deliver, stored }
}

describe('two tabs with the same exercise', () => {
  test('keep both texts, whoever types last, and each offers the other’s', () => {
    const { tab, deliver, stored } = browser()
    const [a, b] = [tab(), tab()]
    b.type('of b')
    a.type('of a')
    deliver()
    expect(stored()).toEqual(['of b', 'of a'])
    expect([a.offer(), b.offer()]).toEqual(['of b', 'of a'])
  })

  test('open their own text again after a reload, and offer the other’s', () => {
    const { tab, deliver } = browser()
    const [a, b] = [tab(), tab()]
    b.type('of b')
    a.type('of a')
    deliver()
    const [a2, b2] = [a.reload(), b.reload()]
    expect([a2.text(), a2.offer()]).toEqual(['of a', 'of b'])
    expect([b2.text(), b2.offer()]).toEqual(['of b', 'of a'])
    a2.type('of a, more')
    expect(b2.reload().text()).toBe('of b')
  })

  test('keep both over a change of exercise and back', () => {
    const { tab, stored } = browser()
    const [a, b] = [tab(), tab()]
    b.type('of b')
    a.type('of a')
    a.open('other')
    a.type('elsewhere')
    a.open('a')
    expect([a.text(), a.offer()]).toEqual(['of a', 'of b'])
    expect(stored('other')).toEqual(['elsewhere'])
  })

  test('keep both when the tab of the second one is closed: a new tab offers it', () => {
    const { tab } = browser()
    const [a, b] = [tab(), tab()]
    b.type('of b')
    a.type('of a')
    a.close()
    const c = tab()
    expect([c.text(), c.offer()]).toEqual(['of b', 'of a'])
  })

  test('that write at the very same moment lose neither text', () => {
    const { map, tab, deliver, stored } = browser()
    const [a, b] = [tab(), tab()]
    a.type('of a')
    // The other process has not heard of it: it finds the place as it was.
    const late = map.get(draftKey('a'))
    map.delete(draftKey('a'))
    b.type('of b')
    expect(map.get(draftKey('a'))).not.toBe(late)
    deliver()
    expect(stored()).toEqual(expect.arrayContaining(['of a', 'of b']))
    expect([a.offer(), b.offer()]).toEqual(['of b', 'of a'])
  })

  test('with one session, because the tab was duplicated, do not write into one another’s place', () => {
    const { tab, stored } = browser()
    const session = new Map<string, string>()
    const [first, b] = [tab(session), tab()]
    b.type('of b')
    first.type('of the first')
    const twin = tab(new Map(session))
    expect(twin.text()).toBe('of the first')
    first.type('of the first, more')
    twin.type('of the twin')
    expect(stored()).toEqual(expect.arrayContaining(['of b', 'of the first, more', 'of the twin']))
  })

  test('of which one only looks are one: it follows what the other writes, and writes nothing itself', () => {
    const { tab, deliver, stored } = browser()
    const [a, b] = [tab(), tab()]
    a.type('of a')
    b.keeper.save()
    deliver()
    expect([b.text(), b.offer(), a.offer()]).toEqual(['of a', null, null])
    a.type('of a, more')
    deliver()
    expect([b.text(), stored()]).toEqual(['of a, more', ['of a, more']])
  })

  test('of which one goes on with the other’s text keep both: only the one that did not is asked', () => {
    const { tab, deliver, stored } = browser()
    const a = tab()
    a.type('first')
    const b = tab()
    b.type('first and more')
    b.type('first and more and more')
    deliver()
    expect(stored()).toEqual(['first and more and more', 'first'])
    expect([a.text(), a.offer(), b.offer()]).toEqual(['first', 'first and more and more', null])
    expect(a.reload().text()).toBe('first')
  })

  test('go on as one where they have come to the same text', () => {
    const { tab, deliver, stored } = browser()
    const [a, b] = [tab(), tab()]
    b.type('of b')
    a.type('of a')
    deliver()
    a.type('of b')
    deliver()
    expect(stored()).toEqual(['of b'])
    expect([a.offer(), b.offer()]).toEqual([null, null])
  })
})

describe('an offer', () => {
  function conflict() {
    const all = browser()
    const [a, b] = [all.tab(), all.tab()]
    b.type('of b')
    a.type('of a')
    all.deliver()
    return { ...all, a, b }
  }

  test('that is taken leaves one version, which both go on with', () => {
    const { a, b, deliver, stored } = conflict()
    a.settle('other')
    deliver()
    expect([a.text(), a.offer(), b.offer()]).toEqual(['of b', null, null])
    b.type('of b, more')
    expect(stored()).toEqual(['of b, more'])
  })

  test('of what lies beside the common version is taken as well', () => {
    const { a, b, deliver, stored } = conflict()
    b.settle('other')
    deliver()
    expect([b.text(), a.offer(), b.offer()]).toEqual(['of a', null, null])
    a.type('of a, more')
    expect(stored()).toEqual(['of a, more'])
  })

  test('that is declined is offered no more, and the other tab has its text and is asked in its turn', () => {
    const { a, b, deliver, stored } = conflict()
    a.settle('mine')
    deliver()
    expect(stored()).toEqual(['of a', 'of b'])
    expect([a.offer(), b.text(), b.offer()]).toEqual([null, 'of b', 'of a'])
    const [a2, b2] = [a.reload(), b.reload()]
    expect([a2.text(), a2.offer()]).toEqual(['of a', null])
    expect([b2.text(), b2.offer()]).toEqual(['of b', 'of a'])
    b2.settle('mine')
    deliver()
    expect(stored()).toEqual(['of b', 'of a'])
    expect([a2.text(), a2.offer(), b2.text(), b2.offer()]).toEqual(['of a', null, 'of b', null])
  })

  test('is declined by the tab that has the common version, too', () => {
    const { a, b, deliver, stored } = conflict()
    b.settle('mine')
    deliver()
    expect(stored()).toEqual(['of b', 'of a'])
    expect([b.offer(), a.text(), a.offer()]).toEqual([null, 'of a', 'of b'])
  })

  test('that is declined while the other tab is reloaded leaves that one its text', () => {
    const { a, b, stored } = conflict()
    a.settle('mine')
    const b2 = b.reload()
    expect([b2.text(), b2.offer()]).toEqual(['of b', 'of a'])
    expect(stored()).toEqual(['of a', 'of b'])
  })

  test('that a third tab takes leaves the one who wrote the other text with it', () => {
    const { tab, a, b, deliver } = conflict()
    const c = tab()
    expect([c.text(), c.offer()]).toEqual(['of b', 'of a'])
    c.settle('other')
    deliver()
    expect([c.text(), c.offer()]).toEqual(['of a', null])
    expect([b.text(), b.offer(), a.text()]).toEqual(['of b', 'of a', 'of a'])
    expect([a.reload().text(), b.reload().text()]).toEqual(['of a', 'of b'])
  })

  test('that a third tab declines leaves the one who wrote it with it', () => {
    const { tab, a, b, deliver } = conflict()
    const c = tab()
    c.settle('mine')
    deliver()
    expect([c.text(), c.offer(), a.text(), b.text()]).toEqual(['of b', null, 'of a', 'of b'])
    expect([a.reload().text(), b.reload().text()]).toEqual(['of a', 'of b'])
  })

  test('comes again when the other tab goes on typing after its text was declined', () => {
    const { a, b, deliver, stored } = conflict()
    a.settle('mine')
    deliver()
    b.type('of b, more')
    deliver()
    expect(stored()).toEqual(['of a', 'of b, more'])
    expect(a.offer()).toBe('of b, more')
  })

  test('is declined only where the browser keeps the other version', () => {
    const { tab, deliver, stored } = browser(450)
    const [a, b] = [tab(), tab()]
    b.type(`b${'x'.repeat(100)}`)
    a.type(`a${'y'.repeat(100)}`)
    deliver()
    expect(stored()).toHaveLength(2)
    a.settle('mine')
    expect(stored()).toHaveLength(2)
    expect([a.keeper.state.get().refused, a.offer()]).toEqual([true, b.text()])
  })

  test('that was changed since it was shown is shown anew, and nothing is dropped', () => {
    const { a, b, stored } = conflict()
    b.type('of b, more')
    a.settle('mine')
    expect(stored()).toEqual(['of b, more', 'of a'])
    expect([a.text(), a.offer()]).toEqual(['of a', 'of b, more'])
  })
})

test('a version that was pruned is written again when its page goes', () => {
  const { map, tab, deliver, stored } = browser()
  const [a, b] = [tab(), tab()]
  b.type('of b')
  a.type('of a')
  const storage = memoryStorage(map)
  for (let n = 1; n <= MAX_OTHER_VERSIONS; n++) {
    const draft = { files: [], active: '' }
    writeVersion(storage, otherKey('e', String(n)), { draft, savedAt: 1000 + n, replaces: [] })
  }
  deliver()
  expect(stored()).toEqual(['of b'])
  expect(a.keeper.isHomeless()).toBe(true)
  a.close()
  expect(stored()).toEqual(['of b', 'of a'])
})

test('a full storage is told, overwrites nothing, and the next save that fits is told as well', () => {
  const { tab, stored } = browser(400)
  const a = tab()
  a.type('short')
  a.type('x'.repeat(500))
  expect(a.keeper.state.get()).toMatchObject({ refused: true, savedAt: 1 })
  expect(stored()).toEqual(['short'])
  a.type('short again')
  expect(a.keeper.state.get()).toMatchObject({ refused: false })
  expect(stored()).toEqual(['short again'])
})
