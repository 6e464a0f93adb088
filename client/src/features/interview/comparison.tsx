import type { Act, Guide, Interview, MemberId, ScoredSection, SectionComparison } from '@sandbox/protocol'
import { bandWord, comparisonOf, middleOf, panelOf, standingOf } from '../../state/interview/panel-scorecard.ts'
import controls from '../../ui/controls.module.css'
import { Icon } from '../../ui/icon.tsx'
import styles from './comparison.module.css'
import { PointsField } from './points-field.tsx'

/** The points of all who have submitted side by side, where they are bands apart, and what is agreed on. */
export function Comparison(props: { interview: Interview; me: MemberId; guide: Guide; act: (act: Act) => void }) {
  const { interview, me, guide, act } = props
  const sections = comparisonOf(interview, guide, me)
  const [first] = sections ?? []
  if (!sections || !first) return null
  const { waitingFor } = panelOf(interview)
  const { total, type, words } = standingOf(guide, interview.agreed)
  return (
    <section className={styles.comparison} aria-label="Comparison" data-testid="comparison">
      <h3>{waitingFor.length === 0 ? 'All have submitted' : 'Those who have submitted'}</h3>
      {waitingFor.length > 0 && (
        <p className={styles.note} data-testid="not-submitted">
          Not submitted: {waitingFor.map(({ name }) => name).join(', ')}.
        </p>
      )}
      <div className={styles.scroll}>
        <table>
          <thead>
            <tr>
              <th scope="col">Section</th>
              {first.scores.map(({ interviewer }) => (
                <th key={interviewer} scope="col">
                  {interview.members.find(({ id }) => id === interviewer)?.name}
                </th>
              ))}
              <th scope="col">Agreed</th>
            </tr>
          </thead>
          <tbody>
            {guide.sections.map((section, index) => (
              <Row key={section.id} section={section} compared={sections[index]} interview={interview} act={act} />
            ))}
          </tbody>
        </table>
      </div>
      <p className={styles.verdict} data-testid="agreed-verdict" data-verdict={type}>
        {type === 'pass' && <Icon name="passed" />}
        {type === 'fail' && <Icon name="failed" />}
        <b>Agreed: {total}.</b> {words}
      </p>
    </section>
  )
}

function Row(props: {
  section: ScoredSection
  compared: SectionComparison | undefined
  interview: Interview
  act: (act: Act) => void
}) {
  const { section, compared, interview, act } = props
  if (!compared) return null
  const agreed = interview.agreed[section.id] ?? null
  const agree = (points: number | null) => act({ type: 'agreed', section: section.id, points })
  const middle = middleOf(compared)
  const apart = compared.bandsApart > 0
  return (
    <tr data-testid="compared">
      <th scope="row" className={apart ? styles.apart : undefined}>
        {section.title}
        {apart && (
          <span className={styles.note}>
            <Icon name="panic" />
            {compared.bandsApart === 1 ? 'one band apart' : `${compared.bandsApart} bands apart`}
          </span>
        )}
      </th>
      {compared.scores.map(({ interviewer, points, band }) => (
        <td key={interviewer}>
          <b>{points ?? '–'}</b>
          <span>{band === null ? 'not scored' : bandWord(band)}</span>
        </td>
      ))}
      <td>
        <PointsField label={`Agreed, ${section.title}`} value={agreed} most={section.points} onChange={agree} />
        {agreed === null && (
          <button type="button" className={controls.link} onClick={() => agree(middle)}>
            take {middle}
          </button>
        )}
      </td>
    </tr>
  )
}
