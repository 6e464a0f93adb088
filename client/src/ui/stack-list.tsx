import type { Frame } from '@sandbox/protocol'
import { PlaceLink } from './place-link.tsx'
import styles from './stack-list.module.css'

/** A stack, innermost call first; frames of Go itself stand back. */
export function StackList({ frames, onOpen }: { frames: Frame[]; onOpen: (file: string, line: number) => void }) {
  return (
    <ol className={styles.stack}>
      {frames.map((frame, index) => (
        <li key={index} className={frame.origin === 'go' ? styles.go : undefined}>
          <code>{frame.function}</code>
          <PlaceLink frame={frame} onOpen={onOpen} />
        </li>
      ))}
    </ol>
  )
}
