import { jobOf } from '../src/runs/plan.ts'
import { type Attack, planAttack } from './corpus.ts'
import { brokenBy } from './invariants.ts'
import { observe } from './observation.ts'
import { type HostileCase, type Result, type Target, withBait } from './target.ts'

/** Attacks of one name are variants of it: one case, run one after the other. */
export function attackCases(attacks: readonly Attack[]): HostileCase[] {
  const names = [...new Set(attacks.map(({ name }) => name))]
  return names.map((name) => attackCase(attacks.filter((attack) => attack.name === name)))
}

/** Submissions as a case: planned as the server plans it, run in a sandbox of its own, held against every rule. */
function attackCase(variants: readonly Attack[]): HostileCase {
  const [{ name, what, residual } = { name: '', what: '', residual: undefined }] = variants
  return { name, what, residual, run: (target) => runAll(variants, target) }
}

async function runAll(variants: readonly Attack[], target: Target): Promise<Result> {
  const results: Result[] = []
  for (const attack of variants) results.push(await run(attack, target))
  return {
    got: [...new Set(results.map(({ got }) => got))].join(', '),
    broken: results.flatMap(({ broken }) => broken),
  }
}

async function run(attack: Attack, target: Target): Promise<Result> {
  const files = attack.files.map((file) => ({ ...file, text: withBait(file.text, target.bait) }))
  const plan = await planAttack({ ...attack, files }, target)
  if (plan.type === 'rejected') {
    const expected = attack.verdicts.includes('rejected')
    return { got: 'rejected', broken: expected ? [] : [`it was rejected: ${plan.message}`] }
  }
  const touchedBefore = target.bait.touched.length
  const seen = await observe(target.driver, jobOf(plan))
  const touched = target.bait.touched.slice(touchedBefore).map((what) => `D: reached ${what}`)
  return { got: seen.verdict.verdict, broken: [...brokenBy(attack, seen), ...touched] }
}
