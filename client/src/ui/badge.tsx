import { VERDICT_WORDS } from '@sandbox/protocol'
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
  passed: { word: VERDICT_WORDS.passed, icon: 'passed', tone: styles.passed },
  failed: { word: VERDICT_WORDS.failed, icon: 'failed', tone: styles.failed },
  race: { word: VERDICT_WORDS.race, icon: 'race', tone: styles.race },
  deadlock: { word: VERDICT_WORDS.deadlock, icon: 'deadlock', tone: styles.deadlock },
  leak: { word: VERDICT_WORDS.leak, icon: 'leak', tone: styles.leak },
  panic: { word: VERDICT_WORDS.panic, icon: 'panic', tone: styles.panic },
  timeout: { word: VERDICT_WORDS.timeout, icon: 'timeout', tone: styles.timeout },
  'out-of-memory': { word: VERDICT_WORDS['out-of-memory'], icon: 'memory', tone: styles.timeout },
  'output-limit': { word: VERDICT_WORDS['output-limit'], icon: 'output', tone: styles.timeout },
  'compile-error': { word: VERDICT_WORDS['compile-error'], icon: 'compile', tone: styles.failed },
  rejected: { word: VERDICT_WORDS.rejected, icon: 'failed', tone: styles.failed },
  cancelled: { word: VERDICT_WORDS.cancelled, icon: 'stop', tone: styles.void },
  void: { word: VERDICT_WORDS.void, icon: 'void', tone: styles.void },
  'internal-error': { word: VERDICT_WORDS['internal-error'], icon: 'panic', tone: styles.void },
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

/** The glyph of a standing. */
export function iconOf(kind: BadgeKind): IconName {
  return LOOKS[kind].icon
}

/** The class that sets `--tone`, `--wash` and `--edge` to the colours of a standing. */
export function toneOf(kind: BadgeKind): string {
  return LOOKS[kind].tone ?? ''
}

/** Glyph, word and colour of a standing. */
export function Badge({ kind }: { kind: BadgeKind }) {
  return (
    <span className={`${styles.badge} ${toneOf(kind)}`}>
      <Glyph kind={kind} />
      {LOOKS[kind].word}
    </span>
  )
}

/** The glyph alone, for where the word stands beside it. */
export function Glyph({ kind }: { kind: BadgeKind }) {
  return <Icon name={LOOKS[kind].icon} className={kind === 'running' ? styles.spin : undefined} />
}
