import type { Verdict } from '@sandbox/protocol'
import { z } from 'zod'

/** What `go test` said of a package, told apart by the evidence in its output. */
export const GoVerdict = z.enum([
  'ok',
  /** `?   	path	[no test files]` */
  'no-test-files',
  'failed',
  'race',
  'panic',
  'timeout',
  /** One of the two panics of testing/synctest. */
  'synctest-deadlock',
  'build-failed',
  'setup-failed',
  /** The go command ended before it looked at a package. */
  'refused',
])
export type GoVerdict = z.infer<typeof GoVerdict>

/**
 * What one side tells of one package, in the form in which both are compared. Texts are as they came; the normaliser
 * is applied by whoever builds the account.
 */
export interface Account<V extends GoVerdict | Verdict = GoVerdict | Verdict> {
  verdict: V
  /** Messages of the compiler and of vet, and load errors. */
  diagnostics: readonly Message[]
  /** What happened in each test, in order; `''` is the package itself. */
  stories: ReadonlyMap<string, readonly Step[]>
  /** Text that the program wrote to descriptor 2, where the side keeps it apart. */
  stderr: string
  /** The panic or fatal error that ended the program. */
  crash: Crash | null
  races: readonly RacePair[]
}

export interface Message {
  /** `file.go:3:5`, `file.go:3`, or '' where the message names no place. */
  place: string
  text: string
}

/** `output` steps that follow each other are one step: how a text was cut into events says nothing. */
export type Step = { action: 'run' | 'pause' | 'cont' | 'pass' | 'fail' | 'skip' } | { action: 'output'; text: string }

export interface Crash {
  message: string
  /** Calls of the first goroutine in the package's own files, innermost first: `function file.go:12`. */
  calls: readonly string[]
}

/** The innermost calls in the package's own files of the two accesses, sorted: `read counter.go:5`. */
export type RacePair = readonly [string, string]

export type Stories = Map<string, Step[]>

/** Adds one step to a test's story. */
export function tell(stories: Stories, test: string, step: Step): void {
  const story = stories.get(test) ?? []
  stories.set(test, story)
  const last = story.at(-1)
  if (step.action === 'output' && last?.action === 'output') last.text += step.text
  else story.push({ ...step })
}

/** Stories without the output steps that became empty, and without the tests of which nothing is left. */
export function withoutEmpty(stories: Stories): Stories {
  const kept: Stories = new Map()
  for (const [test, story] of stories) {
    for (const step of story) if (step.action !== 'output' || step.text !== '') tell(kept, test, step)
  }
  return kept
}
