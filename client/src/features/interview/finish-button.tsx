import type { Act } from '@sandbox/protocol'
import { useState } from 'react'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import controls from '../../ui/controls.module.css'

/** Ends the interview for everybody, after a question. */
export function FinishButton({ act }: { act: (act: Act) => void }) {
  const [isAsking, setAsking] = useState(false)
  return (
    <>
      <button type="button" className={controls.button} data-testid="finish" onClick={() => setAsking(true)}>
        Finish
      </button>
      {isAsking && (
        <ConfirmDialog
          title="Finish the interview?"
          action="Finish"
          onConfirm={() => act({ type: 'finished' })}
          onClose={() => setAsking(false)}
        >
          The clock stops, and nobody can change or run the code any more. Scores, flags and notes can still be written.
        </ConfirmDialog>
      )}
    </>
  )
}
