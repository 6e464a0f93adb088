import type { ProfileKind } from '@sandbox/protocol'
import type { Desk } from '../../state/desk.ts'
import { isFull, profilesOf, shownProfile } from '../../state/profile.ts'
import type { RunState, TakenProfile } from '../../state/run.ts'
import { splitText } from '../../state/sentence.ts'
import { useStore } from '../../state/store.ts'
import { fileNamed } from '../../state/workspace.ts'
import { RichText } from '../../ui/rich-text.tsx'
import { MemoryNotes } from './memory-notes.tsx'
import { ProfileDetail } from './profile-detail.tsx'
import styles from './profile-panel.module.css'

const NAMES: Record<ProfileKind, string> = {
  cpu: 'CPU',
  block: 'Waiting',
  mutex: 'Locks',
  heap: 'Memory',
  goroutine: 'Goroutines',
}

/** A number and its sign stay on one line. */
const UNBROKEN_PERCENT = '\u00a0%'

/** What the profiles of a closer look say, a sentence each, and the chosen one as a chart and a table. */
export function ProfilePanel({ desk, run, runs }: { desk: Desk; run: RunState; runs: RunState[] }) {
  const { profile: view } = useStore(desk.view)
  const shown = shownProfile(run, view.kind)
  const all = profilesOf(run)
  // Where none could be taken, one reason is enough.
  const told = all.some(isFull) ? all : all.slice(0, 1)
  return (
    <div className={styles.panel} data-testid="profile">
      <ul className={styles.kinds} aria-label="Profiles">
        {told.map((taken) => (
          <Kind key={taken.kind} desk={desk} run={run} taken={taken} chosen={taken === shown} />
        ))}
      </ul>
      {shown && isFull(shown) && (
        <ProfileDetail key={shown.kind} desk={desk} run={run} runs={runs} taken={shown} name={NAMES[shown.kind]} />
      )}
      {shown?.kind === 'heap' && <MemoryNotes desk={desk} run={run} />}
    </div>
  )
}

function Kind(props: { desk: Desk; run: RunState; taken: TakenProfile; chosen: boolean }) {
  const { desk, run, taken, chosen } = props
  const workspace = useStore(desk.workspace)
  const opens = (file: string) => workspace !== null && fileNamed(workspace, file) !== null
  return (
    <li className={chosen ? styles.chosen : undefined} data-testid={`profile-${taken.kind}`}>
      <button
        type="button"
        className={styles.kind}
        aria-pressed={chosen}
        disabled={!isFull(taken)}
        onClick={() => desk.viewing.chooseProfile({ kind: taken.kind, measure: 0 })}
      >
        {NAMES[taken.kind]}
      </button>
      <p>
        <RichText
          parts={splitText(taken.sentence.replaceAll(' %', UNBROKEN_PERCENT), opens)}
          onOpen={(file, line) => desk.openPlace(run, file, line)}
        />
      </p>
    </li>
  )
}
