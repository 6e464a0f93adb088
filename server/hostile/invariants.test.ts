import type { RunEvent, SupervisorEvent, VerdictEvent } from '@sandbox/protocol'
import { describe, expect, it } from 'vitest'
import { DEFAULT_LIMITS } from '../src/sandbox/limits.ts'
import type { Attack } from './corpus.ts'
import { brokenBy } from './invariants.ts'
import type { Observation } from './observation.ts'

const ATTACK: Attack = { name: 'a/b', what: 'tries', judge: 'run', verdicts: ['passed'], files: [], goMod: null }

const ENDED: SupervisorEvent = {
  type: 'ended',
  outcome: 'exited',
  stage: 'run',
  exitCode: 0,
  signal: null,
  cpuMs: 10,
  maxRssBytes: 1000,
  anomalies: [],
  clean: true,
}

const PASSING: SupervisorEvent[] = [
  { type: 'plan', tests: [{ name: 'TestA', file: 'a_test.go', line: 3, hidden: false }], loops: [] },
  { type: 'evidence', event: 'start', test: 'TestA' },
  { type: 'evidence', event: 'end', test: 'TestA', status: 'passed' },
  { type: 'evidence', event: 'finished', races: 0, goroutines: 0, leaked: 0 },
  ENDED,
]

const VERDICT: VerdictEvent = {
  type: 'verdict',
  verdict: 'passed',
  summary: 'Passed.',
  others: [],
  timings: { queue: 0, sandbox: 0, load: 0, compile: 0, vet: 0, link: 0, run: 0, total: 0 },
  tests: { passed: 1, failed: 0, total: 1 },
}

function observed(parts: Partial<Observation>): Observation {
  return {
    job: {
      type: 'test',
      importPath: 'sandbox/attack',
      goVersion: '1.26',
      files: [],
      rules: { imports: null, strict: true },
      race: true,
      vetTests: false,
      limits: DEFAULT_LIMITS,
    },
    sandbox: 'box',
    events: [],
    verdict: VERDICT,
    supervisor: PASSING,
    eventBytes: 100,
    sandboxBytes: 100,
    group: null,
    ...parts,
  }
}

function printed(text: string): RunEvent[] {
  return [{ type: 'output', stream: 'stdout', test: null, text }]
}

const without = (event: string) => PASSING.filter((each) => each.type !== 'evidence' || each.event !== event)
const group = { memoryLimitBytes: 2 ** 30, memoryPeakBytes: 2 ** 20, processLimit: 256 }

describe('the rules that no attack may break', () => {
  it('hold for a run that passes in good order', () => {
    expect(brokenBy(ATTACK, observed({ group }))).toEqual([])
  })

  it.each<[string, Partial<Observation>, RegExp]>([
    ['another verdict', { verdict: { ...VERDICT, verdict: 'failed' } }, /the verdict is failed/],
    [
      'a run beyond its time',
      { supervisor: [...PASSING.slice(0, -1), { type: 'stage', stage: 'run', state: 'end', ms: 60_000 }, ENDED] },
      /^C: the run took/,
    ],
    [
      'a build beyond its time',
      { supervisor: [...PASSING.slice(0, -1), { type: 'stage', stage: 'compile', state: 'end', ms: 60_000 }, ENDED] },
      /^C: the build took/,
    ],
    [
      'a process beyond its memory',
      { supervisor: [...PASSING.slice(0, -1), { ...ENDED, maxRssBytes: 2 ** 31 }] },
      /^C: a process held/,
    ],
    [
      'a kernel limit that was not set',
      { group: { ...group, memoryLimitBytes: 2 ** 62 } },
      /^C: the kernel's memory limit/,
    ],
    [
      'a process limit that was not set',
      { group: { ...group, processLimit: Number.POSITIVE_INFINITY } },
      /^C: the kernel's process limit/,
    ],
    ['a pass without a start', { supervisor: without('start') }, /^E: passed although TestA/],
    ['a pass without an end', { supervisor: without('end') }, /^E: passed although TestA/],
    ['a pass without the final mark', { supervisor: without('finished') }, /^E: passed without the final mark/],
    ['a pass without a test', { supervisor: PASSING.slice(1) }, /^E: passed without a single planned test/],
    [
      'a pass with another exit code',
      { supervisor: [...PASSING.slice(0, -1), { ...ENDED, exitCode: 2 }] },
      /^E: passed without an orderly end/,
    ],
    [
      'a pass with an anomaly',
      { supervisor: [...PASSING.slice(0, -1), { ...ENDED, anomalies: ['odd'] }] },
      /^E: passed without an orderly end/,
    ],
    ['hidden text in the output', { events: printed('HIDDEN-LITERAL-591785b7') }, /^F: a client was sent/],
    ['too many bytes of events', { eventBytes: 2 ** 30 }, /^G:/],
    ['too many bytes out of the sandbox', { sandboxBytes: 2 ** 30 }, /^G:/],
    ['two ends', { supervisor: [...PASSING, ENDED] }, /^H: the sandbox told 2 ends/],
    [
      'something after the end',
      { supervisor: [...PASSING, { type: 'vet', text: '{}' }] },
      /^H: the end was not the last/,
    ],
    ['a verdict among the events', { events: [VERDICT] }, /^H: a verdict came before the end/],
    ['a breach that the program reports', { events: printed('BREACH: read /etc/shadow') }, /^D: BREACH: read/],
  ])('tell of %s', (_, parts, sentence) => {
    expect(brokenBy(ATTACK, observed(parts)).join('\n')).toMatch(sentence)
  })

  it('tell of texts that must or must not be said', () => {
    const attack = { ...ATTACK, forbid: ['root:x:0'], require: ['200'] }
    expect(brokenBy(attack, observed({ events: printed('root:x:0') }))).toEqual([
      'D: a client was sent "root:x:0"',
      'nothing says "200"',
    ])
  })
})
