import type { ReplayParts } from '../../state/interview/replay-desk.ts'
import styles from './save-links.module.css'

/** What can be kept or given on, with what it is good for. */
export function SaveLinks({ links, alone }: { links: ReplayParts['source']['links']; alone: boolean }) {
  return (
    <ul className={styles.list}>
      <li>
        <a href={links.report} target="_blank" rel="noreferrer">
          Report to print
        </a>
        <small>The browser’s print dialogue makes a PDF of it.</small>
      </li>
      {!alone && (
        <li>
          <a href={links.candidateCopy} target="_blank" rel="noreferrer">
            Candidate’s copy
          </a>
          <small>The same without scores, notes and questions.</small>
        </li>
      )}
      <li>
        <a href={links.markdown} download="report.md">
          Report as Markdown
        </a>
      </li>
      <li>
        <a href={links.json} download="report.json">
          Report as JSON
        </a>
        <small>What the report says, for programs.</small>
      </li>
      <li>
        <a href={links.exported} download>
          The whole interview
        </a>
        <small>With every edit and run. It can be imported and replayed elsewhere.</small>
      </li>
    </ul>
  )
}
