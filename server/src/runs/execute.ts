import { type Diagnostic, type RunEvent, type RunRequest, SCRATCH, type VerdictEvent } from '@sandbox/protocol'
import type { Exercise } from '../exercises/catalogue.ts'
import { parseCompilerOutput } from '../reports/compiler.ts'
import type { Sources } from '../reports/sources.ts'
import type { Acquired } from '../sandbox/pool.ts'
import { emptyVerdict, PLATFORM_FAILED } from './endings.ts'
import type { Execute, Format, FormatTask, Formatted, RunTask } from './executor.ts'
import { type Plan, planExercise, planScratch, type TestJob } from './plan.ts'
import { runJob } from './run-job.ts'

/** Where sandboxes come from: the pool, or nothing while none can be had (then it throws a sentence). */
export interface SandboxSource {
  acquire(person: string, signal: AbortSignal): Promise<Acquired>
}

export interface ExecuteOptions {
  exercises: ReadonlyMap<string, Exercise>
  sandboxes: SandboxSource
}

/** Carries out runs: plans them, takes a sandbox each, and repeats a run once whose sandbox was lost. */
export function createExecute({ exercises, sandboxes }: ExecuteOptions): Execute {
  return async (task, signal, emit) => {
    const plan = planFor(exercises, task.request)
    if (plan.type === 'rejected') return reject(plan.message, emit)
    const first = await attempt(sandboxes, { task, job: plan.job, signal, emit })
    if (!first.lost || signal.aborted) return first.verdict
    const second = await attempt(sandboxes, { task, job: plan.job, signal, emit })
    return second.verdict
  }
}

function planFor(exercises: ReadonlyMap<string, Exercise>, request: RunRequest): Plan {
  if (request.exercise === SCRATCH) return planScratch(request)
  const exercise = exercises.get(request.exercise)
  if (!exercise) return { type: 'rejected', message: `There is no exercise ${request.exercise}.` }
  return planExercise(exercise, request)
}

function reject(message: string, emit: (event: RunEvent) => void): VerdictEvent {
  const diagnostics = parseCompilerOutput(NO_SOURCES, 'load', `${message}\n`)
  if (diagnostics.length > 0) emit({ type: 'diagnostics', diagnostics })
  return emptyVerdict('rejected', `Rejected: ${message}`)
}

type Attempt = { task: RunTask; job: TestJob; signal: AbortSignal; emit: (event: RunEvent) => void }

async function attempt(sandboxes: SandboxSource, { task, job, signal, emit }: Attempt) {
  const asked = performance.now()
  let acquired: Acquired
  try {
    acquired = await sandboxes.acquire(task.person, signal)
  } catch (error) {
    if (signal.aborted) return { verdict: emptyVerdict('cancelled', 'Cancelled.'), lost: false }
    throw error
  }
  try {
    const waited = performance.now() - asked
    // A second `started` tells the page to begin afresh: the first attempt's sandbox was lost.
    emit({ type: 'started' })
    const { verdict, lost } = await runJob(acquired.sandbox, job, { signal, emit })
    return { verdict: { ...verdict, timings: { ...verdict.timings, sandbox: waited } }, lost }
  } finally {
    // Not awaited: destroying a container takes longer than the run, and the verdict is known.
    void acquired.release()
  }
}

/** Nothing is hidden from messages about a request itself. */
const NO_SOURCES: Sources = { importPath: '', files: new Map() }

/** gofmt in a sandbox of the person's own: the text is parsed there and nowhere else. */
export function createFormat(sandboxes: SandboxSource): Format {
  return async (task, signal) => {
    const acquired = await sandboxes.acquire(task.person, signal)
    try {
      return await formatIn(acquired, task, signal)
    } finally {
      void acquired.release()
    }
  }
}

async function formatIn(acquired: Acquired, task: FormatTask, signal: AbortSignal): Promise<Formatted> {
  const job = { type: 'format', file: { ...task.file, owner: 'candidate' } } as const
  for await (const told of acquired.sandbox.run(job, signal)) {
    if (told.type === 'event' && told.event.type === 'formatted') {
      return { text: told.event.text, diagnostics: positions(task.file.name, told.event.errors) }
    }
  }
  throw new Error(PLATFORM_FAILED)
}

/** go/format writes `line:column: message`, one a line, without a file. */
function positions(file: string, errors: string): Diagnostic[] {
  const text = errors.replace(/^(\d+:\d+: )/gm, `${file}:$1`)
  return parseCompilerOutput(NO_SOURCES, 'load', text)
}
