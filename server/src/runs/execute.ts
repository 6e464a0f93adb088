import { type Diagnostic, type RunRequest, SCRATCH, type SubmittedFile } from '@sandbox/protocol'
import type { Exercise } from '../exercises/catalogue.ts'
import { withFault } from '../exercises/faults.ts'
import { parseCompilerOutput } from '../reports/compiler.ts'
import type { Sources } from '../reports/sources.ts'
import type { Acquired } from '../sandbox/pool.ts'
import { PLATFORM_FAILED } from './endings.ts'
import type { Execute, Format, FormatTask, Formatted } from './executor.ts'
import { type Exploring, LONGER_MS } from './explore-schedules.ts'
import { isWorthMeasuring } from './measure-benchmarks.ts'
import { type Plan, planExercise, planScratch } from './plan.ts'
import { refusalOf, rejected } from './rejection.ts'
import { runSteps, type SandboxSource } from './run-steps.ts'
import { VersionStore } from './version-store.ts'

export interface ExecuteOptions {
  exercises: ReadonlyMap<string, Exercise>
  sandboxes: SandboxSource
  /** Without it no other schedules are tried. */
  isAwaited?: Exploring['isAwaited']
}

/** Carries out runs: plans them, takes a sandbox each, and repeats a run once whose sandbox was lost. */
export function createExecute({ exercises, sandboxes, isAwaited }: ExecuteOptions): Execute {
  const versions = new VersionStore()
  return async (task, signal, emit) => {
    const plan = planFor(exercises, task.request, versions.before(task.person, task.request))
    if (plan.type === 'rejected') {
      const { events, verdict } = refusalOf(plan)
      events.forEach(emit)
      return verdict
    }
    const { longer } = task.request
    const { person, keepTimeline } = task
    const run = { steps: plan.steps, person, sandboxes, signal, emit, keepTimeline }
    const exploring = isAwaited && { isAwaited, ...(longer ? { budgetMs: LONGER_MS } : {}) }
    const { verdict } = await runSteps(exploring ? { ...run, exploring } : run)
    if (isWorthMeasuring(verdict)) versions.keep(person, task.request)
    return verdict
  }
}

function planFor(
  exercises: ReadonlyMap<string, Exercise>,
  request: RunRequest,
  previous: readonly SubmittedFile[] | null,
): Plan {
  if (request.exercise === SCRATCH) return planScratch(request, previous)
  const exercise = exercises.get(request.exercise)
  if (!exercise) return rejected(`There is no exercise ${request.exercise}.`)
  const { fault } = request
  const judged = fault === undefined ? exercise : withFault(exercise, fault)
  if (!judged) return rejected(`The exercise ${request.exercise} has no fault ${fault}.`)
  return planExercise(judged, request, previous)
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
