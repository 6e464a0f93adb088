import type { ScoredSection } from '@sandbox/protocol'
import { bandRange } from '../../state/interview/guide-draft.ts'
import { bandWord } from '../../state/interview/panel-scorecard.ts'
import { NumberField, TextField } from './edit-field.tsx'
import type { ProblemAt } from './edit-question.tsx'
import styles from './guide-editor.module.css'

interface SectionProps {
  section: ScoredSection
  place: string
  problemAt: ProblemAt
  onChange: (section: ScoredSection) => void
}

/** What the points of one section mean, and how many of them are needed. */
export function EditSection({ section, place, problemAt, onChange }: SectionProps) {
  const { title, points, minimum, bands } = section
  const whole = problemAt(`${place}/bands`)
  return (
    <>
      <p className={styles.hint}>
        {title} has {points} points. A band goes from the points where it begins to where the better one does; the
        lowest begins at 0.
      </p>
      {whole !== undefined && <p className={styles.problem}>{whole}</p>}
      <NumberField
        label="Points needed to pass, where the section has a minimum"
        value={minimum ?? Number.NaN}
        place={`${place}/minimum`}
        problem={problemAt(`${place}/minimum`)}
        onChange={(next) => onChange({ ...section, minimum: Number.isNaN(next) ? null : next })}
      />
      {bands.map(({ band }, index) => (
        <EditBand key={band} index={index} {...{ section, place, problemAt, onChange }} />
      ))}
    </>
  )
}

function EditBand({ section, place, problemAt, onChange, index }: SectionProps & { index: number }) {
  const { bands } = section
  const band = bands[index]
  if (!band) return null
  const here = `${place}/bands/${index}`
  const at = (field: string) => ({ place: `${here}/${field}`, problem: problemAt(`${here}/${field}`) })
  const put = (change: Partial<typeof band>) =>
    onChange({ ...section, bands: bands.with(index, { ...band, ...change }) })
  const range = bandRange(section, index)
  const name = bandWord(band.band)
  return (
    <div className={styles.band}>
      <NumberField label={`${name}, from`} value={band.from} {...at('from')} onChange={(from) => put({ from })} />
      <TextField
        label={range === null ? `${name}: what it means` : `${name}, ${range}: what it means`}
        rows={2}
        value={band.words}
        {...at('words')}
        onChange={(words) => put({ words })}
      />
    </div>
  )
}
