import type { Standing } from '../state/results.ts'
import styles from './badge.module.css'
import { Icon, type IconName } from './icon.tsx'

interface Look {
  word: string
  icon: IconName
  tone: string | undefined
}

/** Colour is never alone: every standing has its own glyph and word. */
const LOOKS: Record<Standing | 'offline' | 'no-sandbox', Look> = {
  passed: { word: 'Passed', icon: 'passed', tone: styles.passed },
  failed: { word: 'Failed', icon: 'failed', tone: styles.failed },
  race: { word: 'Race', icon: 'race', tone: styles.race },
  deadlock: { word: 'Deadlock', icon: 'deadlock', tone: styles.deadlock },
  leak: { word: 'Leak', icon: 'leak', tone: styles.leak },
  panic: { word: 'Panic', icon: 'panic', tone: styles.panic },
  timeout: { word: 'Timeout', icon: 'timeout', tone: styles.timeout },
  'out-of-memory': { word: 'Out of memory', icon: 'memory', tone: styles.timeout },
  'output-limit': { word: 'Too much output', icon: 'output', tone: styles.timeout },
  'compile-error': { word: 'Does not compile', icon: 'compile', tone: styles.failed },
  rejected: { word: 'Rejected', icon: 'failed', tone: styles.failed },
  cancelled: { word: 'Cancelled', icon: 'stop', tone: styles.void },
  void: { word: 'Void', icon: 'void', tone: styles.void },
  'internal-error': { word: 'Our error', icon: 'panic', tone: styles.void },
  running: { word: 'Running', icon: 'running', tone: styles.running },
  queued: { word: 'Waiting', icon: 'queue', tone: styles.void },
  offline: { word: 'Offline', icon: 'offline', tone: styles.void },
  'no-sandbox': { word: 'Void', icon: 'void', tone: styles.void },
}

export type BadgeKind = keyof typeof LOOKS

/** The word for a standing, as the badge writes it. */
export function wordOf(kind: BadgeKind): string {
  return LOOKS[kind].word
}

/** The class that sets `--tone` to the ink of a standing. */
export function toneOf(kind: BadgeKind): string {
  return LOOKS[kind].tone ?? ''
}

/** Glyph, word and colour of a standing. */
export function Badge({ kind }: { kind: BadgeKind }) {
  const { word, icon } = LOOKS[kind]
  return (
    <span className={`${styles.badge} ${toneOf(kind)}`}>
      <Icon name={icon} className={kind === 'running' ? styles.spin : undefined} />
      {word}
    </span>
  )
}
