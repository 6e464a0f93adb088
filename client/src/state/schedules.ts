import type { RunState, TriedSchedule } from './run.ts'

/** What is said of the other schedules that a run was tried under. */
export function scheduleWords({ schedules, exploring }: Pick<RunState, 'schedules' | 'exploring'>): string {
  const found = schedules.find(({ evidence }) => evidence)
  const others = schedules.filter(({ verdict, evidence }) => verdict !== 'passed' && !evidence)
  const slow = others.filter(({ verdict }) => verdict === 'timeout').length
  const count = `${schedules.length} other ${schedules.length === 1 ? 'schedule' : 'schedules'}`
  const which = schedules.length === 1 ? ',' : ': the last one,'
  if (found) return `${count}${which} with GOMAXPROCS ${found.processors}, showed it`
  const unfinished = slow > 0 ? `; ${slow} did not end in time` : ''
  const doubtful = others.length > slow ? `; ${others.length - slow} to look at` : ''
  const notes = `${unfinished}${doubtful}`
  return exploring
    ? `Trying other schedules: ${schedules.length} so far${notes}`
    : `${count}, ${doubtful === '' ? 'the same result' : 'nothing proved'}${notes}`
}

/** Cells of the strip at most: of more schedules each cell stands for several. */
const MAX_CELLS = 150

/** The schedules that the strip shows: of each few one that did not pass, if there is any. */
export function cellsOf(schedules: readonly TriedSchedule[]): TriedSchedule[] {
  const each = Math.ceil(schedules.length / MAX_CELLS)
  if (each <= 1) return [...schedules]
  return Array.from({ length: Math.ceil(schedules.length / each) }, (_, cell) => {
    const few = schedules.slice(cell * each, (cell + 1) * each)
    return few.find(({ evidence }) => evidence) ?? few.find(({ verdict }) => verdict !== 'passed') ?? few[0]
  }).filter((one) => one !== undefined)
}

/** More schedules may be tried once the usual ones showed nothing. */
export function mayTryLonger({ phase, schedules, exploring, description }: RunState): boolean {
  const passed = phase.type === 'ended' && phase.verdict.verdict === 'passed'
  return passed && !exploring && schedules.length > 0 && !description.longer
}

/** One schedule in words: `Schedule 7: GOMAXPROCS 2, goroutines made to give way (seed 4), 61 ms`. */
export function scheduleTitle({ index, processors, seed, ms }: TriedSchedule): string {
  const order = seed === 0 ? '' : `, goroutines made to give way (seed ${seed})`
  return `Schedule ${index}: GOMAXPROCS ${processors}${order}, ${Math.round(ms)} ms`
}

/** Ends that a failed test can lead to. */
function isProblem(verdict: TriedSchedule['verdict']): boolean {
  return ['failed', 'race', 'panic', 'deadlock', 'leak'].includes(verdict)
}

/** What one schedule came to. */
export function scheduleOutcome({ verdict, seed, evidence, summary }: TriedSchedule): string {
  if (verdict === 'passed') return 'Passed, like the first run.'
  if (evidence) return summary
  if (verdict === 'timeout') {
    const excuse = seed === 0 ? 'On a busy machine every schedule may' : 'Under such pressure right code may'
    return `${summary} ${excuse}, so it decides nothing.`
  }
  if (!isProblem(verdict)) return `${summary} It decides nothing.`
  const pressed =
    seed === 0
      ? ''
      : ' Under such pressure a test that relies on time may fail in right code, so it decides nothing: look at it.'
  return `${summary}${pressed}`
}
