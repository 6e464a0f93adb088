import { type Exercise, type GoFile, loadSolutions } from '../src/exercises/catalogue.ts'
import type { Secret } from './leaks.ts'

/** An exercise as the audit uses it. */
export type Subject = {
  exercise: Exercise
  /** What the candidate hands in. */
  handedIn: Record<'starter' | 'failing' | 'passing', GoFile[]>
  /** Lines of hidden tests and of solutions, what is told after a pass, and all hints. */
  secrets: readonly Secret[]
  hints: readonly Secret[]
}

/** Shorter lines say nothing: they stand in any Go program. */
const MIN_LINE_CHARS = 24

/**
 * What nobody may learn from an interview about the exercise that it works on. What the candidate is given or hands in is
 * no secret. Throws where the exercise has too little for an audit.
 */
export async function subjectOf(exercise: Exercise): Promise<Subject> {
  const { reference, alternatives, wrong } = await loadSolutions(exercise)
  const [failing] = wrong
  const [passing] = alternatives
  if (failing === undefined || passing === undefined || exercise.hiddenTests.length === 0)
    throw new Error(`${exercise.slug} has no hidden tests, or nothing to hand in`)
  const starter = exercise.starter.filter(({ editable }) => editable).map(({ name, text }) => ({ name, text }))
  const known = [
    ...exercise.starter,
    ...exercise.visibleTests,
    ...exercise.material,
    ...failing.files,
    ...passing.files,
  ]
  const isKnown = (line: string) => exercise.statement.includes(line) || known.some(({ text }) => text.includes(line))
  const linesOf = (kind: string, files: readonly GoFile[]) =>
    files.flatMap(({ name, text }) => linesIn(text).map((line) => ({ what: `a line of ${kind} ${name}`, text: line })))
  const sources = [
    ...linesOf('the hidden tests in', exercise.hiddenTests),
    ...linesOf('the reference in', reference.files),
  ]
  const told = [...exercise.file.followUps, ...exercise.file.talkingPoints]
  return {
    exercise,
    handedIn: { starter, failing: failing.files, passing: passing.files },
    secrets: [
      ...sources.filter(({ text }) => !isKnown(text)),
      ...told.map((text) => ({ what: 'a question or point for afterwards', text })),
    ],
    hints: exercise.file.hints.map((text, index) => ({ what: `hint ${index + 1}`, text })),
  }
}

function linesIn(text: string): string[] {
  const lines = text.split('\n').map((line) => line.trim())
  return [...new Set(lines.filter((line) => line.length >= MIN_LINE_CHARS))]
}
