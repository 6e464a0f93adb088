import type {
  Diagnostic,
  Job,
  Panic,
  Race,
  RunEvent,
  Stage,
  SupervisorEvent,
  Timeline,
  Timings,
  VerdictEvent,
} from '@sandbox/protocol'
import { assertNever } from '../assert-never.ts'
import { ArtifactCollector } from '../reports/artifact.ts'
import { parseCompilerOutput } from '../reports/compiler.ts'
import { parseEscapes } from '../reports/escapes.ts'
import { GcTraceParser } from '../reports/gc-trace.ts'
import { LineSplitter } from '../reports/lines.ts'
import { type LastWords, MAX_PANIC_CHARS, NO_WORDS, PanicParser } from '../reports/panic.ts'
import { RaceParser } from '../reports/race-report.ts'
import { redactPositions, type Sources, sourcesOf } from '../reports/sources.ts'
import { parseVetOutput } from '../reports/vet.ts'
import type { SandboxEvent } from '../sandbox/driver.ts'
import { Dumps, goroutinesEvent } from './dumps.ts'
import {
  type Ended,
  type Findings,
  type Finished,
  failedTests,
  type LeftOut,
  type Plan,
  passedTests,
  type Rejected,
  reasonOf,
  type TestEvidence,
} from './findings.ts'
import { leftoversIn, leftoversOf } from './leftovers.ts'
import { memoryEvents } from './memory-events.ts'
import { atPlace } from './places.ts'
import { profileEvent } from './profile-events.ts'
import { summarise } from './summary.ts'
import { TestDisplay } from './test-display.ts'
import { timelineEvents } from './timeline-events.ts'
import { decide } from './verdict.ts'

type TestJob = Extract<Job, { type: 'test' }>
type EvidenceEvent = Extract<SupervisorEvent, { type: 'evidence' }>

/** Diagnostics kept of one run; tests whose evidence is kept. */
const MAX_KEPT_DIAGNOSTICS = 200
const MAX_TESTS = 5000

/** What the build says where a file is missing that would have declared something. */
const MISSES_SOMETHING =
  /\bundefined\b|could not import|missing (?:method|function body)|build constraints exclude all Go files/

const ACTION_OF_STATUS = { passed: 'pass', failed: 'fail', skipped: 'skip' } as const

export interface InterpreterOptions {
  job: TestJob
  /** A clock in milliseconds: it measures the stages whose end was never told. */
  now: () => number
  reasons?: Findings['reasons']
  /** Descriptor 2 has the collector's own lines, and nothing else of it is told. */
  gcTrace?: boolean
  /** Takes what is too large for an event. */
  keepTimeline?: (timeline: Timeline) => void
}

/**
 * Folds what a sandbox tells of one test job into run events, and at the end into one verdict.
 */
export class Interpreter {
  readonly #job: TestJob
  readonly #reasons: Findings['reasons']
  readonly #now: () => number
  readonly #keepTimeline: (timeline: Timeline) => void
  readonly #sources: Sources
  readonly #gcTrace: GcTraceParser | null
  readonly #display: TestDisplay
  readonly #raceParser: RaceParser
  readonly #panicParser: PanicParser
  readonly #stderrLines = new LineSplitter()
  readonly #begun = new Map<Stage, number>()
  readonly #timings: Timings = { queue: 0, sandbox: 0, load: 0, compile: 0, vet: 0, link: 0, run: 0, total: 0 }
  readonly #tests = new Map<string, TestEvidence>()
  /** How often each test began: repetitions are told by one of them. */
  readonly #starts = new Map<string, number>()
  readonly #diagnostics: Diagnostic[] = []
  readonly #leftOut: LeftOut[] = []
  #leftOutTold = false
  readonly #dumps: Dumps
  #artifact: ArtifactCollector | null = null
  #plan: Plan = []
  #rejected: Rejected | null = null
  #finished: Finished | null = null
  #forged = false
  #ended: Ended | null = null
  #runCpuMs: number | null = null
  #lastWords: LastWords = NO_WORDS

  constructor({ job, now, reasons = {}, gcTrace = false, keepTimeline = () => {} }: InterpreterOptions) {
    this.#keepTimeline = keepTimeline
    this.#job = job
    this.#gcTrace = gcTrace ? new GcTraceParser() : null
    this.#reasons = reasons
    this.#now = now
    this.#sources = sourcesOf(job)
    this.#display = new TestDisplay(this.#sources)
    this.#raceParser = new RaceParser(this.#sources)
    this.#panicParser = new PanicParser(this.#sources)
    this.#dumps = new Dumps(this.#sources)
  }

