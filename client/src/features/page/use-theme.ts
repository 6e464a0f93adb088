import { useEffect } from 'react'
import type { Desk } from '../../state/desk.ts'
import { useStore } from '../../state/store.ts'

/** Puts the chosen theme on the page. */
export function useTheme(desk: Pick<Desk, 'theme'>): void {
  const theme = useStore(desk.theme)
  useEffect(() => {
    if (theme === 'system') delete document.documentElement.dataset.theme
    else document.documentElement.dataset.theme = theme
  }, [theme])
}
