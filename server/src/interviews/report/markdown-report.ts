import { durationWords, type InterviewReport, type ReportExercise, stampOf } from '@sandbox/protocol'
import { codeBlock, plain, sentence, table } from './markdown.ts'
import { privateMarkdown } from './markdown-private.ts'
import { openWords, raceWords, runSentence, verdictWord } from './report-words.ts'
import { dateWords } from './visible-text.ts'

/** A report as Markdown, with GitHub's tables. */
export function markdownReport(report: InterviewReport): string {
  const blocks = [
    ...head(report),
    ...(report.private === null ? [] : privateMarkdown(report.private, report)),
    '## Exercises and runs',
    ...(report.exercises.length === 0 ? ['No exercise was opened.'] : report.exercises.flatMap(exerciseBlocks)),
    ...codeBlocks(report.exercises),
  ]
  return `${blocks.join('\n\n')}\n`
}

function head(report: InterviewReport): string[] {
  const { candidate, copy, title, interviewers, alone, startedAt, lengthMs, finished } = report
  const facts = [
    `- Interview: ${plain(title)}`,
    alone ? '- Kind: mock interview, alone' : `- Interviewers: ${interviewers.map(plain).join(', ') || 'nobody'}`,
    `- Began: ${dateWords(startedAt)}`,
    `- Length: ${durationWords(lengthMs)}${finished ? '' : ', not finished yet'}`,
  ]
  const kind = copy === 'candidate' ? 'Interview report, the candidate’s copy' : 'Interview report'
  return [`# ${kind}: ${plain(candidate)}`, facts.join('\n')]
}

function exerciseBlocks(exercise: ReportExercise): string[] {
  const race = raceWords(exercise)
  const rows = exercise.runs.map((run) => [
    String(run.number),
    stampOf(run.at),
    plain(run.by),
    verdictWord(run),
    sentence(runSentence(run)),
  ])
  return [
    `### ${plain(exercise.title)}`,
    [openWords(exercise), ...(race === null ? [] : [`**${race}**`])].join(' '),
    rows.length === 0 ? 'No run.' : table(['Run', 'At', 'By', 'Verdict', 'What happened'], rows),
  ]
}

function codeBlocks(exercises: readonly ReportExercise[]): string[] {
  const blocks = exercises.flatMap(({ title, files }) =>
    files.flatMap(({ name, text }) => [`### ${plain(title)}: ${plain(name)}`, codeBlock(text, languageOf(name))]),
  )
  return blocks.length === 0 ? [] : ['## Code at the end', ...blocks]
}

function languageOf(name: string): string {
  return name.endsWith('.go') ? 'go' : 'text'
}