  /** The run events that follow from one sandbox event. Nothing that comes after `ended` counts. */
  push(event: SandboxEvent): RunEvent[] {
    if (this.#ended) return []
    return event.type === 'bytes' ? this.#bytes(event.kind, event.bytes) : this.#event(event.event)
  }

  /** The verdict. `queue`, `sandbox` and `total` of its timings are the caller's to fill. */
  finish(): VerdictEvent {
    const findings = this.#findings()
    const { verdict, others } = decide(findings)
    const reason = verdict === 'failed' ? reasonOf(findings) : null
    return {
      type: 'verdict',
      verdict,
      ...(reason ? { reason } : {}),
      summary: summarise(verdict, findings),
      others,
      timings: findings.timings,
      tests: {
        passed: passedTests(findings).length,
        failed: failedTests(findings).length,
        total: findings.plan.length,
      },
    }
  }

  #bytes(kind: Extract<SandboxEvent, { type: 'bytes' }>['kind'], bytes: Buffer): RunEvent[] {
    switch (kind) {
      case 'stdout':
        return this.#display.push(bytes)
      case 'stderr':
        this.#gcTrace?.push(bytes)
        if (this.#gcTrace) return []
        this.#panicParser.push(bytes)
        return this.#stderr(this.#stderrLines.push(bytes), '\n')
      case 'race':
        return this.#raceParser.push(bytes).map(raceEvent)
      case 'dump':
        this.#dumps.push(bytes)
        return []
      case 'artifact':
        this.#artifact?.push(bytes)
        return []
      default:
        return assertNever(kind)
    }
  }

  #event(event: SupervisorEvent): RunEvent[] {
    switch (event.type) {
      case 'ready':
      case 'formatted':
        return []
      case 'stage':
        return this.#stage(event)
      case 'rejected':
        this.#rejected ??= event
        return this.#diagnose([rejection(event)])
      case 'left-out':
        if (this.#leftOut.length < MAX_KEPT_DIAGNOSTICS) this.#leftOut.push(event)
        return []
      case 'compiler': {
        const source = event.stage === 'load' ? 'load' : 'compile'
        const errors = parseCompilerOutput(this.#sources, source, event.text)
        const decided = errors.some(({ message }) => MISSES_SOMETHING.test(message))
        return [...this.#tellLeftOut(decided ? 'error' : 'advice'), ...this.#diagnose(errors)]
      }
      case 'vet':
        return this.#diagnose(parseVetOutput(this.#sources, event.text))
      case 'plan':
        this.#plan = event.tests.slice(0, MAX_TESTS)
        this.#display.planned(this.#plan)
        this.#dumps.know(event.loops)
        return [{ type: 'plan', tests: this.#plan.map(({ name, hidden }) => ({ name, hidden })) }]
      case 'evidence':
        this.#evidence(event)
        return []
      case 'waits':
        this.#dumps.expect(event.text)
        return []
      case 'dump':
        return event.state === 'begin' ? this.#dumps.begin(event.reason) : this.#dumps.end()
      case 'escapes':
        return [{ type: 'escapes', ...parseEscapes(this.#sources, event.text) }]
      case 'collecting':
        this.#artifact = new ArtifactCollector(event.kind)
        return []
      case 'collected':
        return this.#collected(event)
      case 'ended':
        return this.#end(event)
      default:
        return assertNever(event)
    }
  }

  #stage(event: Extract<SupervisorEvent, { type: 'stage' }>): RunEvent[] {
    const { stage, state } = event
    if (state === 'begin') {
      this.#begun.set(stage, this.#now())
      const advice = stage === 'run' ? this.#tellLeftOut('advice') : []
      return [...advice, { type: 'stage', stage, state }]
    }
    if (stage === 'run') this.#runCpuMs = event.cpuMs ?? null
    const ms = event.ms ?? this.#sinceBegin(stage)
    this.#begun.delete(stage)
    this.#timings[stage] += ms
    return [{ type: 'stage', stage, state, ms }]
  }

  #sinceBegin(stage: Stage): number {
    const begun = this.#begun.get(stage)
    return begun === undefined ? 0 : Math.max(0, this.#now() - begun)
  }

  /** Once, when it is known whether the build fails for want of them: then they decided everything. */
  #tellLeftOut(severity: Diagnostic['severity']): RunEvent[] {
    if (this.#leftOutTold) return []
    this.#leftOutTold = true
    return this.#diagnose(this.#leftOut.map((event) => leftOut(event, severity)))
  }

  #diagnose(diagnostics: Diagnostic[]): RunEvent[] {
    if (diagnostics.length === 0) return []
    const room = MAX_KEPT_DIAGNOSTICS - this.#diagnostics.length
    this.#diagnostics.push(...diagnostics.slice(0, room))
    return [{ type: 'diagnostics', diagnostics }]
  }

  #evidence(event: EvidenceEvent): void {
    const name = event.test
    switch (event.event) {
      case 'start':
        if (name !== undefined && (this.#starts.size < MAX_TESTS || this.#starts.has(name)))
          this.#starts.set(name, (this.#starts.get(name) ?? 0) + 1)
        if (name !== undefined && this.#tests.size < MAX_TESTS && !this.#tests.has(name)) this.#tests.set(name, null)
        break
      case 'end':
        this.#endTest(event)
        break
      case 'finished':
        this.#finished = this.#finishedWith(event)
        break
      case 'forged':
        this.#forged = true
        break
      default:
        assertNever(event.event)
    }
  }

  /** The program counts whom the leak profile marks; the dump may prove more. */
  #finishedWith({ races = 0, goroutines = 0, leaked = 0 }: EvidenceEvent): Finished {
    const proved = Math.max(leaked, this.#dumps.leaked)
    return { races, goroutines: Math.max(goroutines, proved), leaked: proved }
  }

  /** An end without a start is no evidence. Of two ends the worse one counts (`-test.count`). */
  #endTest({ test, status }: EvidenceEvent): void {
    if (test === undefined || status === undefined) return
    const known = this.#tests.get(test)
    if (known === undefined || known === 'failed') return
    this.#tests.set(test, status)
  }

  #tellLeftovers(): RunEvent[] {
    const total = leftoversIn(this.#finished)
    if (total === 0) return []
    const dump = this.#dumps.taken.findLast(({ reason }) => reason === 'leak')
    const goroutines = dump ? leftoversOf(dump.goroutines, total) : []
    return [{ type: 'leftovers', goroutines, total }]
  }

  /** How often all tests ran, or began to. */
  #runs(): number {
    return Math.max(1, ...this.#starts.values())
  }

  #collected(event: Extract<SupervisorEvent, { type: 'collected' }>): RunEvent[] {
    const artifact = this.#artifact?.end(event)
    this.#artifact = null
    if (!artifact) return []
    const { kind } = artifact
    if (kind === 'trace') return timelineEvents(this.#sources, artifact, this.#keepTimeline)
    return [profileEvent(this.#sources, { ...artifact, kind }, this.#runs())]
  }

  #stderr(lines: string[], lineEnd: string): RunEvent[] {
    if (lines.length === 0) return []
    const text = redactPositions(this.#sources, lines.join('\n')) + lineEnd
    return [{ type: 'output', stream: 'stderr', test: null, text }]
  }

  #end(ended: Ended): RunEvent[] {
    const events = [
      ...this.#tellLeftOut('advice'),
      ...this.#display.end(ended.exitCode === 0),
      ...this.#stderr(this.#stderrLines.end(), ''),
      ...this.#raceParser.end().map(raceEvent),
      // Told again, now that it is known how often they happened.
      ...this.#raceParser.races.filter(({ count }) => count > 1).map(raceEvent),
      ...this.#dumps.end(),
      ...this.#tellLeftovers(),
      ...this.#untoldEnds(),
      ...memoryEvents(this.#gcTrace, this.#runs()),
    ]
    for (const stage of this.#begun.keys()) this.#timings[stage] += this.#sinceBegin(stage)
    this.#lastWords = this.#panicParser.end()
    this.#ended = ended
    return [...events, ...this.#tellLastWords()]
  }

  #untoldEnds(): RunEvent[] {
    return [...this.#tests].flatMap(([name, status]) =>
      status === null || status === 'unfinished' ? [] : this.#display.endOf(name, ACTION_OF_STATUS[status]),
    )
  }

  /** A panic is told when the verdict counts it as one: text alone, before a clean exit, is only output. */
  #tellLastWords(): RunEvent[] {
    const { panic, meaning, dump } = this.#lastWords
    const { verdict, others } = decide(this.#findings())
    const counted = [verdict, ...others]
    if (!panic || !meaning || !counted.includes(meaning)) return []
    const reason = meaning === 'out-of-memory' ? 'panic' : meaning
    const told: RunEvent[] = meaning === 'panic' ? [{ type: 'panic', panic: withEarlier(panic, this.#lastWords) }] : []
    return dump.total > 0 ? [...told, goroutinesEvent(reason, dump)] : told
  }

  #findings(): Findings {
    return {
      sources: this.#sources,
      limits: this.#job.limits,
      raceDetector: this.#job.race,
      reasons: this.#reasons,
      ended: this.#ended,
      runCpuMs: this.#runCpuMs,
      rejected: this.#rejected,
      diagnostics: this.#diagnostics,
      leftOut: this.#leftOut,
      plan: this.#plan,
      tests: this.#tests,
      finished: this.#finished,
      forged: this.#forged,
      races: this.#raceParser.races,
      raceReports: this.#raceParser.reports,
      goroutineLimit: this.#raceParser.goroutineLimit,
      lastWords: this.#lastWords,
      dumps: this.#dumps.taken,
      displayed: this.#display.displayed,
      timings: { ...this.#timings },
    }
  }
}

function raceEvent(race: Race): RunEvent {
  return { type: 'race', race }
}

function rejection({ file, line, column, message }: Rejected): Diagnostic {
  return { source: 'load', severity: 'error', file, line, column, message }
}

function leftOut({ file, line, message }: LeftOut, severity: Diagnostic['severity']): Diagnostic {
  return { source: 'load', severity, file, line, column: 1, message }
}

/** The panic with the story of those before it, oldest last: its message is text, and its place is the last panic's. */
function withEarlier(panic: Panic, { earlier, again }: LastWords): Panic {
  const repeated = again ? [`raised again ${atPlace(again)}`] : []
  const before = earlier
    .toReversed()
    .map(({ message, site }) => `while handling the panic${site ? ` ${atPlace(site)}` : ''}: ${message}`)
  return { ...panic, message: [panic.message, ...repeated, ...before].join('\n').slice(0, MAX_PANIC_CHARS) }
}
