import type { InterviewRun } from '@sandbox/protocol'

/** Runs of one exercise that follow each other. */
export interface RunGroup {
  exercise: string
  runs: { run: InterviewRun; number: number }[]
}

/** All runs in order, numbered from 1, grouped where the exercise changes. */
export function runGroups(runs: readonly InterviewRun[]): RunGroup[] {
  const groups: RunGroup[] = []
  for (const [index, run] of runs.entries()) {
    const last = groups.at(-1)
    const numbered = { run, number: index + 1 }
    if (last?.exercise === run.exercise) last.runs.push(numbered)
    else groups.push({ exercise: run.exercise, runs: [numbered] })
  }
  return groups
}

/** The run that a key goes to from the one shown; null where it goes nowhere. */
export function runByKey(runs: readonly InterviewRun[], shown: string | null, key: string): string | null {
  const index = runs.findIndex(({ id }) => id === shown)
  const to = { ArrowLeft: Math.max(0, index - 1), ArrowRight: index + 1, Home: 0, End: runs.length - 1 }[key]
  return to === undefined ? null : (runs[Math.min(to, runs.length - 1)]?.id ?? null)
}
