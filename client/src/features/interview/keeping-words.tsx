import type { InterviewDesk } from '../../state/interview/interview-desk.ts'
import { useStore } from '../../state/store.ts'
import { Icon } from '../../ui/icon.tsx'
import styles from './interview.module.css'

/** Whether what was done here is on the server's disk. */
export function KeepingWords({ desk }: { desk: InterviewDesk }) {
  const { unkept, slow } = useStore(desk.outbox.state)
  const { connection } = useStore(desk.session)
  const offline = connection.type !== 'connected'
  if (offline && unkept > 0)
    return (
      <b className={styles.unkept} data-testid="keeping" data-state="offline">
        Not sent yet: this browser keeps it until the connection is back
      </b>
    )
  if (slow)
    return (
      <span data-testid="keeping" data-state="saving">
        <Icon name="running" />
        Saving…
      </span>
    )
  return (
    <span data-testid="keeping" data-state={unkept > 0 ? 'saving' : 'kept'}>
      <Icon name="passed" />
      All changes kept
    </span>
  )
}
