import { EVIDENCE_BY_STRENGTH, type Verdict } from '@sandbox/protocol'
import { type Findings, failedBeforeItsBubble, failedTests, unfinishedTests } from './findings.ts'

type Evidence = (typeof EVIDENCE_BY_STRENGTH)[number]

/** What a run came to, and the other evidence of it, strongest first. */
export interface Decision {
  verdict: Verdict
  others: Verdict[]
}

/**
 * Terminators win, then the strongest evidence. Passed is what is left when nothing at all is missing: every planned
 * test has reported its end, and nothing contradicts that. Printed text decides nothing in the candidate's favour.
 */
export function decide(findings: Findings): Decision {
  const refused = refusal(findings)
  if (refused) return { verdict: refused, others: [] }
  const evidence = evidenceOf(findings)
  const terminator = terminatorOf(findings)
  if (terminator) return { verdict: terminator, others: evidence }
  const [strongest, ...others] = evidence
  // With a forged record on the channel no report of it is believed, but a race or a panic is seen elsewhere.
  if (strongest && !(strongest === 'failed' && findings.forged)) return { verdict: strongest, others }
  return { verdict: whyVoid(findings) === null ? 'passed' : 'void', others: evidence }
}

/** Ends before any test ran, and ends of which nothing of the program can be said. */
function refusal({ ended, rejected, diagnostics }: Findings): Verdict | null {
  if (!ended || ended.outcome === 'sandbox-lost') return 'internal-error'
  if (ended.outcome === 'cancelled') return null
  if (ended.outcome === 'rejected' || rejected) return 'rejected'
  if (ended.outcome === 'build-failed') return 'compile-error'
  const gated = ended.outcome === 'exited' && diagnostics.some(({ severity }) => severity === 'error')
  return gated ? 'compile-error' : null
}

function terminatorOf({ ended, lastWords }: Findings): Verdict | null {
  switch (ended?.outcome) {
    case 'cancelled':
    case 'timeout':
    case 'out-of-memory':
    case 'output-limit':
      return ended.outcome
    default:
      break
  }
  const { meaning } = lastWords
  const died = ended?.outcome === 'exited' && crashed(ended)
  return died && (meaning === 'timeout' || meaning === 'out-of-memory') ? meaning : null
}

/** The runtime's own deaths: exit code 2, a signal, or the race runtime's 66. */
function crashed(ended: NonNullable<Findings['ended']>): boolean {
  return ended.exitCode === 2 || ended.exitCode === 66 || ended.signal !== null
}

function evidenceOf(findings: Findings): Evidence[] {
  const found: Record<Evidence, boolean> = {
    race: findings.raceReports > 0 || (findings.finished?.races ?? 0) > 0,
    panic: hasPanic(findings),
    deadlock: hasDeadlock(findings),
    leak: hasLeak(findings),
    failed: false,
  }
  const stronger = found.race || found.panic || found.deadlock
  const gaveUp = failedBeforeItsBubble(findings)
  found.failed = gaveUp || (stronger ? failedByItself(findings) : hasFailed(findings))
  const kinds = EVIDENCE_BY_STRENGTH.filter((kind) => found[kind])
  return gaveUp ? [...kinds.filter((kind) => kind !== 'deadlock'), 'deadlock'] : kinds
}

function hasPanic({ ended, lastWords, goroutineLimit }: Findings): boolean {
  if (ended?.outcome !== 'exited' || !crashed(ended)) return false
  return lastWords.meaning === 'panic' || goroutineLimit !== null
}

function hasDeadlock({ ended, lastWords }: Findings): boolean {
  if (ended?.outcome === 'hang') return true
  return ended?.outcome === 'exited' && crashed(ended) && lastWords.meaning === 'deadlock'
}

function hasLeak({ finished, dumps }: Findings): boolean {
  if (finished) return finished.leaked > 0
  return dumps.some(({ reason, goroutines }) => reason === 'leak' && goroutines.some(({ leaked }) => leaked))
}

/** A leak alone leaves the exit code at 0: a failing one has a failure of its own. */
function hasFailed(findings: Findings): boolean {
  const { ended } = findings
  if (failedTests(findings).length > 0) return true
  if (ended?.outcome !== 'exited') return false
  return ended.exitCode !== 0
}

/** Beside a race or a panic, which fail a test too, only a test that says something of its own has failed by itself. */
function failedByItself(findings: Findings): boolean {
  const { messages } = findings.displayed
  const blamed = findings.lastWords.panic?.test
  return failedTests(findings).some((test) => {
    if (test === blamed) return false
    for (const [name, { isLog }] of messages) {
      const inTest = name === test || name.startsWith(`${test}/`)
      if (!isLog && inTest && findings.displayed.failed.has(name)) return true
    }
    return false
  })
}

/** Why a run without evidence against it has not passed: one sentence; null where nothing is missing. */
export function whyVoid(findings: Findings): string | null {
  const { ended, plan, tests, finished, forged } = findings
  if (forged) return 'something other than the tests wrote to the channel on which they report'
  if (plan.length === 0) return 'there is no test to judge by'
  const missing = plan.find(({ name }) => !tests.has(name))
  if (!finished && missing) return `the process ended before ${missing.name} ran`
  if (missing) return `${missing.name} never ran`
  const [unfinished] = unfinishedTests(findings)
  if (unfinished) return `${unfinished} began and never reported its end`
  if (!finished) return 'the process ended without reporting that all tests were done'
  if (ended?.outcome !== 'exited' || ended.exitCode !== 0 || ended.signal) return 'the process did not end as it should'
  const [anomaly] = ended.anomalies
  return anomaly ?? null
}
