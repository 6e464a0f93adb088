import { bandOf, type Interview, type MemberId, type ScoredSection } from '@sandbox/protocol'
import { bandWord, isCompared, minimumWords } from '../../state/interview/panel-scorecard.ts'
import { BandTrack } from './band-track.tsx'
import { EvidenceList } from './evidence-list.tsx'
import { PointsField } from './points-field.tsx'
import styles from './scorecard.module.css'
import type { ScorecardProps } from './scorecard.tsx'

/** One section: its points, its bands to scale, what the band means, and what the score rests on. */
export function ScoreSection(props: ScorecardProps & { section: ScoredSection; card: Interview['cards'][MemberId] }) {
  const { section, card, act, interview, me, onOpenEvidence, replayOf, evidenceNow } = props
  const points = card.points[section.id] ?? null
  const score = (value: number | null) => act({ type: 'scored', section: section.id, points: value })
  return (
    <section className={styles.section} aria-label={section.title} data-testid={`section-${section.id}`}>
      <div className={styles.row}>
        <h3>{section.title}</h3>
        <PointsField
          label={section.title}
          value={points}
          most={section.points}
          disabled={card.submitted}
          onChange={score}
        />
        <span className={styles.most}>/ {section.points}</span>
      </div>
      <BandTrack section={section} value={points} disabled={card.submitted} onChange={score} />
      <EvidenceList
        interview={interview}
        me={me}
        section={section.id}
        card={card}
        act={act}
        disabled={isCompared(interview, me)}
        onOpen={onOpenEvidence}
        replayOf={replayOf}
        evidenceNow={evidenceNow}
        before={
          points === null ? <span className={styles.dim}>not scored</span> : <b>{bandWord(bandOf(section, points))}</b>
        }
        after={<span className={styles.dim}>{minimumWords(section, points)}</span>}
      >
        {points !== null && <p className={styles.words}>{wordsOf(section, points)}</p>}
      </EvidenceList>
    </section>
  )
}

function wordsOf(section: ScoredSection, points: number): string {
  const band = bandOf(section, points)
  return section.bands.find((one) => one.band === band)?.words ?? ''
}
