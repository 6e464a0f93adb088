import { honestJob } from './neighbour-cases.ts'
import { observe } from './observation.ts'
import { sealOf } from './seal.ts'
import type { HostileCase, Result, Target } from './target.ts'
import { findTraces, newTraces } from './traces.ts'

/** One case on one driver: `broken` holds every rule that did not hold, its own and those that hold for all. */
export type CaseResult = Result & { name: string; driver: string; residual: string | undefined; ms: number }

/** Runs the cases one after the other; after each, whatever must be as before is looked at. */
export async function runCorpus(
  target: Target,
  cases: readonly HostileCase[],
  told: (result: CaseResult) => void,
): Promise<CaseResult[]> {
  const results: CaseResult[] = []
  const contents = await sealOf(target, 'full')
  for (const each of cases) {
    const result = await runCase(target, each)
    told(result)
    results.push(result)
  }
  if ((await sealOf(target, 'full')) !== contents) {
    results.push({
      ...unchangedTree,
      driver: target.driver.name,
      broken: ['I: the sandbox tree or its image has changed'],
    })
  }
  return results
}

const unchangedTree = { name: 'the tree after the whole corpus', got: 'changed', residual: undefined, ms: 0 }

async function runCase(target: Target, each: HostileCase): Promise<CaseResult> {
  const { name, residual, prepare, run } = each
  const began = performance.now()
  await prepare?.(target)
  const before = await findTraces(target.traces)
  const seal = await sealOf(target, 'quick')
  const result = await run(target).catch(thrown)
  const broken = [
    ...result.broken,
    ...newTraces(before, await findTraces(target.traces)),
    ...((await sealOf(target, 'quick')) === seal ? [] : ['I: a file of the sandbox tree, or its image, has changed']),
    ...(await (each.stillAnswers ?? stillAnswers)(target)),
  ]
  return { name, driver: target.driver.name, residual, got: result.got, broken, ms: performance.now() - began }
}

/** A: an honest run passes as if nothing had happened. */
async function stillAnswers({ driver }: Target): Promise<string[]> {
  const seen = await observe(driver, honestJob()).catch(thrown)
  if ('broken' in seen) return [`A: no honest run is possible any more: ${seen.broken.join(' ')}`]
  const { verdict, summary } = seen.verdict
  return verdict === 'passed' ? [] : [`A: an honest run afterwards is ${verdict}: ${summary}`]
}

/** The platform failed: to a case that is a broken rule like any other. */
function thrown(error: unknown): Result {
  const causes: string[] = []
  for (let each: unknown = error; each instanceof Error; each = each.cause) causes.push(each.message)
  return { got: 'an error of ours', broken: [`it threw: ${causes.join(': ')}`] }
}
