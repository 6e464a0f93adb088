import { type SandboxStatus, SCRATCH } from '@sandbox/protocol'
import type { Practice } from '../../state/practice.ts'
import { useStore } from '../../state/store.ts'
import controls from '../../ui/controls.module.css'
import { Icon } from '../../ui/icon.tsx'
import styles from './status-bar.module.css'

/** The sandbox, the Go in it, what else runs, the draft and the cursor. */
export function StatusBar({ practice }: { practice: Practice }) {
  const { sandbox } = useStore(practice.session)
  const { cursor } = useStore(practice.view)
  return (
    <footer className={styles.bar}>
      <SandboxWords sandbox={sandbox} />
      <RunsElsewhere practice={practice} />
      <span className={styles.grow} />
      <DraftWords practice={practice} />
      <span>
        Ln {cursor.line}, Col {cursor.column}
      </span>
    </footer>
  )
}

function SandboxWords({ sandbox }: { sandbox: SandboxStatus | null }) {
  if (!sandbox) return <span>Sandbox: not known yet</span>
  if (!sandbox.ready) {
    return (
      <span data-testid="sandbox">
        <Icon name="void" />
        No sandbox
      </span>
    )
  }
  const watched = Object.entries(sandbox.enforcement).flatMap(([limit, how]) => (how === 'watched' ? [limit] : []))
  return (
    <>
      <span data-testid="sandbox">
        <Icon name="passed" />
        {sandbox.driver === 'docker' ? 'Docker' : 'bubblewrap'}
      </span>
      <span>Go {sandbox.goVersion.replace(/^go/, '')}</span>
      <span>
        {sandbox.slots} {sandbox.slots === 1 ? 'run' : 'runs'} at a time
      </span>
      {watched.length > 0 && (
        <span title="The kernel does not enforce these limits here; the server watches them and stops what exceeds them.">
          watched: {watched.join(', ')}
        </span>
      )}
    </>
  )
}

/** A run of the same person in another exercise: it is why this one may have to wait. */
function RunsElsewhere({ practice }: { practice: Practice }) {
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

function DraftWords({ practice }: { practice: Practice }) {
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
