import { SCRATCH } from '@sandbox/protocol'
import type { Practice } from '../../state/practice.ts'
import { useStore } from '../../state/store.ts'
import controls from '../../ui/controls.module.css'
import { Icon } from '../../ui/icon.tsx'
import styles from './status-bar.module.css'

/** A run of the same person in another exercise: it is why this one may have to wait. */
export function RunsElsewhere({ practice }: { practice: Practice }) {
  const { runs } = useStore(practice.session)
  const workspace = useStore(practice.workspace)
  const other = runs.find((run) => run.phase.type !== 'ended' && run.description.exercise !== workspace?.exercise)
  if (!other || !workspace) return null
  const { exercise } = other.description
  return (
    <span>
      <Icon name="running" />
      also running:
      <button type="button" className={controls.link} onClick={() => void practice.openExercise(exercise)}>
        {exercise === SCRATCH ? 'scratch' : exercise}
      </button>
    </span>
  )
}

/** Where the draft is kept. */
export function DraftWords({ practice }: { practice: Practice }) {
  const { savedAt, refused } = useStore(practice.drafts.state)
  const onServer = useStore(practice.sync.state)
  if (refused) return <b className={styles.bad}>Draft not saved: the browser’s storage is full or switched off</b>
  if (savedAt === null) return null
  return (
    <span data-testid="draft">
      Draft saved {new Date(savedAt).toLocaleTimeString('en-GB')}
      {onServer === 'unreachable' && ' in this browser; not on the server yet'}
    </span>
  )
}
