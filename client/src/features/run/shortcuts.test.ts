import { expect, test } from 'vitest'
import { shortcutOf } from './shortcuts.ts'

const NONE = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false }

test('the page’s keys work with Control and with Command', () => {
  for (const held of [{ ctrlKey: true }, { metaKey: true }]) {
    const press = (key: string) => shortcutOf({ ...NONE, ...held, key })
    expect([press('Enter'), press('s'), press('S'), press('k')]).toEqual(['run', 'format', 'format', 'search'])
    expect(press('c')).toBeNull()
  }
  expect(shortcutOf({ ...NONE, ctrlKey: true, shiftKey: true, key: 'Enter' })).toBe('profile')
  expect(shortcutOf({ ...NONE, ctrlKey: true, altKey: true, key: 'Enter' })).toBe('timeline')
  expect(shortcutOf({ ...NONE, ctrlKey: true, altKey: true, shiftKey: true, key: 'Enter' })).toBe('benchmarks')
  expect(shortcutOf({ ...NONE, key: 'F6' })).toBe('next-area')
})

test('other keys are left to the editor', () => {
  expect(shortcutOf({ ...NONE, key: 'Enter' })).toBeNull()
  expect(shortcutOf({ ...NONE, ctrlKey: true, shiftKey: true, key: 'k' })).toBeNull()
  expect(shortcutOf({ ...NONE, ctrlKey: true, altKey: true, key: 's' })).toBeNull()
})
