import { readFile } from 'node:fs/promises'
import type { Job, Limits, SupervisorEvent } from '@sandbox/protocol'
import type { Sandbox, SandboxDriver } from './driver.ts'

export type SelfTestResult = { ok: true } | { ok: false; reasons: string[] }

/** What a sandbox must show before it may judge anybody: one job, so that the start is not held up. */
export async function selfTest(driver: SandboxDriver, limits: Limits): Promise<SelfTestResult> {
  const sandbox = await driver.open(limits)
  try {
    const seen = await observe(sandbox, await selfTestJob(limits))
    const reasons = faultsOf(seen)
    return reasons.length === 0 ? { ok: true } : { ok: false, reasons }
  } finally {
    await sandbox.destroy()
  }
}

interface Seen {
  statuses: Map<string, string>
  races: number
  raceText: string
  compiler: string
  outcome: string
}

/** The tests are not in a .go file, which tools would take for a part of this project. */
async function selfTestJob(limits: Limits): Promise<Job> {
  const text = await readFile(new URL('self-test.go.txt', import.meta.url), 'utf8')
  return {
    type: 'test',
    importPath: 'sandbox/selftest',
    goVersion: '1.26',
    files: [{ name: 'selftest_test.go', text, owner: 'judge' }],
    rules: { imports: null, strict: true },
    race: true,
    vetTests: false,
    limits,
  }
}

async function observe(sandbox: Sandbox, job: Job): Promise<Seen> {
  const seen: Seen = { statuses: new Map(), races: 0, raceText: '', compiler: '', outcome: '' }
  for await (const event of sandbox.run(job, new AbortController().signal)) {
    if (event.type === 'event') note(seen, event.event)
    else if (event.kind === 'race') seen.raceText += event.bytes.toString()
  }
  return seen
}

function note(seen: Seen, event: SupervisorEvent): void {
  if (event.type === 'compiler') seen.compiler += event.text
  if (event.type === 'ended') seen.outcome = event.outcome
  if (event.type !== 'evidence') return
  if (event.event === 'end' && event.test) seen.statuses.set(event.test, event.status ?? '')
  if (event.event === 'finished') seen.races += event.races ?? 0
}

function faultsOf(seen: Seen): string[] {
  if (seen.outcome !== 'exited') {
    return [`The sandbox's self-test did not run to its end (${seen.outcome}). ${seen.compiler}`.trim()]
  }
  const faults: [boolean, string][] = [
    [seen.races > 0 && seen.raceText.includes('selftest_test.go:'), 'The sandbox did not catch a known race.'],
    [seen.statuses.get('TestClean') === 'passed', 'The sandbox did not pass a correct program.'],
    [seen.statuses.get('TestNoNetwork') === 'passed', 'The sandbox has a network.'],
  ]
  return faults.filter(([fine]) => !fine).map(([, reason]) => reason)
}
