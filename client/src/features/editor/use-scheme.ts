import { useSyncExternalStore } from 'react'
import type { Desk } from '../../state/desk.ts'
import { useStore } from '../../state/store.ts'

const DARK = '(prefers-color-scheme: dark)'

/** The colour scheme in force: the chosen one, else the system's. */
export function useScheme(desk: Pick<Desk, 'theme'>): 'light' | 'dark' {
  const theme = useStore(desk.theme)
  const systemIsDark = useSyncExternalStore(watchSystem, () => matchMedia(DARK).matches)
  if (theme !== 'system') return theme
  return systemIsDark ? 'dark' : 'light'
}

function watchSystem(onChange: () => void): () => void {
  const query = matchMedia(DARK)
  query.addEventListener('change', onChange)
  return () => query.removeEventListener('change', onChange)
}
