import { expect, test } from 'vitest'
import {
  draftKey,
  isVersionOf,
  type KeyValueStorage,
  MAX_OTHER_CHARS,
  MAX_OTHER_VERSIONS,
  otherKey,
  readVersion,
  removeVersion,
  versionsOf,
  writeVersion,
} from './drafts.ts'
import { memoryStorage } from './testdata/memory-storage.ts'

const draft = { files: [{ name: 'a.go', text: 'package a\n\n// ü 🐹\n' }], active: 'a.go' }

function write(storage: KeyValueStorage, key: string, savedAt: number, text = 'package a'): string | null {
  return writeVersion(storage, key, {
    draft: { files: [{ name: 'a.go', text }], active: 'a.go' },
    savedAt,
    replaces: [],
  })
}

test('a draft comes back as it was kept, one for each exercise', () => {
  const storage = memoryStorage()
  const raw = writeVersion(storage, draftKey('hit-counter'), { draft, savedAt: 7, replaces: ['x'] })
  expect(readVersion(storage, draftKey('hit-counter'))).toEqual({
    key: draftKey('hit-counter'),
    raw,
    draft,
    savedAt: 7,
    replaces: ['x'],
  })
  expect(readVersion(storage, draftKey('worker-pool'))).toBeNull()
})

test('a draft that an earlier page kept is one still', () => {
  const map = new Map([[draftKey('a'), JSON.stringify({ version: 1, ...draft, savedAt: 1 })]])
  expect(readVersion(memoryStorage(map), draftKey('a'))?.draft).toEqual(draft)
})

test('what is not a draft is none', () => {
  for (const junk of ['', '{', '[]', '{"version":2}', '{"version":1,"files":"x"}']) {
    expect(readVersion(memoryStorage(new Map([[draftKey('a'), junk]])), draftKey('a'))).toBeNull()
  }
})

test('the versions of an exercise are the common one, then the others from the newest on', () => {
  const storage = memoryStorage()
  write(storage, otherKey('a', 'old'), 1)
  write(storage, otherKey('a', 'new'), 3)
  write(storage, otherKey('a-b', 'x'), 4)
  write(storage, draftKey('a'), 2)
  expect(versionsOf(storage, 'a').map(({ key }) => key)).toEqual([
    draftKey('a'),
    otherKey('a', 'new'),
    otherKey('a', 'old'),
  ])
  expect(
    [draftKey('a'), otherKey('a', 'x'), draftKey('a-b'), otherKey('a-b', 'x')].map((k) => isVersionOf(k, 'a')),
  ).toEqual([true, true, false, false])
})

test('other versions are bounded in number: the oldest go, never a common one', () => {
  const storage = memoryStorage()
  write(storage, draftKey('a'), 0)
  for (let n = 1; n <= MAX_OTHER_VERSIONS + 3; n++) write(storage, otherKey(`e${n}`, 'x'), n)
  expect(storage.length).toBe(MAX_OTHER_VERSIONS + 1)
  expect(readVersion(storage, otherKey('e3', 'x'))).toBeNull()
  expect(readVersion(storage, otherKey('e4', 'x'))).not.toBeNull()
  expect(readVersion(storage, draftKey('a'))).not.toBeNull()
})

test('other versions are bounded in size', () => {
  const storage = memoryStorage()
  const half = 'x'.repeat(MAX_OTHER_CHARS / 2)
  write(storage, otherKey('a', '1'), 1, half)
  write(storage, otherKey('a', '2'), 2)
  write(storage, otherKey('a', '3'), 3, half)
  expect(versionsOf(storage, 'a').map(({ key }) => key)).toEqual([otherKey('a', '3'), otherKey('a', '2')])
})

test('a version is removed only as long as nobody has put another one in its place', () => {
  const storage = memoryStorage()
  const raw = write(storage, otherKey('a', '1'), 1)
  write(storage, otherKey('a', '1'), 2, 'package b')
  removeVersion(storage, otherKey('a', '1'), raw)
  expect(versionsOf(storage, 'a')).toHaveLength(1)
})

test('a browser that refuses storage loses nothing but the draft', () => {
  const refuse = () => {
    throw new DOMException('no', 'SecurityError')
  }
  const storage = { length: 0, key: refuse, getItem: refuse, setItem: refuse, removeItem: refuse }
  expect(write(storage, draftKey('a'), 1)).toBeNull()
  expect(readVersion(storage, draftKey('a'))).toBeNull()
  expect(versionsOf(storage, 'a')).toEqual([])
})
