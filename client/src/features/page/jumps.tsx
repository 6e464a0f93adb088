import { useEffect, useState } from 'react'
import type { Desk } from '../../state/desk.ts'
import { activeRun } from '../../state/session.ts'
import { useStore } from '../../state/store.ts'
import styles from './practice-page.module.css'
import { useNarrow } from './use-narrow.ts'

const AREAS = [
  { id: 'exercise', label: 'Statement' },
  { id: 'results', label: 'Results' },
  { id: 'code', label: 'Code' },
]

/** The area that crosses this line is the one that is read: a third of the screen from its top. */
const READING_LINE = '-33% 0px -67% 0px'

/** On the narrowest screen, where the areas are stacked: the way to each, and which one is in view. */
export function Jumps({ desk }: { desk: Desk }) {
  const stacked = useNarrow('(max-width: 720px)')
  const current = useAreaInView(stacked)
  useResultsInView(desk, stacked)
  return (
    <nav className={styles.jumps} aria-label="Areas">
      {AREAS.map(({ id, label }) => (
        <a key={id} href={`#${id}`} aria-current={id === current ? 'true' : undefined}>
          {label}
        </a>
      ))}
    </nav>
  )
}

function useAreaInView(stacked: boolean): string | null {
  const [current, setCurrent] = useState<string | null>(null)
  useEffect(() => {
    if (!stacked) return
    const observer = new IntersectionObserver(
      (entries) => {
        const entered = entries.find((entry) => entry.isIntersecting)
        if (entered) setCurrent(entered.target.id)
      },
      { rootMargin: READING_LINE },
    )
    for (const { id } of AREAS) {
      const area = document.getElementById(id)
      if (area) observer.observe(area)
    }
    return () => observer.disconnect()
  }, [stacked])
  return current
}

/** What a run shows stands above the code there: it is brought into view when one begins. */
function useResultsInView(desk: Desk, stacked: boolean): void {
  const session = useStore(desk.session)
  const workspace = useStore(desk.workspace)
  const run = workspace && activeRun(session, workspace.exercise)?.description.id
  useEffect(() => {
    if (stacked && run) document.getElementById('results')?.scrollIntoView()
  }, [stacked, run])
}
