import { useState } from 'react'
import type { KeptDesk } from '../../state/kept-desk.ts'
import type { OpenedRun } from '../../state/kept-runs.ts'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import controls from '../../ui/controls.module.css'
import { Icon } from '../../ui/icon.tsx'
import { formatDay } from './format-day.ts'
import styles from './verdict-header.module.css'

/** That a kept run is looked at, from when it is and until when it can be; whoever kept it may delete it. */
export function KeptNote({ desk, opened }: { desk: KeptDesk; opened: OpenedRun }) {
  const [asking, setAsking] = useState(false)
  const { run, expiresAt, own } = opened
  return (
    <div className={`${controls.note} ${styles.kept}`} data-testid="kept-note">
      <Icon name="queue" />
      <span>
        A run of {formatDay(run.acceptedAt)}, kept with its code as it was. Whoever has the link can read it until{' '}
        {formatDay(expiresAt)}.
      </span>
      {own && (
        <button type="button" className={controls.small} onClick={() => setAsking(true)}>
          Delete
        </button>
      )}
      {asking && (
        <ConfirmDialog
          title="Delete this kept run?"
          action="Delete"
          onConfirm={() => void desk.delete()}
          onClose={() => setAsking(false)}
        >
          Its link opens nothing any more, for you and for everybody who has it.
        </ConfirmDialog>
      )}
    </div>
  )
}
