import type { InterviewLinks } from '@sandbox/protocol'
import { interviewPath } from '../../state/interview/office.ts'
import controls from '../../ui/controls.module.css'
import { LinkField } from './copy-field.tsx'
import styles from './interview-home.module.css'

/** Both links of a new interview, and what each lets its holder do. */
export function NewLinks({ links, onAnother }: { links: InterviewLinks; onAnother: () => void }) {
  const { interviewer, candidate } = links
  return (
    <div className={styles.links} role="status">
      {candidate !== null && (
        <>
          <h3>Send this to the candidate</h3>
          <LinkField label="The candidate’s link" linkKey={candidate} />
          <p>
            Opens the shared code and its runs. Who comes by it waits until you let them in, and never gets the guide,
            notes or points. You can replace the link, or end it, in the interview.
          </p>
          <h3>Keep this to yourselves</h3>
        </>
      )}
      <LinkField label="The interviewers’ link" linkKey={interviewer} />
      <p>
        {candidate === null
          ? 'Your mock interview. It is in your list, too.'
          : 'Whoever has it is an interviewer: sees guide, notes and scores, and can delete the interview. Give it to who interviews with you.'}
      </p>
      <p className={styles.row}>
        <a className={controls.primary} href={interviewPath(interviewer)}>
          Go in
        </a>
        <button type="button" className={controls.button} onClick={onAnother}>
          Make another
        </button>
      </p>
    </div>
  )
}
