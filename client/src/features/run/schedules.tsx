import { type KeyboardEvent, useState } from 'react'
import type { RunState, TriedSchedule } from '../../state/run.ts'
import { cellsOf, mayTryLonger, scheduleOutcome, scheduleTitle, scheduleWords } from '../../state/schedules.ts'
import { splitText } from '../../state/sentence.ts'
import { toneOf, wordOf } from '../../ui/badge.tsx'
import controls from '../../ui/controls.module.css'
import { RichText } from '../../ui/rich-text.tsx'
import styles from './schedules.module.css'

interface SchedulesProps {
  run: RunState
  /** Whether a file is one that can be opened. */
  opens: (file: string) => boolean
  onOpen: (file: string, line: number) => void
  /** Runs the code again and tries more of them; null where it cannot be run. */
  onLonger: (() => void) | null
}

/** The other schedules that were tried, a cell each, while they are tried. A chosen cell tells what it came to. */
export function Schedules({ run, opens, onOpen, onLonger }: SchedulesProps) {
  const [chosen, setChosen] = useState<number | null>(null)
  if (run.schedules.length === 0 && !run.exploring) return null
  const opened = run.schedules.find(({ index }) => index === chosen)
  return (
    <div className={styles.schedules} data-testid="schedules" data-exploring={run.exploring}>
      <div className={styles.strip}>
        <Cells schedules={cellsOf(run.schedules)} chosen={chosen} onChoose={setChosen} />
        <span className={styles.words}>{scheduleWords(run)}</span>
        {onLonger && mayTryLonger(run) && (
          <button type="button" className={controls.link} onClick={onLonger}>
            try for longer
          </button>
        )}
      </div>
      {opened && (
        <p className={styles.opened} data-testid="schedule-opened" aria-live="polite">
          {scheduleTitle(opened)}. <RichText parts={splitText(scheduleOutcome(opened), opens)} onOpen={onOpen} />
        </p>
      )}
    </div>
  )
}

interface CellsProps {
  schedules: TriedSchedule[]
  chosen: number | null
  onChoose: (index: number | null) => void
}

/** One stop of the Tab key, arrows between. */
function Cells({ schedules, chosen, onChoose }: CellsProps) {
  const [first] = schedules
  const notable =
    schedules.find(({ index }) => index === chosen) ?? schedules.find(({ verdict }) => verdict !== 'passed')
  const stop = (notable ?? first)?.index
  const move = (event: KeyboardEvent<HTMLElement>) => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
    const position = schedules.findIndex(({ index }) => index === stop) + step
    const next = schedules[position]
    if (step === 0 || !next) return
    event.preventDefault()
    onChoose(next.index)
    event.currentTarget.querySelectorAll('button')[position]?.focus()
  }
  return (
    <div className={styles.cells} role="toolbar" aria-label="Other schedules" onKeyDown={move}>
      {schedules.map((schedule) => (
        <button
          key={schedule.index}
          type="button"
          className={`${styles.cell} ${toneOf(schedule.verdict)}`}
          data-outcome={outcomeOf(schedule)}
          aria-pressed={schedule.index === chosen}
          aria-label={`${scheduleTitle(schedule)}: ${wordOf(schedule.verdict).toLowerCase()}`}
          title={`${scheduleTitle(schedule)}: ${wordOf(schedule.verdict).toLowerCase()}`}
          tabIndex={schedule.index === stop ? 0 : -1}
          onClick={() => onChoose(schedule.index === chosen ? null : schedule.index)}
        />
      ))}
    </div>
  )
}

/** Shape and height tell them apart without colour. */
function outcomeOf({ verdict, evidence }: TriedSchedule): 'passed' | 'doubtful' | 'shown' {
  if (verdict === 'passed') return 'passed'
  return evidence ? 'shown' : 'doubtful'
}
