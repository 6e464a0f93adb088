import type { Act, Evidence, Interview, MemberId, SectionId } from '@sandbox/protocol'
import { type ReactNode, useState } from 'react'
import { evidenceWords } from '../../state/interview/panel-scorecard.ts'
import { type BadgeKind, Glyph, toneOf } from '../../ui/badge.tsx'
import controls from '../../ui/controls.module.css'
import { Icon } from '../../ui/icon.tsx'
import styles from './evidence-list.module.css'
import { useFreshId } from './use-fresh-id.ts'

interface EvidenceProps {
  interview: Interview
  me: MemberId
  section: SectionId
  card: Interview['cards'][MemberId]
  act: (act: Act) => void
  /** Nothing is added or taken back any more. */
  disabled: boolean
  onOpen: (evidence: Evidence) => void
  /** The replay's address, where the evidence is. */
  replayOf: (evidence: Evidence) => string
  evidenceNow: () => readonly Evidence[]
  /** What stands in the line of the button, at its both ends. */
  before: ReactNode
  after: ReactNode
  /** What stands between that line and the chips. */
  children: ReactNode
}

/** What a score rests on: runs, lines, moments. A chip goes back there. */
export function EvidenceList(props: EvidenceProps) {
  const { interview, me, section, card, act, disabled, onOpen, replayOf, evidenceNow } = props
  const [offered, setOffered] = useState<readonly Evidence[] | null>(null)
  const fresh = useFreshId(`${me}-${section}`)
  const cite = (evidence: Evidence) => {
    act({ type: 'cited', section, cite: fresh(card.cites.map(({ id }) => id)), evidence })
    setOffered(null)
  }
  const cites = card.cites.filter((one) => one.section === section)
  return (
    <>
      <div className={styles.line}>
        {props.before}
        <button
          type="button"
          className={controls.link}
          disabled={disabled}
          aria-expanded={offered !== null && !disabled}
          onClick={() => setOffered(offered === null ? evidenceNow() : null)}
        >
          Add evidence
        </button>
        <span className={styles.grow} />
        {props.after}
      </div>
      {props.children}
      {cites.length > 0 && (
        <div className={styles.list}>
          {cites.map(({ id, evidence }) => (
            <Chip
              key={id}
              interview={interview}
              evidence={evidence}
              disabled={disabled}
              onOpen={() => onOpen(evidence)}
              replay={replayOf(evidence)}
              onDrop={() => act({ type: 'cited', section, cite: id, evidence: null })}
            />
          ))}
        </div>
      )}
      {offered !== null && !disabled && <Offer interview={interview} offered={offered} onCite={cite} />}
    </>
  )
}

function Chip(props: {
  interview: Interview
  evidence: Evidence
  disabled: boolean
  onOpen: () => void
  replay: string
  onDrop: () => void
}) {
  const { interview, evidence, disabled, onOpen, replay, onDrop } = props
  const words = evidenceWords(interview, evidence)
  const kind = kindOf(interview, evidence)
  return (
    <span className={`${styles.chip} ${kind === null ? '' : toneOf(kind)}`} data-testid="evidence">
      {evidence.type !== 'moment' && (
        <button type="button" title={evidence.type === 'line' ? evidence.text : undefined} onClick={onOpen}>
          {kind !== null && <Glyph kind={kind} />}
          {words}
        </button>
      )}
      <a href={replay} target="_blank" rel="noreferrer" aria-label={`Replay: ${words}`} title="See it in the replay">
        {evidence.type === 'moment' && words}
        <Icon name="play" />
      </a>
      <button type="button" aria-label={`Take back: ${words}`} disabled={disabled} onClick={onDrop}>
        <Icon name="x" />
      </button>
    </span>
  )
}

function kindOf({ runs }: Interview, evidence: Evidence): BadgeKind | null {
  if (evidence.type !== 'run') return null
  return runs.find(({ id }) => id === evidence.run)?.verdict ?? 'running'
}

/** What could be cited now. A moment may be given words. */
function Offer(props: { interview: Interview; offered: readonly Evidence[]; onCite: (evidence: Evidence) => void }) {
  const { interview, offered, onCite } = props
  const [words, setWords] = useState('')
  const withWords = (evidence: Evidence) =>
    evidence.type === 'moment' && words.trim() !== '' ? { ...evidence, words: words.trim() } : evidence
  return (
    <div className={styles.offer}>
      {offered.some(({ type }) => type === 'moment') && (
        <input
          aria-label="What was said or done at this moment"
          placeholder="What was said or done"
          maxLength={MAX_WORDS}
          value={words}
          onChange={(event) => setWords(event.target.value)}
        />
      )}
      {offered.map((evidence, index) => (
        <button
          key={index}
          type="button"
          className={controls.small}
          data-testid="offered"
          onClick={() => onCite(withWords(evidence))}
        >
          {evidenceWords(interview, evidence)}
        </button>
      ))}
      {offered.length === 0 && <p>There is nothing to cite yet: run something, or put the cursor on a line.</p>}
    </div>
  )
}

/** The protocol’s cap on a moment’s words, in characters. */
const MAX_WORDS = 400
