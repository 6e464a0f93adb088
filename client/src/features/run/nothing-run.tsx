import type { SandboxStatus } from '@sandbox/protocol'
import { Badge, toneOf } from '../../ui/badge.tsx'
import controls from '../../ui/controls.module.css'
import { CopyButton } from '../../ui/copy-button.tsx'
import styles from './nothing-run.module.css'

/** The server has no sandbox: nothing is run, and it says why. Comes and goes by itself with the server's status. */
export function NothingRun({ sandbox }: { sandbox: SandboxStatus }) {
  return (
    <section
      className={`${styles.panel} ${toneOf('no-sandbox')}`}
      aria-labelledby="nothing-run"
      data-testid="not-ready"
    >
      <div className={styles.meta}>
        <Badge kind="no-sandbox" />
        <span>no verdict</span>
      </div>
      <p className={styles.sentence} id="nothing-run" aria-live="polite">
        <span className={styles.lead}>Nothing was run:</span> this server has no sandbox that it trusts with code.
      </p>
      <ul className={styles.reasons}>
        {sandbox.reasons.map((reason) => (
          <li key={reason}>{reason}</li>
        ))}
      </ul>
      <p className={styles.words}>
        Code is never run outside a sandbox. Editing and drafts still work, and Run comes back by itself when a sandbox
        does.
      </p>
      {sandbox.reasons.length > 0 && (
        <CopyButton
          className={controls.button}
          testId="copy-reasons"
          text={() => Promise.resolve(sandbox.reasons.join('\n'))}
        >
          Copy details
        </CopyButton>
      )}
    </section>
  )
}
