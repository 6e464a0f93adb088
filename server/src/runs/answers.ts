import type { Answers, Question, RunEvent, VerdictEvent } from '@sandbox/protocol'
import { plural } from './count.ts'
import { emptyVerdict } from './endings.ts'

type Judged = Extract<RunEvent, { type: 'answers' }>['answers']

/** Compares the answers with what is right. The explanation of a question belongs to who has answered it. */
export function judgeAnswers(questions: readonly Question[], answers: Answers): Judged {
  return questions.map(({ id, answer, explanation }) => {
    const given = Object.hasOwn(answers, id) ? (answers[id] ?? []) : []
    return isRight(answer, given) ? { id, right: true, explanation } : { id, right: false }
  })
}

/** Of options all right ones and no other; of lines one of the right ones and nothing beside it. */
function isRight({ type, right }: Question['answer'], given: readonly number[]): boolean {
  const [first] = given
  if (type === 'line') return given.length === 1 && first !== undefined && right.includes(first)
  const chosen = new Set(given)
  return chosen.size === right.length && right.every((option) => chosen.has(option))
}

/** The verdict of the answers alone. Which of them are wrong is told in the event. */
export function answersVerdict(answers: Judged): VerdictEvent {
  const total = answers.length
  const passed = answers.filter(({ right }) => right).length
  const tests = { passed, failed: total - passed, total }
  if (passed === total) {
    const sentence = total === 1 ? 'Passed: the answer is right.' : `Passed: all ${total} answers are right.`
    return { ...emptyVerdict('passed', sentence), tests }
  }
  const sentence = `Failed: ${passed} of ${plural(total, 'answer')} ${passed === 1 ? 'is' : 'are'} right.`
  return { ...emptyVerdict('failed', sentence), reason: 'wrong-answers', tests }
}
