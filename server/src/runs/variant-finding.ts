import type { Verdict, VerdictEvent } from '@sandbox/protocol'
import type { Variant } from '../exercises/modes.ts'

/**
 * What the candidate's tests made of a variant. `caught` and `accepted` are right for a wrong and a right one, `missed` and
 * `refused` are not. `unfit`: the tests themselves cannot be used, or the run was stopped.
 */
export type VariantFinding = 'caught' | 'missed' | 'accepted' | 'refused' | 'unfit'

/** Verdicts that find fault with the code. */
const FAULTS: readonly Verdict[] = ['race', 'deadlock', 'leak', 'panic', 'failed']
/** Verdicts that say nothing of a variant. */
const UNFIT: readonly Verdict[] = ['compile-error', 'rejected', 'cancelled', 'void', 'internal-error']

export function findingOf(
  { kind, mayTimeOut }: Pick<Variant, 'kind' | 'mayTimeOut'>,
  told: VerdictEvent,
): VariantFinding {
  const { verdict, timings } = told
  const inBuild = verdict !== 'passed' && timings.run === 0
  if (UNFIT.includes(verdict) || inBuild) return 'unfit'
  if (kind === 'right') return verdict === 'passed' ? 'accepted' : 'refused'
  return FAULTS.includes(verdict) || (verdict === 'timeout' && mayTimeOut) ? 'caught' : 'missed'
}
