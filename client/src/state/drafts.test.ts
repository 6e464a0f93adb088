import { expect, test } from 'vitest'
import { draftKey, type KeyValueStorage, loadDraft, saveDraft } from './drafts.ts'

function memory(): KeyValueStorage & { map: Map<string, string> } {
  const map = new Map<string, string>()
  return {
    map,
    getItem: (key) => map.get(key) ?? null,
    setItem: (key, value) => void map.set(key, value),
    removeItem: (key) => void map.delete(key),
  }
}

const draft = { files: [{ name: 'a.go', text: 'package a\n\n// ü 🐹\n' }], active: 'a.go' }

test('a draft comes back as it was kept, one for each exercise', () => {
  const storage = memory()
  expect(saveDraft(storage, 'hit-counter', draft, 1)).toBe(true)
  expect(loadDraft(storage, 'hit-counter')).toEqual(draft)
  expect(loadDraft(storage, 'worker-pool')).toBeNull()
})

test('what is not a draft is none', () => {
  const storage = memory()
  for (const junk of ['', '{', '[]', '{"version":2}', '{"version":1,"files":"x"}']) {
    storage.map.set(draftKey('a'), junk)
    expect(loadDraft(storage, 'a')).toBeNull()
  }
})

test('a browser that refuses storage loses nothing but the draft', () => {
  const refuse = () => {
    throw new DOMException('quota', 'QuotaExceededError')
  }
  const storage = { getItem: refuse, setItem: refuse, removeItem: refuse }
  expect(saveDraft(storage, 'a', draft, 1)).toBe(false)
  expect(loadDraft(storage, 'a')).toBeNull()
})
