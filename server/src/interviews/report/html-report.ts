import { durationWords, type InterviewReport, type ReportExercise, type ReportRun, stampOf } from '@sandbox/protocol'
import { Html, html, when } from './html.ts'
import { privateHtml } from './html-private.ts'
import { codeHtml, lines, replayLink, sentenceHtml } from './html-text.ts'
import { REPORT_STYLE } from './report-style.ts'
import { openWords, raceWords, runSentence, verdictWord } from './report-words.ts'
import { dateWords } from './visible-text.ts'

/** What a report may do, for its header and as it stands in the file itself: be styled, and nothing else. */
export const REPORT_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"

/** A report as one page without script, for a screen and for A4. Everything in it that people wrote is escaped. */
export function htmlReport(report: InterviewReport): string {
  const { candidate, exercises } = report
  const withCode = exercises.filter(({ files }) => files.length > 0)
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${REPORT_POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light">
<title>Interview report: ${candidate}</title>
<style>${new Html(REPORT_STYLE)}</style>
</head>
<body>
<main>
${headHtml(report)}
${report.private === null ? html`` : privateHtml(report.private, { alone: report.alone })}
<section>
<h2>Exercises and runs</h2>
${exercises.length === 0 ? html`<p class="none">No exercise was opened.</p>` : exercises.map((one) => exerciseHtml(one, report.private !== null))}
</section>
${when(
  withCode.length > 0,
  () => html`<section class="apart">
<h2>Code at the end</h2>
${withCode.flatMap(({ title, files }) => files.map(({ name, text }) => fileHtml(title, name, text)))}
</section>`,
)}
</main>
</body>
</html>
`
  return page.text
}

function headHtml(report: InterviewReport): Html {
  const { candidate, title, interviewers, alone, startedAt, lengthMs, finished, exercises } = report
  const runs = exercises.reduce((sum, exercise) => sum + exercise.runs.length, 0)
  return html`<header>
<p class="kind">Interview report${when(report.copy === 'candidate', () => html`, the candidate’s copy`)}</p>
<h1>${candidate}</h1>
<dl>
<div><dt>Interview</dt><dd>${title}</dd></div>
${alone ? html`<div><dt>Kind</dt><dd>Mock interview, alone</dd></div>` : html`<div><dt>Interviewers</dt><dd>${interviewers.join(', ') || 'Nobody'}</dd></div>`}
<div><dt>Began</dt><dd>${dateWords(startedAt)}</dd></div>
<div><dt>Length</dt><dd>${durationWords(lengthMs)}${when(!finished, () => html`, not finished yet`)}</dd></div>
<div><dt>Runs</dt><dd>${runs}</dd></div>
</dl>
</header>`
}

function exerciseHtml(exercise: ReportExercise, hasReplay: boolean): Html {
  const race = raceWords(exercise)
  return html`<article>
<h3>${exercise.title}</h3>
<p>${openWords(exercise)}${race === null ? '' : html` <b>${race}</b>`}</p>
${
  exercise.runs.length === 0
    ? html`<p class="none">No run.</p>`
    : html`<table class="runs">
<thead><tr><th>Run</th><th>At</th><th>By</th><th>Verdict</th><th>What happened</th></tr></thead>
<tbody>
${exercise.runs.map((run) => runHtml(run, hasReplay))}
</tbody>
</table>`
}
</article>`
}

function runHtml(run: ReportRun, hasReplay: boolean): Html {
  return html`<tr><td class="number">${run.number}${when(hasReplay, () => replayLink({ run: run.number }))}</td><td class="number">${stampOf(run.at)}</td><td>${run.by}</td><td class="verdict ${run.verdict ?? 'void'}">${verdictWord(run)}</td><td>${sentenceHtml(runSentence(run))}</td></tr>
`
}

function fileHtml(exercise: string, name: string, text: string): Html {
  return html`<article class="file">
<h3>${exercise}: <code>${name}</code></h3>
${text === '' ? html`<p class="none">Empty.</p>` : codeHtml(lines(text))}
</article>
`
}
