import type { KeyValueStorage } from '../drafts.ts'

/** A storage as a browser has it, over a map that several tabs can share. `maxChars` is its quota. */
export function memoryStorage(map = new Map<string, string>(), maxChars = Number.POSITIVE_INFINITY): KeyValueStorage {
  const charsWithout = (key: string) => [...map].reduce((sum, [k, text]) => sum + (k === key ? 0 : text.length), 0)
  return {
    get length() {
      return map.size
    },
    key: (index) => [...map.keys()][index] ?? null,
    getItem: (key) => map.get(key) ?? null,
    setItem: (key, value) => {
      if (charsWithout(key) + value.length > maxChars) throw new DOMException('full', 'QuotaExceededError')
      map.set(key, value)
    },
    removeItem: (key) => void map.delete(key),
  }
}
