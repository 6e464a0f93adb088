import type { Insight, Mode } from '@sandbox/protocol'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import type { Desk } from '../../state/desk.ts'
import { activeRun } from '../../state/session.ts'
import { useStore } from '../../state/store.ts'
import controls from '../../ui/controls.module.css'
import { Icon } from '../../ui/icon.tsx'
import styles from './insight-menu.module.css'
import { MODIFIER } from './shortcuts.ts'

interface Look {
  insight: Insight
  label: string
  words: string
  keys: string
}

/** What can be looked at, in the order of the menu. */
const LOOKS: readonly Look[] = [
  {
    insight: 'profile',
    label: 'Profile',
    words: 'where CPU, memory and waiting go',
    keys: `${MODIFIER} Shift Enter`,
  },
  {
    insight: 'timeline',
    label: 'Timeline',
    words: 'what the scheduler did, with a tour',
    keys: `${MODIFIER} Alt Enter`,
  },
  {
    insight: 'benchmarks',
    label: 'Benchmarks',
    words: 'how fast, beside your last version and the reference',
    keys: `${MODIFIER} Alt Shift Enter`,
  },
]

const ALL_TESTED: Mode[] = ['race']

/** A closer look at the code as it stands: a small menu beside Run, for it counts for nothing. */
export function InsightMenu({ desk }: { desk: Desk }) {
  const session = useStore(desk.session)
  const workspace = useStore(desk.workspace)
  const page = useStore(desk.page)
  const [open, setOpen] = useState(false)
  const menu = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (!open) return
    menu.current?.querySelector<HTMLElement>('[role="menuitem"]')?.focus()
    const outside = (event: Event) => {
      if (!menu.current?.contains(event.target as Node)) setOpen(false)
    }
    document.addEventListener('pointerdown', outside)
    return () => document.removeEventListener('pointerdown', outside)
  }, [open])
  const modes = page.type === 'exercise' ? page.detail.modes : ALL_TESTED
  if (!modes.includes('race')) return null
  const busy = workspace !== null && activeRun(session, workspace.exercise) !== null
  const unable = desk.runs.problem() !== null || session.asked.length > 0 || busy
  const look = (insight: Insight) => {
    setOpen(false)
    desk.run({ insight })
  }
  return (
    <div className={styles.host} ref={menu}>
      <button
        type="button"
        className={controls.button}
        aria-haspopup="menu"
        aria-expanded={open}
        data-testid="insight-button"
        disabled={unable}
        title="Look closer at the code as it stands: no race detector, and it counts for nothing"
        onClick={() => setOpen(!open)}
      >
        Look closer
        <Icon name="down" />
      </button>
      {open && (
        <div
          className={styles.menu}
          role="menu"
          aria-label="Look closer"
          tabIndex={-1}
          onKeyDown={(event) => moveInMenu(event, () => setOpen(false))}
        >
          {LOOKS.map(({ insight, label, words, keys }) => (
            <button
              key={insight}
              type="button"
              role="menuitem"
              data-testid={`insight-${insight}`}
              className={styles.item}
              onClick={() => look(insight)}
            >
              <b>{label}</b>
              <kbd>{keys}</kbd>
              <span>{words}</span>
            </button>
          ))}
        </div>
      )}
    </div>
  )
}

/** Arrows go round, Escape gives the keyboard back to the button. */
function moveInMenu(event: KeyboardEvent<HTMLElement>, close: () => void): void {
  const items = [...event.currentTarget.querySelectorAll<HTMLElement>('[role="menuitem"]')]
  const at = items.indexOf(document.activeElement as HTMLElement)
  if (event.key === 'Escape' || event.key === 'Tab') {
    const button = event.currentTarget.parentElement?.querySelector('button')
    close()
    if (event.key === 'Escape') button?.focus()
    return
  }
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
  if (step === 0) return
  event.preventDefault()
  items[(at + step + items.length) % items.length]?.focus()
}
