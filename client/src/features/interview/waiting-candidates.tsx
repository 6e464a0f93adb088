import type { Interview } from '@sandbox/protocol'
import type { InterviewDesk } from '../../state/interview/interview-desk.ts'
import controls from '../../ui/controls.module.css'
import { Icon } from '../../ui/icon.tsx'
import styles from './interview.module.css'

/** Who stands at the door. */
export function WaitingCandidates({ desk, interview }: { desk: InterviewDesk; interview: Interview }) {
  const waiting = interview.members.filter(({ standing }) => standing === 'waiting')
  return (
    <div aria-live="polite">
      {waiting.map(({ id, name }) => (
        <div key={id} className={`${controls.note} ${styles.waiting}`} data-testid="waiting">
          <Icon name="wait" />
          <span>
            <b>{name}</b> waits to be let in.
          </span>
          <button type="button" className={controls.small} onClick={() => desk.act({ type: 'removed', member: id })}>
            Turn away<span className={controls.hidden}>: {name}</span>
          </button>
          <button
            type="button"
            className={controls.primary}
            data-testid="admit"
            onClick={() => desk.act({ type: 'admitted', member: id })}
          >
            Let in<span className={controls.hidden}>: {name}</span>
          </button>
        </div>
      ))}
    </div>
  )
}
