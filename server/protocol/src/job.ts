import { z } from 'zod'
import { BesideVersion } from './benchmark.ts'
import { ArtifactKind } from './insight.ts'
import { Limits } from './limits.ts'
import { Stage } from './verdict.ts'

/**
 * What a server sends a supervisor, and what comes back. Both directions are frames:
 * 4 bytes big-endian length of the payload, 1 byte kind, payload. The Go side is sandbox-images/go/supervisor/wire.go.
 */
export const FrameKind = { json: 1, stdout: 2, stderr: 3, race: 4, dump: 5, artifact: 6 } as const
export type FrameKind = (typeof FrameKind)[keyof typeof FrameKind]

/** Seeds are 32 bits. */
export const MAX_SEED = 2 ** 32 - 1

/** Longest time for which tests are repeated, in ms: it is sent as 16 bits. */
export const MAX_REPEAT_MS = 2 ** 16 - 1

/** Larger frames are a broken or hostile supervisor. */
export const MAX_FRAME_BYTES = 4 * 1024 * 1024

export const JobFile = z.object({
  name: z.string(),
  text: z.string(),
  /** `candidate` files obey the rules; `judge` and `hidden` are ours. */
  owner: z.enum(['candidate', 'judge', 'hidden']),
})
export type JobFile = z.infer<typeof JobFile>

/** What is built, and within which limits. */
const build = {
  importPath: z.string(),
  /** For example `1.26`. */
  goVersion: z.string(),
  files: z.array(JobFile),
  rules: z.object({
    /** Import paths the candidate's files may use; null allows every importable std package but cgo, and the modules. */
    imports: z.array(z.string()).nullable(),
    /** Refuse what hides from the judge: //go:norace, //go:linkname, race build tags, runtime.RaceDisable. */
    strict: z.boolean(),
  }),
  race: z.boolean(),
  /**
   * Files of a second package, `<importPath>/reference`, which the judge's external tests may import, as they may
   * `gosandbox/measure`; the candidate's files may import neither.
   */
  reference: z.array(z.object({ name: z.string(), text: z.string() })).optional(),
  /** Vet the judge's test files too, as `go test` does. */
  vetTests: z.boolean(),
  limits: Limits,
}

export const Job = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('test'),
    ...build,
    /** GOMAXPROCS of the run, where it is not to be the usual one. */
    processors: z.number().int().positive().optional(),
    /** Keep the test binary, so that `again` can follow. A run could change it: a repetition accuses, it never clears. */
    keep: z.boolean().optional(),
    /** Files that the run is to write and that are sent when all its processes are dead. They are never evidence. */
    collect: z.array(ArtifactKind).optional(),
    /** Ask the compiler what of the tested package goes to the heap. */
    escapes: z.boolean().optional(),
  }),
  /** Builds another version of the package beside the binary that the test job before it kept, and runs nothing. */
  z.object({ type: z.literal('beside'), ...build, beside: BesideVersion }),
  /** Runs the binary that the test job before it kept. The next test job drops it. */
  z.object({
    type: z.literal('again'),
    limits: Limits,
    /** Runs this version, which was built beside it, in its place. */
    beside: BesideVersion.optional(),
    /** Runs each benchmark for so long, or once, in place of the tests. */
    benchtime: z
      .string()
      .regex(/^(?:1x|\d{1,4}ms)$/)
      .optional(),
    processors: z.number().int().positive().optional(),
    /** Goroutines give way to each other as this says; left out, or 0, they run as the scheduler has it. */
    seed: z.number().int().min(0).max(MAX_SEED).optional(),
    collect: z.array(ArtifactKind).optional(),
    /** Repeats all tests for so long, in one process, for what is collected: then what they print is dropped and bounds nothing. */
    repeatMs: z.number().int().positive().max(MAX_REPEAT_MS).optional(),
    /** The collector writes a line on each of its rounds to descriptor 2. */
    gcTrace: z.boolean().optional(),
  }),
  z.object({ type: z.literal('format'), file: JobFile }),
])
export type Job = z.infer<typeof Job>

