import type { Interview, InterviewRun } from './state.ts'

/** From the first race that was found in an exercise to the first run of it that passed. */
export interface RaceToFix {
  exercise: string
  /** The run that found the race. */
  race: string
  from: number
  /** The run that passed, and when; null where none did. */
  fix: string | null
  to: number | null
}

/** When the clock was started, or, without a clock, the first exercise was opened; milliseconds since the interview was made. */
export function startOf({ clock, opened, runs }: Pick<Interview, 'clock' | 'opened' | 'runs'>): number {
  return clock.startedAt ?? opened[0]?.at ?? runs[0]?.at ?? 0
}

/** How long it took from the first race to a pass, by exercise, in the order of the races. Times are those of the runs' starts. */
export function racesToFix(runs: readonly InterviewRun[]): RaceToFix[] {
  const found = new Map<string, RaceToFix>()
  for (const { id, exercise, at, verdict } of runs.filter((run) => run.insight === undefined)) {
    const known = found.get(exercise)
    if (verdict === 'race' && !known) found.set(exercise, { exercise, race: id, from: at, fix: null, to: null })
    if (verdict === 'passed' && known?.fix === null) found.set(exercise, { ...known, fix: id, to: at })
  }
  return [...found.values()]
}

const SECOND_MS = 1000

/** A moment on an interview's clock: `00:13:02`, `−00:02:10` before its start. */
export function stampOf(ms: number): string {
  const seconds = Math.floor(Math.abs(ms) / SECOND_MS)
  const digits = [seconds / 3600, (seconds / 60) % 60, seconds % 60].map((part) =>
    String(Math.floor(part)).padStart(2, '0'),
  )
  return `${ms <= -SECOND_MS ? '−' : ''}${digits.join(':')}`
}

/** How long something took: `5 min 22 s`, `90 min`, `22 s`. */
export function durationWords(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / SECOND_MS))
  const parts = [
    [Math.floor(seconds / 60), 'min'],
    [seconds % 60, 's'],
  ] as const
  const words = parts.filter(([amount]) => amount > 0).map(([amount, unit]) => `${amount} ${unit}`)
  return words.join(' ') || '0 s'
}
