import { join } from 'node:path'
import { ROOT } from '../commands/tools/programs.ts'
import { type Exercise, type GoFile, loadCatalogue, loadSolutions } from '../src/exercises/catalogue.ts'
import type { Secret } from './leaks.ts'

/** An exercise as the audit uses it. */
export type Subject = {
  slug: string
  /** What the candidate hands in. */
  handedIn: Record<'starter' | 'failing' | 'passing', GoFile[]>
  /** The fault that is switched on. */
  fault: string
  /** Lines of hidden tests and of solutions, other faults, and what is told after a pass. */
  secrets: readonly Secret[]
  hints: readonly Secret[]
}

/** Has hidden tests, hints, faults, and solutions that fail and pass. */
const AUDITED = 'worker-pool'
/** Shorter lines say nothing: they stand in any Go program. */
const MIN_LINE_CHARS = 24

/**
 * An exercise with what nobody may learn about it from an interview. What the candidate is given or hands in is no secret.
 * Throws where it has too little for an audit.
 */
export async function auditedSubject(): Promise<Subject> {
  const exercise = (await loadCatalogue(join(ROOT, 'exercises'))).exercises.get(AUDITED)
  if (exercise === undefined) throw new Error(`there is no exercise ${AUDITED}`)
  const { reference, alternatives, wrong } = await loadSolutions(exercise)
  const [failing] = wrong
  const [passing] = alternatives
  const [fault, ...others] = exercise.faults
  if (!failing || !passing || !fault || others.length === 0 || exercise.hiddenTests.length === 0)
    throw new Error(`${AUDITED} has too little for an audit`)
  const starter = exercise.starter.filter(({ editable }) => editable).map(({ name, text }) => ({ name, text }))
  const sources = [
    ...exercise.hiddenTests.flatMap((file) => linesOf(file, 'the hidden tests')),
    ...reference.files.flatMap((file) => linesOf(file, 'the reference')),
    ...exercise.faults.flatMap(({ id, tests }) => tests.flatMap((file) => linesOf(file, `the fault ${id}`))),
  ]
  const isKnown = knownOf(exercise, [...failing.files, ...passing.files])
  const afterwards = [...exercise.file.followUps, ...exercise.file.talkingPoints]
  return {
    slug: AUDITED,
    handedIn: { starter, failing: failing.files, passing: passing.files },
    fault: fault.id,
    secrets: [
      ...sources.filter(({ text }) => !isKnown(text)),
      ...others.map(({ id, what }) => ({ what: `what the fault ${id} is`, text: what })),
      ...afterwards.map((text) => ({ what: 'a question or point for afterwards', text })),
    ],
    hints: exercise.file.hints.map((text, index) => ({ what: `hint ${index + 1}`, text })),
  }
}

/** Whether a line stands in what the candidate is given, or hands in. */
function knownOf({ statement, starter, visibleTests, material }: Exercise, handedIn: GoFile[]) {
  const texts = [statement, ...[...starter, ...visibleTests, ...material, ...handedIn].map(({ text }) => text)]
  return (line: string) => texts.some((text) => text.includes(line))
}

function linesOf({ name, text }: GoFile, kind: string): Secret[] {
  const lines = text.split('\n').map((line) => line.trim())
  const long = [...new Set(lines.filter((line) => line.length >= MIN_LINE_CHARS))]
  return long.map((line) => ({ what: `a line of ${kind}, ${name}`, text: line }))
}
