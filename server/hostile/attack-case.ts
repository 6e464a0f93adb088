import { type Attack, planAttack } from './corpus.ts'
import { brokenBy } from './invariants.ts'
import { observe } from './observation.ts'
import { type HostileCase, type Result, type Target, withBait } from './target.ts'

/** A submission as a case: planned as the server plans it, run in a sandbox of its own, held against every rule. */
export function attackCase(attack: Attack): HostileCase {
  return { name: attack.name, what: attack.what, residual: attack.residual, run: (target) => run(attack, target) }
}

async function run(attack: Attack, target: Target): Promise<Result> {
  const files = attack.files.map((file) => ({ ...file, text: withBait(file.text, target.bait) }))
  const plan = await planAttack({ ...attack, files }, target)
  if (plan.type === 'rejected') {
    const expected = attack.verdicts.includes('rejected')
    return { got: 'rejected', broken: expected ? [] : [`it was rejected: ${plan.message}`] }
  }
  const touchedBefore = target.bait.touched.length
  const seen = await observe(target.driver, plan.job)
  const touched = target.bait.touched.slice(touchedBefore).map((what) => `D: reached ${what}`)
  return { got: seen.verdict.verdict, broken: [...brokenBy(attack, seen), ...touched] }
}
