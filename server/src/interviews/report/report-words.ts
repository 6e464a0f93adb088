import {
  type Band,
  durationWords,
  type ReportCard,
  type ReportEvidence,
  type ReportExercise,
  type ReportRun,
  stampOf,
  VERDICT_WORDS,
} from '@sandbox/protocol'
import { assertNever } from '../../assert-never.ts'

/** What every rendering says in the same words. */

export const BAND_WORDS: Readonly<Record<Band, string>> = {
  exceptional: 'Exceptional',
  strong: 'Strong',
  adequate: 'Adequate',
  weak: 'Weak',
}

export const RESULT_WORDS: Readonly<Record<ReportCard['verdict'], string>> = {
  pass: 'Pass',
  fail: 'No pass',
  incomplete: 'Not complete',
}

const MINUTE_MS = 60_000

/** `17 of 20 min`; where the plan has least and most, `17 of 15–20 min`. */
export function ofPlan(spentMs: number, plan: number | readonly [number, number]): string {
  const planned = typeof plan === 'number' ? String(plan) : [...new Set(plan)].join('–')
  return `${Math.round(spentMs / MINUTE_MS)} of ${planned} min`
}

/** What a run came to; a fault that was on stands before it, since the code alone did not come to that. */
export function runSentence({ fault, summary }: ReportRun): string {
  return fault === null ? summary : `With the fault \`${fault}\` on: ${summary}`
}

export function verdictWord({ verdict }: ReportRun): string {
  return verdict === null ? 'Not over' : VERDICT_WORDS[verdict]
}

/** `First race to fix: 5 min 22 s`; null where no race was found. */
export function raceWords({ firstRace }: ReportExercise): string | null {
  if (firstRace === null) return null
  const { run, at, fixedAfterMs } = firstRace
  const found = `run ${run} at ${stampOf(at)}`
  if (fixedAfterMs === null) return `First race in ${found}; no run passed after it.`
  return `First race to fix: ${durationWords(fixedAfterMs)}, from ${found}.`
}

/** When and how long an exercise was worked on. */
export function openWords({ openedAt, openMs }: ReportExercise): string {
  return openedAt === null
    ? 'Never opened for all.'
    : `Opened at ${stampOf(openedAt)}, open for ${durationWords(openMs)}.`
}

export function cardTitle({ by, submitted }: ReportCard): string {
  if (by === null) return 'What was agreed'
  return submitted ? `Scored by ${by}` : `Scored by ${by}, not submitted`
}

/** What was cited, without its code. */
export function evidenceWords(evidence: ReportEvidence): string {
  switch (evidence.type) {
    case 'run':
      return `Run ${evidence.number}: ${evidence.summary}`
    case 'line':
      return `${evidence.path}:${evidence.line}`
    case 'moment':
      return evidence.words
    default:
      return assertNever(evidence)
  }
}

/** `12 characters into worker-pool/pool.go:14` */
export function pasteWords({ path, line, characters }: { path: string; line: number; characters: number }): string {
  return `${characters} characters into ${path}:${line}`
}

export function absenceWords({ ms }: { ms: number | null }): string {
  return ms === null ? 'left the window and was not back at the end' : `left the window for ${durationWords(ms)}`
}
