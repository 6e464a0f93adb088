import type { Interview } from '@sandbox/protocol'
import type { InterviewDesk, Me } from '../../state/interview/interview-desk.ts'
import { colourOf, othersHere } from '../../state/interview/people.ts'
import { useStore } from '../../state/store.ts'
import members from '../../ui/members.module.css'
import styles from './people-chips.module.css'

/** Who else is here. A press goes with their cursor, until one types or scrolls oneself. */
export function PeopleChips({ desk, interview, me }: { desk: InterviewDesk; interview: Interview; me: Me }) {
  const { here, cursors, following } = useStore(desk.people.presence)
  return (
    <ul className={styles.people} aria-label="Also here">
      {othersHere(interview, here, me.member).map(({ id, name, role }) => (
        <li key={id}>
          <button
            type="button"
            className={`${styles.person} ${members[`member${colourOf(id)}`]}`}
            aria-pressed={following === id}
            disabled={!cursors.has(id)}
            title={cursors.has(id) ? `Go with ${name}’s cursor` : `${name} has no cursor in the code`}
            data-testid="person"
            onClick={() => desk.people.follow(following === id ? null : id)}
          >
            <b>{name}</b>
            <span>{following === id ? 'followed' : role}</span>
          </button>
        </li>
      ))}
    </ul>
  )
}
