import type { Verdict } from '@sandbox/protocol'
import type { GoVerdict } from './account.ts'

/**
 * The one mapping between what `go test -race` says and what we say. docs/decisions explains each line. What lies
 * outside it is a difference, unless cases.json names the package and the reason.
 */
const SAME: Record<GoVerdict, readonly Verdict[]> = {
  ok: ['passed'],
  'no-test-files': ['void'],
  failed: ['failed'],
  race: ['race'],
  panic: ['panic'],
  // A hang that is proved is a deadlock, and told long before the timeout.
  timeout: ['deadlock', 'timeout'],
  'synctest-deadlock': ['deadlock'],
  'build-failed': ['compile-error'],
  // What the go command refuses before it compiles, we refuse by our rules or as a load error.
  'setup-failed': ['compile-error', 'rejected'],
  refused: ['rejected'],
}

/** Whether our verdict is the one that stands for go's. */
export function means(go: GoVerdict, ours: Verdict): boolean {
  return SAME[go].includes(ours)
}

/** Go verdicts of which the compared story ends where the program was stopped, not where the go command gave up. */
export function isCutShort(go: GoVerdict): boolean {
  return go === 'timeout'
}
