import { bandOf, type ScoredSection } from '@sandbox/protocol'
import { type CSSProperties, useState } from 'react'
import { bandCells, bandWord, cellText, minimumShare, shareOf } from '../../state/interview/panel-scorecard.ts'
import styles from './band-track.module.css'

/**
 * A section's bands to scale, the minimum as a dotted line, the points as a pointer: a slider. While it is dragged only the
 * pointer moves; the score is put down where it is let go.
 */
export function BandTrack(props: {
  section: ScoredSection
  value: number | null
  disabled: boolean
  onChange: (value: number) => void
}) {
  const { section, value, disabled, onChange } = props
  const [dragged, setDragged] = useState<number | null>(null)
  const shown = dragged ?? value
  const hit = shown === null ? null : bandOf(section, shown)
  const minimum = minimumShare(section)
  const letGo = () => {
    setDragged(null)
    if (dragged !== null && dragged !== value) onChange(dragged)
  }
  return (
    <div className={styles.track}>
      {bandCells(section).map((cell) => (
        <span
          key={cell.band}
          className={cell.band === hit ? styles.hit : styles.band}
          style={{ '--cells': cell.to - cell.from + 1 } as CSSProperties}
        >
          {cellText(cell, section.points)}
        </span>
      ))}
      {minimum !== null && <i className={styles.minimum} style={{ '--share': minimum } as CSSProperties} />}
      {shown !== null && (
        <i className={styles.pointer} style={{ '--share': shareOf(section, shown) } as CSSProperties} />
      )}
      <input
        type="range"
        min={0}
        max={section.points}
        step={1}
        disabled={disabled}
        value={shown ?? 0}
        aria-label={`${section.title} on its scale`}
        aria-valuetext={shown === null ? 'not scored' : `${shown} of ${section.points}, ${bandOf(section, shown)}`}
        title={bandCells(section)
          .map(({ band, words, ...cell }) => `${bandWord(band)}, ${cell.from}–${cell.to}: ${words}`)
          .join('\n')}
        onChange={(event) => setDragged(event.target.valueAsNumber)}
        onPointerUp={letGo}
        onKeyUp={letGo}
        onBlur={letGo}
      />
    </div>
  )
}
