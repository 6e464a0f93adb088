/** What a key means in the guide's panel, where nothing is being typed. */
export type PanelKey =
  | { type: 'look'; step: 1 | -1 }
  | { type: 'turn' }
  /** Counted from 0. */
  | { type: 'tick'; index: number }
  | { type: 'note' }

type Press = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'>

/** Arrows look at the next question, Enter turns to it, numbers tick its points, N begins a note. */
export function panelKey({ key, ctrlKey, metaKey, altKey }: Press): PanelKey | null {
  if (ctrlKey || metaKey || altKey) return null
  if (key === 'ArrowDown') return { type: 'look', step: 1 }
  if (key === 'ArrowUp') return { type: 'look', step: -1 }
  if (key === 'Enter') return { type: 'turn' }
  if (key === 'n' || key === 'N') return { type: 'note' }
  if (/^\d$/.test(key)) return { type: 'tick', index: (Number(key) + 9) % 10 }
  return null
}
