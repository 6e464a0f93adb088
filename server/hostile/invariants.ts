import type { SupervisorEvent } from '@sandbox/protocol'
import type { Attack } from './corpus.ts'
import type { Observation } from './observation.ts'

/** Time that killing, cleaning up and a busy machine may add to a stage's limit. */
const STAGE_SLACK_MS = 3_000
/** What the supervisor itself and the kernel's bookkeeping may add to the largest process. */
const MEMORY_SLACK_BYTES = 32 * 1024 * 1024
/** The kernel charges in batches: a peak may be some pages beyond the limit. */
const CHARGE_SLACK_BYTES = 1024 * 1024
/** Events of one run beyond its output limit: dumps, race reports and JSON's own bytes. */
const MAX_EVIDENCE_BYTES = 8 * 1024 * 1024
/** What may leave a sandbox beside the program's output. */
const MAX_SANDBOX_BYTES = 16 * 1024 * 1024
/** Every text of judges/hidden_test.go that must stay there. */
const HIDDEN = /HIDDEN-(?:COMMENT|LITERAL|ARGUMENT|EXPECTED)-[0-9a-f]{8}/

/** What an attack's run did to the rules, one sentence each; the letter names the invariant. Empty: all held. */
export function brokenBy(attack: Attack, seen: Observation): string[] {
  return [
    ...verdictOf(attack, seen),
    ...limits(seen),
    ...evidence(seen),
    ...secrets(attack, seen),
    ...buffers(seen),
    ...endings(seen),
    ...texts(attack, seen),
  ]
}

function verdictOf({ verdicts }: Attack, { verdict }: Observation): string[] {
  if (verdicts.includes(verdict.verdict)) return []
  return [`the verdict is ${verdict.verdict}, not ${verdicts.join(' or ')}: ${verdict.summary}`]
}

/** C: limits held, during the build too. */
function limits({ job, supervisor, group }: Observation): string[] {
  const broken: string[] = []
  const building = elapsed(supervisor, ['load', 'compile', 'link'])
  const running = elapsed(supervisor, ['run'])
  if (building > job.limits.buildWallMs + STAGE_SLACK_MS) broken.push(`C: the build took ${Math.round(building)} ms`)
  if (running > job.limits.runWallMs + STAGE_SLACK_MS) broken.push(`C: the run took ${Math.round(running)} ms`)
  const largest = endedOf(supervisor)?.maxRssBytes ?? 0
  if (largest > job.limits.memoryBytes + MEMORY_SLACK_BYTES) broken.push(`C: a process held ${largest} bytes`)
  if (group === null) return broken
  if (group.memoryLimitBytes > job.limits.memoryBytes)
    broken.push(`C: the kernel's memory limit was ${group.memoryLimitBytes}`)
  if (group.memoryPeakBytes > job.limits.memoryBytes + CHARGE_SLACK_BYTES)
    broken.push(`C: the sandbox held ${group.memoryPeakBytes} bytes`)
  if (group.processLimit > job.limits.processes) broken.push(`C: the kernel's process limit was ${group.processLimit}`)
  return broken
}

function elapsed(supervisor: SupervisorEvent[], stages: string[]): number {
  const ends = supervisor.flatMap((event) =>
    event.type === 'stage' && event.state === 'end' && stages.includes(event.stage) ? [event.ms ?? 0] : [],
  )
  return ends.reduce((sum, ms) => sum + ms, 0)
}

/** E: passed only with a start and an end of every planned test, the final mark, exit code 0 and no anomaly. */
function evidence({ verdict, supervisor }: Observation): string[] {
  if (verdict.verdict !== 'passed') return []
  const told = supervisor.filter((event) => event.type === 'evidence')
  const planned = supervisor.flatMap((event) => (event.type === 'plan' ? event.tests : []))
  const complete = (name: string) =>
    told.some((event) => event.test === name && event.event === 'start') &&
    told.some((event) => event.test === name && event.event === 'end' && event.status !== 'failed')
  const ended = endedOf(supervisor)
  const broken: string[] = []
  if (planned.length === 0) broken.push('E: passed without a single planned test')
  for (const test of planned.filter((each) => !complete(each.name)))
    broken.push(`E: passed although ${test.name} did not`)
  if (!told.some((event) => event.event === 'finished')) broken.push('E: passed without the final mark')
  if (told.some((event) => event.event === 'forged')) broken.push('E: passed with forged evidence')
  if (ended?.exitCode !== 0 || ended.anomalies.length > 0) broken.push('E: passed without an orderly end')
  return broken
}

/** F: nothing that only the hidden tests say may reach a client. */
function secrets({ exposes = false }: Attack, { events, verdict }: Observation): string[] {
  const found = HIDDEN.exec(JSON.stringify([...events, verdict]))
  return found === null || exposes ? [] : [`F: a client was sent ${found[0]}`]
}

/** G: what a run can make us keep or send is bounded. */
function buffers({ job, eventBytes, sandboxBytes }: Observation): string[] {
  const broken: string[] = []
  // JSON needs six bytes for a control character.
  if (eventBytes > 6 * job.limits.outputBytes + MAX_EVIDENCE_BYTES) broken.push(`G: ${eventBytes} bytes of events`)
  if (sandboxBytes > job.limits.outputBytes + MAX_SANDBOX_BYTES)
    broken.push(`G: ${sandboxBytes} bytes left the sandbox`)
  return broken
}

/** H: one end, and nothing after it. */
function endings({ events, supervisor }: Observation): string[] {
  const ends = supervisor.filter((event) => event.type === 'ended').length
  const broken: string[] = []
  if (ends !== 1) broken.push(`H: the sandbox told ${ends} ends`)
  if (supervisor.at(-1)?.type !== 'ended') broken.push('H: the end was not the last that the sandbox told')
  if (events.some((event) => event.type === 'verdict')) broken.push('H: a verdict came before the end')
  return broken
}

function texts({ forbid = [], require = [] }: Attack, { events, verdict }: Observation): string[] {
  const said = JSON.stringify([...events, verdict])
  return [
    ...new Set([...said.matchAll(/BREACH: [^"\\]{1,120}/g)].map((breach) => `D: ${breach[0]}`)),
    ...forbid.filter((text) => said.includes(text)).map((text) => `D: a client was sent "${text}"`),
    ...require.filter((text) => !said.includes(text)).map((text) => `nothing says "${text}"`),
  ]
}

function endedOf(supervisor: SupervisorEvent[]): Extract<SupervisorEvent, { type: 'ended' }> | undefined {
  return supervisor.find((event) => event.type === 'ended')
}
