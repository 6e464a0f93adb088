import { z } from 'zod'
import { Frame } from './report.ts'

/** Rows of all columns together; sandbox-images/go/timeline has the same cap. */
export const MAX_TIMELINE_ROWS = 200_000
export const MAX_TIMELINE_GOROUTINES = 50_000
export const MAX_TIMELINE_STACKS = 20_000
export const MAX_TIMELINE_FRAMES = 32
export const MAX_TIMELINE_STRINGS = 20_000
export const MAX_TIMELINE_STRING_CHARS = 300
export const MAX_TIMELINE_PROCS = 256
export const MAX_TIMELINE_THREADS = 4096
/** Longer than any run may take. */
export const MAX_TIMELINE_NS = 600_000_000_000

/** The states of a goroutine, as the columns write them. */
export const GoState = { runnable: 0, running: 1, waiting: 2, syscall: 3 } as const
export type GoState = (typeof GoState)[keyof typeof GoState]

/** Who a goroutine belongs to, as the columns write it; the same words as of a dump's goroutines. */
export const GoRole = { runtime: 0, test: 1, candidate: 2 } as const
export type GoRole = (typeof GoRole)[keyof typeof GoRole]

/** Why a goroutine that can run does not: what the columns say of the two ends that nobody else causes. */
export const StopWord = { preempted: 'was preempted', yielded: 'called runtime.Gosched' } as const

/** Whole numbers from -1 on, checked in one loop: an issue for each of a hundred thousand would be no help. */
function column(most: number, rows: number = MAX_TIMELINE_ROWS) {
  const isColumn = (value: unknown) => {
    if (!Array.isArray(value) || value.length > rows) return false
    for (const n of value) if (!Number.isInteger(n) || n < -1 || n > most) return false
    return true
  }
  return z.custom<number[]>(isColumn, 'not a column')
}

const times = (rows?: number) => column(MAX_TIMELINE_NS, rows)
const procs = () => column(MAX_TIMELINE_PROCS)
const threads = () => column(MAX_TIMELINE_THREADS)
const goroutines = (rows?: number) => column(MAX_TIMELINE_GOROUTINES, rows)
const stacks = (rows?: number) => column(MAX_TIMELINE_STACKS, rows)
const strings = (rows?: number) => column(MAX_TIMELINE_STRINGS, rows)
const ids = () => column(Number.MAX_SAFE_INTEGER, MAX_TIMELINE_GOROUTINES)

const goroutineColumns = {
  /** As the runtime counts them. */
  id: ids(),
  /** -1: it was there before the trace; of `ended`: it was there after it. */
  created: times(MAX_TIMELINE_GOROUTINES),
  ended: times(MAX_TIMELINE_GOROUTINES),
  /** Who created it, and the stack of the `go` statement. */
  creator: goroutines(MAX_TIMELINE_GOROUTINES),
  stack: stacks(MAX_TIMELINE_GOROUTINES),
  /** Name of the function that it runs. */
  start: strings(MAX_TIMELINE_GOROUTINES),
}

/** Times during which a goroutine was in one state, in the order of their begin. */
const Spans = z.object({
  /** Nanoseconds since the begin of the span before. */
  begin: times(),
  length: times(),
  goroutine: goroutines(),
  state: column(3),
  /** Where it runs; of a goroutine that does not run, where that began. */
  proc: procs(),
  thread: threads(),
  /** What it waits for, or why it stopped running: in the page's timeline in words. */
  reason: strings(),
  /** Where it stopped running; of a runnable one, where somebody made it so. */
  stack: stacks(),
  /** Who made it runnable; -1 is itself or the runtime: a timer, the network. */
  by: goroutines(),
})

/** Times of something beside the states of goroutines. */
const Spells = z.object({
  begin: times(),
  length: times(),
  name: strings(),
  goroutine: goroutines(),
  proc: procs(),
  thread: threads(),
})

