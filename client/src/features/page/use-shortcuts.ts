import { useEffect, useRef } from 'react'
import type { Desk } from '../../state/desk.ts'
import { type Shortcut, shortcutOf } from '../run/shortcuts.ts'

export type Shortcuts = Partial<Record<Shortcut, () => void>>

/** What every page with a desk does by keys. */
export function deskShortcuts(desk: Desk): Shortcuts {
  return {
    run: () => desk.run(),
    profile: () => desk.run({ insight: 'profile' }),
    timeline: () => desk.run({ insight: 'timeline' }),
    benchmarks: () => desk.run({ insight: 'benchmarks' }),
    format: () => desk.format(),
    'next-area': focusNextArea,
  }
}

/** The page's own keys. One that it does nothing with is left to the browser. */
export function useShortcuts(shortcuts: Shortcuts): void {
  const current = useRef(shortcuts)
  useEffect(() => {
    current.current = shortcuts
  })
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const shortcut = shortcutOf(event)
      const act = shortcut && current.current[shortcut]
      if (!act) return
      event.preventDefault()
      event.stopPropagation()
      act()
    }
    // While capturing: the editor has commands of its own on the same keys.
    window.addEventListener('keydown', press, true)
    return () => window.removeEventListener('keydown', press, true)
  }, [])
}

/** What takes the keyboard inside an area: the editor's input, else the chosen tab. */
const EDITOR_INPUT = '.monaco-editor .native-edit-context, .monaco-editor textarea'
const CHOSEN_TAB = '[role="tab"][tabindex="0"]'

const AREAS = ['exercise', 'code', 'results']

function focusNextArea(): void {
  const at = AREAS.findIndex((id) => document.getElementById(id)?.contains(document.activeElement))
  const area = document.getElementById(AREAS[(at + 1) % AREAS.length] ?? '')
  const inner = area?.querySelector<HTMLElement>(EDITOR_INPUT) ?? area?.querySelector<HTMLElement>(CHOSEN_TAB)
  const target = inner ?? area
  target?.focus()
}
