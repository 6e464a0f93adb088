import type { Verdict } from '@sandbox/protocol'
import type { RunState } from './run.ts'

/** How a variant stands: right code is accepted or refused, wrong code caught or missed. */
export type VariantStanding = 'accepted' | 'refused' | 'caught' | 'missed' | 'running' | 'waiting' | 'not-tried'

export interface VariantRow {
  kind: 'right' | 'wrong'
  /** From 1, among those of its kind. */
  number: number
  standing: VariantStanding
  /** What the candidate's tests came to on it; null before. */
  verdict: Verdict | null
  /** What is wrong with it; known once it is caught. */
  what: string | null
}

/** One row for every variant that the exercise has, right ones first. */
export function variantRows(run: RunState, counts: { right: number; wrong: number }): VariantRow[] {
  return (['right', 'wrong'] as const).flatMap((kind) =>
    Array.from({ length: counts[kind] }, (_, index) => rowOf(run, kind, index + 1)),
  )
}

function rowOf(run: RunState, kind: VariantRow['kind'], number: number): VariantRow {
  const name = `variant ${number}`
  const tried = run.variants.find((one) => one.kind === kind && one.name === name)
  if (!tried) return { kind, number, standing: untried(run, `${kind} ${name}`), verdict: null, what: null }
  const standing = kind === 'right' ? (tried.caught ? 'refused' : 'accepted') : tried.caught ? 'caught' : 'missed'
  return { kind, number, standing, verdict: tried.verdict, what: tried.what ?? null }
}

function untried(run: RunState, label: string): VariantStanding {
  if (run.phase.type === 'ended') return 'not-tried'
  return run.step?.label === label ? 'running' : 'waiting'
}
