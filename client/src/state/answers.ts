import { ANSWERS_FILE, Answers, type AskedQuestion, type Mode } from '@sandbox/protocol'
import type { RunState } from './run.ts'

/** How an answer was judged: by the shown run, or not yet. `changed` is another answer than the one that was judged. */
export type AnswerStanding = 'open' | 'given' | 'right' | 'wrong' | 'changed'

/** The answers as a file of the draft; none where nothing is answered. */
export function answersFile(answers: Answers): { name: string; text: string }[] {
  const ids = Object.keys(answers).sort()
  if (ids.length === 0) return []
  return [{ name: ANSWERS_FILE, text: JSON.stringify(Object.fromEntries(ids.map((id) => [id, answers[id]]))) }]
}

/** The kept answers to the questions that there are; junk is none. */
export function readAnswers(text: string | undefined, questions: readonly AskedQuestion[]): Answers {
  try {
    const kept = Answers.parse(JSON.parse(text ?? '{}'))
    return Object.fromEntries(questions.flatMap(({ id }) => (Object.hasOwn(kept, id) ? [[id, kept[id] ?? []]] : [])))
  } catch {
    return {}
  }
}

/** The answer with one option chosen or not any more. Of options of which one is right, only one can be chosen. */
export function toggled(given: readonly number[], option: number, several: boolean): number[] {
  if (!several) return [option]
  const others = given.filter((one) => one !== option)
  return others.length < given.length ? others : [...others, option].sort((a, b) => a - b)
}

/** How the answer that stands now was judged by a run. */
export function standingOfAnswer(question: string, answers: Answers, run: RunState | null): AnswerStanding {
  const now = answers[question] ?? []
  const judged = run?.answers.find(({ id }) => id === question)
  if (now.length === 0) return 'open'
  if (!judged || !run) return 'given'
  if (!sameAnswer(now, run.description.answers?.[question] ?? [])) return 'changed'
  return judged.right ? 'right' : 'wrong'
}

/** What a run of wrong answers leaves unsaid: how many questions it did not answer, and that the code was not run. */
export function answersNote(run: RunState, modes: readonly Mode[]): string | null {
  if (run.phase.type !== 'ended' || run.answers.every(({ right }) => right)) return null
  const open = run.answers.filter(({ id }) => !run.description.answers?.[id]?.length).length
  const later = modes.slice(modes.indexOf('questions') + 1)
  const notes = [
    ...(open > 0 ? [unansweredWords(open, run.answers.length)] : []),
    ...(later.length > 0 ? ['Your code was not run: the tests come when all answers are right.'] : []),
  ]
  return notes.length > 0 ? notes.join(' ') : null
}

function unansweredWords(open: number, total: number): string {
  if (open === total)
    return total === 1 ? 'The question was not answered.' : `None of the ${total} questions was answered.`
  return `${open} of ${total} questions ${open === 1 ? 'was' : 'were'} not answered.`
}

/** Whether two states of the answers are the same. */
export function sameAnswers(a: Answers, b: Answers): boolean {
  const ids = new Set([...Object.keys(a), ...Object.keys(b)])
  return [...ids].every((id) => sameAnswer(a[id] ?? [], b[id] ?? []))
}

function sameAnswer(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((one) => b.includes(one))
}

/**
 * The question that a pressed line of `file` answers: the one that was asked to be answered so, else the first that has no
 * answer, else the only one. Null where the file is not asked about.
 */
export function questionAbout(
  file: string,
  { questions, answers, picking }: { questions: readonly AskedQuestion[]; answers: Answers; picking: string | null },
): AskedQuestion | null {
  const asked = questions.filter(({ answer }) => answer.type === 'line' && answer.file === file)
  const wanted = asked.find(({ id }) => id === picking) ?? asked.find(({ id }) => !answers[id]?.length)
  return wanted ?? (asked.length === 1 ? (asked[0] ?? null) : null)
}
