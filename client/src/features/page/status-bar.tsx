import type { SandboxStatus } from '@sandbox/protocol'
import type { ReactNode } from 'react'
import type { Desk } from '../../state/desk.ts'
import { useStore } from '../../state/store.ts'
import { Icon } from '../../ui/icon.tsx'
import styles from './status-bar.module.css'

/** The sandbox and the Go in it, the cursor, and between them what else the page knows. */
export function StatusBar({ desk, left, right }: { desk: Desk; left?: ReactNode; right?: ReactNode }) {
  const { sandbox } = useStore(desk.session)
  const { cursor } = useStore(desk.view)
  return (
    <footer className={styles.bar}>
      <SandboxWords sandbox={sandbox} />
      {left}
      <span className={styles.grow} />
      {right}
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