const shared = {
  lengthNs: z.number().int().min(0).max(MAX_TIMELINE_NS),
  /** The runtime's numbers of the Ps, by the position that columns name. */
  procs: z.array(z.number().int()).max(MAX_TIMELINE_PROCS),
  threads: z.number().int().min(0).max(MAX_TIMELINE_THREADS),
  spans: Spans,
  /** Of the runtime: collecting garbage, stopping the world. */
  ranges: Spells,
  /** Threads that hold a P. */
  held: Spells,
  /** Moments at which a P was taken from a thread that was in a system call. */
  handoffs: z.object({ at: times(), proc: procs(), goroutine: goroutines() }),
}

/** Why a trace is not shown to its end. */
export const TimelineCut = z.enum(['', 'events', 'goroutines', 'processors', 'clock', 'broken'])
export type TimelineCut = z.infer<typeof TimelineCut>

/** Why nothing is shown of it. */
export const TimelineProblem = z.enum(['empty', 'not-a-trace', 'broken'])
export type TimelineProblem = z.infer<typeof TimelineProblem>

/**
 * What sandbox-images/go/timeline writes: a trace in columns. References count from 0, and -1 is none; whether they lead
 * anywhere is for the reader to see. Hidden files have not been taken out of its stacks.
 */
export const RawTimeline = z.union([
  z.object({ problem: TimelineProblem }),
  z.object({
    ...shared,
    cut: TimelineCut,
    strings: z.array(z.string().max(MAX_TIMELINE_STRING_CHARS)).max(MAX_TIMELINE_STRINGS),
    /** Function, file, line of each frame, innermost first. */
    stacks: z.array(column(2 ** 24, 3 * MAX_TIMELINE_FRAMES)).max(MAX_TIMELINE_STACKS),
    goroutines: z.object(goroutineColumns),
  }),
])
export type RawTimeline = z.infer<typeof RawTimeline>

/** What the scheduler did, as the page gets it. All references lead somewhere. */
export const Timeline = z.object({
  ...shared,
  /** One sentence where the trace is not shown to its end, else empty. */
  cut: z.string(),
  /** Reasons of spans, names of ranges, and functions that goroutines run. */
  texts: z.array(z.string()),
  frames: z.array(Frame),
  /** Positions in `frames`, innermost first. */
  stacks: z.array(column(MAX_TIMELINE_STACKS * MAX_TIMELINE_FRAMES, MAX_TIMELINE_FRAMES)),
  tests: z.array(z.string()),
  goroutines: z.object({
    ...goroutineColumns,
    role: column(2, MAX_TIMELINE_GOROUTINES),
    /** The test that it belongs to, by its position in `tests`. */
    test: strings(MAX_TIMELINE_GOROUTINES),
  }),
})
export type Timeline = z.infer<typeof Timeline>

/** What goroutines wait for, in groups that a person asks about. */
export const WaitCause = z.enum(['channel', 'select', 'lock or wait group', 'sleep', 'network', 'system call', 'other'])
export type WaitCause = z.infer<typeof WaitCause>

/** What a timeline comes to. Counts and times are of the goroutines of the tests and of the code, not of the runtime's. */
export const TimelineTotals = z.object({
  lengthMs: z.number(),
  goroutines: z.number().int(),
  procs: z.number().int(),
  threads: z.number().int(),
  /** Most first; none with 0. */
  blockedMs: z.array(z.object({ cause: WaitCause, ms: z.number() })),
  /** Runnable, and no P was free. */
  queuedMs: z.number(),
  runningMs: z.number(),
  /** Part of the time during which the collector was marking, from 0 to 1. */
  gcShare: z.number(),
  preemptions: z.number().int(),
  /** A goroutine ran on another P than on that which made it runnable. */
  migrations: z.number().int(),
  /** Ps taken from threads in system calls. */
  handoffs: z.number().int(),
})
export type TimelineTotals = z.infer<typeof TimelineTotals>
