import type { Desk } from '../../state/desk.ts'
import type { ConnectionState } from '../../state/session.ts'
import { useStore } from '../../state/store.ts'
import controls from '../../ui/controls.module.css'
import { useNow } from '../../ui/use-now.ts'
import styles from './connection-chip.module.css'

const TICK_MS = 500

/** Whether the server is there; where it is not, when it is tried again, and the way to try at once. */
export function ConnectionChip({ desk, onReconnect }: { desk: Desk; onReconnect: () => void }) {
  const { connection } = useStore(desk.session)
  const now = useNow(TICK_MS, connection.type === 'waiting')
  const offline = connection.type === 'waiting' || connection.type === 'refused'
  return (
    <span className={styles.chip} data-testid="connection" data-state={connection.type} role="status">
      <span className={DOTS[connection.type]} />
      <ConnectionWords connection={connection} now={now} />
      {offline && (
        <button type="button" className={controls.small} onClick={onReconnect}>
          {connection.type === 'refused' ? 'Try again' : 'Try now'}
        </button>
      )}
    </span>
  )
}

const DOTS: Record<ConnectionState['type'], string | undefined> = {
  connecting: styles.connecting,
  connected: styles.connected,
  waiting: styles.offline,
  refused: styles.offline,
}

function ConnectionWords({ connection, now }: { connection: ConnectionState; now: number }) {
  if (connection.type === 'connected') return <span className={styles.word}>Connected</span>
  if (connection.type === 'connecting') return <span className={styles.word}>Connecting</span>
  if (connection.type === 'refused') return <b title={connection.reason}>{connection.reason}</b>
  const seconds = Math.max(1, Math.ceil((connection.retryAt - now) / 1000))
  return (
    <>
      <b>Offline</b> {/* A figure that changes every second would be read out every second. */}
      <span className={styles.next} aria-hidden="true">
        next try in {seconds} s
      </span>
    </>
  )
}
