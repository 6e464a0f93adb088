import { type Act, type Evidence, type Guide, type Interview, type MemberId, totalOf } from '@sandbox/protocol'
import { cardOf, isCompared, panelOf, standingOf } from '../../state/interview/panel-scorecard.ts'
import controls from '../../ui/controls.module.css'
import { Icon } from '../../ui/icon.tsx'
import { Comparison } from './comparison.tsx'
import { Flags } from './flags.tsx'
import { ScoreSection } from './score-section.tsx'
import styles from './scorecard.module.css'

export interface ScorecardProps {
  interview: Interview
  me: MemberId
  act: (act: Act) => void
  onOpenEvidence: (evidence: Evidence) => void
  /** The replay's address, where the evidence is. */
  replayOf: (evidence: Evidence) => string
  /** What could be cited now: the run that is shown, the line where the cursor stands, this moment. */
  evidenceNow: () => readonly Evidence[]
}

/** What one interviewer thinks of the candidate, and why; once others have submitted, too, what they think together. */
export function Scorecard(props: ScorecardProps) {
  const { interview, me } = props
  const { guide, alone } = interview
  const card = cardOf(interview, me)
  return (
    <section className={styles.panel} aria-label="Scorecard">
      <header className={styles.head}>
        <h2>Scorecard</h2>
        <span className={styles.dim}>{alone ? 'only you see this' : 'only interviewers see this'}</span>
        <span className={styles.grow} />
        <Icon name="lock" />
      </header>
      {guide && (
        <div className={styles.body} tabIndex={0}>
          <Total guide={guide} points={card.points} />
          {guide.sections.map((section) => (
            <ScoreSection key={section.id} {...props} section={section} card={card} />
          ))}
          <Flags guide={guide} card={card} act={props.act} disabled={isCompared(interview, me)} />
          <Submit {...props} guide={guide} />
          <Comparison interview={interview} me={me} guide={guide} act={props.act} />
        </div>
      )}
    </section>
  )
}

function Total({ guide, points }: { guide: Guide; points: Interview['cards'][MemberId]['points'] }) {
  const { total, type, words } = standingOf(guide, points)
  return (
    <div className={styles.total} data-testid="total" data-verdict={type}>
      <p className={styles.sum}>
        <b>{total}</b> / {totalOf(guide.sections, pointsThere(guide))}
      </p>
      <p className={styles.verdict}>
        {type === 'pass' && <Icon name="passed" />}
        {type === 'fail' && <Icon name="failed" />}
        {words}
      </p>
    </div>
  )
}

function pointsThere({ sections }: Guide): Interview['cards'][MemberId]['points'] {
  return Object.fromEntries(sections.map(({ id, points }) => [id, points]))
}

/** A card is judged by itself: the others’ stay out of sight until it is submitted. */
function Submit({ interview, me, act, guide }: ScorecardProps & { guide: Guide }) {
  const { submitted: done, waitingFor } = panelOf(interview)
  const { submitted, points } = cardOf(interview, me)
  const open = guide.sections.filter(({ id }) => points[id] === undefined).length
  if (submitted)
    return (
      <div className={styles.submit}>
        <p role="status">{submittedWords(interview, me)}</p>
        {!isCompared(interview, me) && (
          <button type="button" className={controls.button} onClick={() => act({ type: 'submitted', on: false })}>
            Take it back to change it
          </button>
        )}
      </div>
    )
  return (
    <div className={styles.submit}>
      <button
        type="button"
        className={controls.primary}
        disabled={open > 0}
        onClick={() => act({ type: 'submitted', on: true })}
      >
        Submit my scores
      </button>
      <p className={styles.dim}>
        {open > 0 && `Score every section first: ${open} of ${guide.sections.length} are left. `}
        {done.length + waitingFor.length > 1 && 'Nobody sees your points before they have submitted their own.'}
      </p>
    </div>
  )
}

/** What comes of a card that is submitted. */
function submittedWords(interview: Interview, me: MemberId): string {
  if (isCompared(interview, me)) return 'Submitted. Scores were compared and stand, with their flags and evidence.'
  const { waitingFor } = panelOf(interview)
  if (waitingFor.length === 0) return 'Submitted.'
  const names = waitingFor.map(({ name }) => name)
  const anyOfThem = new Intl.ListFormat('en', { type: 'disjunction' }).format(names)
  return `Submitted. The comparison comes when ${anyOfThem} has submitted, too.`
}
