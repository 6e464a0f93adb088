/** One thing that was tried. `reason` is null when it went well. */
export interface Case {
  name: string
  reason: string | null
}

/** What every `check:*` command prints with `--json`. */
export interface Tally {
  cases: number
  passed: number
  failed: { name: string; reason: string }[]
}

/** Longer reasons are cut in the table; `--json` has them whole. */
const MAX_REASON_LINES = 30

/** Counts the cases. None at all is a failure: a check that tried nothing has shown nothing. */
export function tally(cases: readonly Case[]): Tally {
  const failed = cases.flatMap(({ name, reason }) => (reason === null ? [] : [{ name, reason }]))
  if (cases.length === 0) failed.push({ name: 'anything at all', reason: 'nothing was tried' })
  return { cases: cases.length, passed: cases.filter(({ reason }) => reason === null).length, failed }
}

/** The reason as it is printed under a failed case, indented. */
export function indented(reason: string): string {
  const lines = reason.trimEnd().split('\n')
  const shown = lines.slice(0, MAX_REASON_LINES)
  if (lines.length > shown.length) shown.push(`… ${lines.length - shown.length} more lines`)
  return shown.map((line) => `    ${line}\n`).join('')
}

/** The line that ends every test command. */
export function lastLine(result: Tally): string {
  return `${result.passed} passed, ${result.failed.length} failed`
}
