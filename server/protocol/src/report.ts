import { z } from 'zod'

/**
 * Where a frame comes from: `candidate` (a file of the snapshot, opens in the editor), `test` (a visible test),
 * `hidden` (a test that is not shown: its line is 0), `go` (std, a module or generated code).
 */
export const Origin = z.enum(['candidate', 'test', 'hidden', 'go'])
export type Origin = z.infer<typeof Origin>

/** One call in a stack, innermost first. `file` is the bare name for the run's own files; `line` is 1-based. */
export const Frame = z.object({
  function: z.string(),
  file: z.string(),
  line: z.number().int().nonnegative(),
  origin: Origin,
})
export type Frame = z.infer<typeof Frame>

/** Where a goroutine was created: the `go` statement (or `wg.Go` call) and its stack. */
export const Creation = z.object({
  /** Innermost frame that belongs to the run's own files; null where the runtime shows none. */
  site: Frame.nullable(),
  stack: z.array(Frame),
})
export type Creation = z.infer<typeof Creation>

/** One of the two conflicting accesses of a data race. `goroutine` is the race runtime's own number, not a goid. */
export const Access = z.object({
  kind: z.enum(['read', 'write']),
  /** `main` or the number that the race report gives. Good for telling the two apart, never to join with a dump. */
  goroutine: z.string(),
  state: z.enum(['running', 'finished', 'main']),
  /** Innermost frame in the run's own files: what the editor marks. Null where the stack could not be restored. */
  site: Frame.nullable(),
  stack: z.array(Frame),
  created: Creation.nullable(),
})
export type Access = z.infer<typeof Access>

/** A data race, deduplicated by its pair of sites. `accesses[0]` is the later one, as the race detector saw it. */
export const Race = z.object({
  /** Stable for the same pair of sites across runs. */
  id: z.string(),
  accesses: z.tuple([Access, Access]),
  /** The test whose function stands in one of the stacks; null where none does. */
  test: z.string().nullable(),
  /** How many reports had this pair of sites. */
  count: z.number().int().positive(),
})
export type Race = z.infer<typeof Race>

/** Races with more lines of the candidate's own first, those with as many as they came: the verdict speaks of the first. */
export function mostTellingFirst(races: readonly Race[]): Race[] {
  const own = ({ accesses }: Race) => accesses.filter(({ site }) => site?.origin === 'candidate').length
  return races.toSorted((a, b) => own(b) - own(a))
}

/** A lock that a goroutine has taken and not let go. `site` is the call that took it. */
export const Hold = z.object({ address: z.string(), reading: z.boolean(), site: Frame.nullable() })
export type Hold = z.infer<typeof Hold>

/** One goroutine of a dump. */
export const Goroutine = z.object({
  id: z.number().int(),
  /** As the runtime writes it: `chan send`, `select`, `sync.Mutex.Lock`, `running`, … */
  state: z.string(),
  /** It is proved that it can never go on, or where it is `alone` that it can never end. */
  leaked: z.boolean(),
  /** Nothing but its own timers can wake it: nobody reaches the other channels that it waits for. Asked at the end of the tests. */
  alone: z.boolean().default(false),
  /** `test` runs a test function, `candidate` has a frame or a creation site in the run's own files, `runtime` is everything else. */
  role: z.enum(['test', 'candidate', 'runtime']),
  /** Innermost frame in the run's own files: the line where it stands. */
  site: Frame.nullable(),
  stack: z.array(Frame),
  created: Frame.nullable(),
  /** Goid of its creator where the dump says so. */
  creator: z.number().int().nullable(),
  /** Address of the channel, lock or wait group it waits for, where the dump shows one. */
  waitsFor: z.string().nullable(),
  /** Locks that it holds; of more than four some are missing. Empty where the run could not note them. */
  holds: z.array(Hold).default([]),
  /** The channels of the select in which it waits. Empty where the run could not note them. */
  selects: z
    .array(
      z.object({
        address: z.string(),
        sends: z.boolean(),
        /** Of a timer's channel whether it ticks on or fires once. */
        timer: z.enum(['ticks', 'fires']).nullable().default(null),
      }),
    )
    .default([]),
  /** The test whose function stands in its stack or created it. */
  test: z.string().nullable(),
  /** What it waits for and why that does not come, in words; empty where it does not wait or nobody asked. */
  told: z.string().default(''),
  /** Further goroutines of the dump that stand as this one does and are not listed. */
  alike: z.number().int().nonnegative().default(0),
})
export type Goroutine = z.infer<typeof Goroutine>

/** How many goroutines these are, with those that stand alike and are not listed. */
export function countGoroutines(goroutines: readonly Pick<Goroutine, 'alike'>[]): number {
  return goroutines.reduce((sum, { alike }) => sum + 1 + alike, 0)
}

/** Something that goroutines of one dump wait for. */
export const WaitObject = z.object({
  address: z.string(),
  kind: z.enum(['lock', 'channel', 'wait group', 'condition']),
  /** As the code names it, where a line leaves no doubt. */
  name: z.string().nullable(),
  /** Goids, in the order of the dump. */
  waiters: z.array(z.number().int()),
  /** Who holds a lock; null where nobody can tell, as of everything that is no lock. */
  holders: z.array(z.object({ goroutine: z.number().int(), hold: Hold, ended: z.boolean() })).nullable(),
})
export type WaitObject = z.infer<typeof WaitObject>

/** Who waits for whom at one moment. */
export const WaitFor = z.object({
  objects: z.array(WaitObject),
  /** Goids: each waits for a lock that the next one holds, the last one for one of the first. Empty where none is proved. */
  cycle: z.array(z.number().int()),
})
export type WaitFor = z.infer<typeof WaitFor>

/** A message of the compiler or of vet about one place. Lines and columns are 1-based; column 0 means unknown. */
export const Diagnostic = z.object({
  source: z.enum(['load', 'compile', 'vet']),
  /** `advice` never decides a verdict: vet's findings that `go test` does not check. */
  severity: z.enum(['error', 'advice']),
  file: z.string(),
  line: z.number().int().nonnegative(),
  column: z.number().int().nonnegative(),
  endLine: z.number().int().nonnegative().optional(),
  endColumn: z.number().int().nonnegative().optional(),
  message: z.string(),
  /** vet's analyzer, for example `copylocks`. */
  analyzer: z.string().optional(),
})
export type Diagnostic = z.infer<typeof Diagnostic>

/** A panic or fatal error that ended the test process. */
export const Panic = z.object({
  kind: z.enum(['panic', 'fatal']),
  message: z.string(),
  goroutine: Goroutine.nullable(),
  test: z.string().nullable(),
})
export type Panic = z.infer<typeof Panic>

export const TestStatus = z.enum(['waiting', 'running', 'passed', 'failed', 'skipped', 'unfinished'])
export type TestStatus = z.infer<typeof TestStatus>

/** One test or subtest (`TestX/case`). `unfinished`: the process ended before the test did. */
export const TestResult = z.object({
  name: z.string(),
  status: TestStatus,
  elapsedMs: z.number().nullable(),
  hidden: z.boolean(),
  /** What the test printed or logged, capped at MAX_TEST_OUTPUT_BYTES. */
  output: z.string(),
})
export type TestResult = z.infer<typeof TestResult>
