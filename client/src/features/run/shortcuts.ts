/** What this keyboard calls the key that commands go by. */
export const MODIFIER = /Mac|iPhone|iPad/.test(globalThis.navigator?.platform ?? '') ? '⌘' : 'Ctrl'

export type Shortcut =
  | 'run'
  | 'profile'
  | 'timeline'
  | 'benchmarks'
  | 'format'
  | 'search'
  | 'next-exercise'
  | 'next-area'

/** The page's own shortcut that a key press means, before the editor sees it. */
export function shortcutOf(
  event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>,
): Shortcut | null {
  if (event.key === 'F6' && !event.ctrlKey && !event.metaKey && !event.altKey) return 'next-area'
  if (!(event.ctrlKey || event.metaKey)) return null
  if (event.altKey) {
    if (event.key !== 'Enter') return null
    return event.shiftKey ? 'benchmarks' : 'timeline'
  }
  if (event.key === 'Enter') return event.shiftKey ? 'profile' : 'run'
  if (event.shiftKey) return null
  const key = event.key.toLowerCase()
  if (key === 's') return 'format'
  if (key === '.') return 'next-exercise'
  return key === 'k' ? 'search' : null
}