/** How a job ended, as the supervisor or the driver saw it. The first cause wins. */
export const Outcome = z.enum([
  'exited',
  'rejected',
  'build-failed',
  'hang',
  'timeout',
  'out-of-memory',
  'output-limit',
  'cancelled',
  'sandbox-lost',
])
export type Outcome = z.infer<typeof Outcome>

/** JSON frames of a supervisor. */
export const SupervisorEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready'), goVersion: z.string() }),
  /** Before the build: a rule was broken. */
  z.object({
    type: z.literal('rejected'),
    file: z.string(),
    line: z.number().int(),
    column: z.number().int(),
    message: z.string(),
  }),
  /** A file that the build constraints keep out: the build goes on without it. */
  z.object({ type: z.literal('left-out'), file: z.string(), line: z.number().int(), message: z.string() }),
  z.object({
    type: z.literal('stage'),
    stage: Stage,
    state: z.enum(['begin', 'end']),
    ms: z.number().optional(),
    cpuMs: z.number().optional(),
  }),
  /** The compiler's or linker's own text, or a load error in the same format. */
  z.object({ type: z.literal('compiler'), stage: Stage, text: z.string() }),
  /** `go vet -json` of one package. `gate`: findings of go test's own subset stop the run. */
  z.object({ type: z.literal('vet'), text: z.string() }),
  /** What the compiler says with -m of a package that it could compile, a line each. */
  z.object({ type: z.literal('escapes'), text: z.string() }),
  /** What the stacks of the next dump do not show, a line each: see sandbox-images/go/evidence/waits.go. */
  z.object({ type: z.literal('waits'), text: z.string() }),
  z.object({
    type: z.literal('plan'),
    tests: z.array(z.object({ name: z.string(), file: z.string(), line: z.number().int(), hidden: z.boolean() })),
    /**
     * Selects whose loop has no way out but their cases: by a timer that fires once (`oneShot`) or by channels of no timer.
     * See docs/decisions/0034.
     */
    loops: z.array(z.object({ file: z.string(), line: z.number().int(), oneShot: z.boolean() })).default([]),
  }),
  /** From the generated test main, carrying the run's secret. */
  z.object({
    type: z.literal('evidence'),
    event: z.enum(['start', 'end', 'finished', 'forged']),
    test: z.string().optional(),
    status: z.enum(['passed', 'failed', 'skipped', 'unfinished']).optional(),
    /** `finished`: number of race reports that the race runtime counted. */
    races: z.number().int().optional(),
    /** `finished`: goroutines beyond those of the start, and those proved leaked. */
    goroutines: z.number().int().optional(),
    leaked: z.number().int().optional(),
  }),
  /** The dump that follows as `dump` frames: why it was taken, and whether it is complete. */
  z.object({
    type: z.literal('dump'),
    reason: z.enum(['hang', 'leak', 'timeout', 'stuck']),
    state: z.enum(['begin', 'end']),
  }),
  /** The file that follows as `artifact` frames: what it is, and at its end why less than all of it came. */
  z.object({ type: z.literal('collecting'), kind: ArtifactKind }),
  z.object({
    type: z.literal('collected'),
    kind: ArtifactKind,
    /** Bytes that were sent. */
    bytes: z.number().int().nonnegative(),
    /** The file goes on after them. */
    cut: z.boolean(),
    /** Why there is none: it was not written, or something else has its name. */
    problem: z.enum(['missing', 'not-a-file']).nullable(),
  }),
  z.object({ type: z.literal('formatted'), text: z.string().nullable(), errors: z.string() }),
  z.object({
    type: z.literal('ended'),
    outcome: Outcome,
    /** Stage in which it ended. */
    stage: Stage,
    exitCode: z.number().int().nullable(),
    signal: z.string().nullable(),
    cpuMs: z.number(),
    maxRssBytes: z.number(),
    /** Race reports files of child processes or other oddities, in words; empty is clean. */
    anomalies: z.array(z.string()),
    /** Nothing of the run is left: the sandbox may serve the same person again. */
    clean: z.boolean(),
  }),
])
export type SupervisorEvent = z.infer<typeof SupervisorEvent>
