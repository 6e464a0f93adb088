import type { RunState } from './run.ts'

/** What is said of the other schedules that a run was tried under. */
export function scheduleWords({ schedules, exploring }: Pick<RunState, 'schedules' | 'exploring'>): string {
  const found = schedules.find(({ evidence }) => evidence)
  const slow = schedules.filter(({ verdict, evidence }) => verdict !== 'passed' && !evidence).length
  const count = `${schedules.length} other ${schedules.length === 1 ? 'schedule' : 'schedules'}`
  if (found) return `${count}: the last one, with GOMAXPROCS ${found.processors}, showed it`
  const unfinished = slow > 0 ? `; ${slow} did not end in time` : ''
  return exploring
    ? `Trying other schedules: ${schedules.length} so far${unfinished}`
    : `${count}, the same result${unfinished}`
}
