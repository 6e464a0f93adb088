import {
  durationWords,
  type PrivateReport,
  type ReportCard,
  type ReportEvidence,
  type ReportPart,
  type ReportQuestion,
  type ReportSection,
  stampOf,
} from '@sandbox/protocol'
import { type Html, html, when } from './html.ts'
import { codeHtml, replayLink, sentenceHtml } from './html-text.ts'
import { absenceWords, BAND_WORDS, cardTitle, evidenceWords, ofPlan, pasteWords, RESULT_WORDS } from './report-words.ts'
import { scoreBar } from './score-bar.ts'

/** What only interviewers see: scores first, then time and questions, notes, and what was recorded. */
export function privateHtml(report: PrivateReport, { alone }: { alone: boolean }): Html {
  return html`<section>
<h2>Scorecard</h2>
${report.cards.length === 0 ? html`<p class="none">Nothing is scored.</p>` : report.cards.map(cardHtml)}
</section>
<section>
<h2>Time and questions</h2>
${timeHtml(report)}
${report.parts.map(partHtml)}
</section>
<section>
<h2>Notes</h2>
${report.notes.length === 0 ? html`<p class="none">No notes.</p>` : html`<dl class="moments">${report.notes.map(noteHtml)}</dl>`}
</section>
${when(
  !alone,
  () => html`<section>
<h2>Recorded with the candidate’s knowledge</h2>
${recordedHtml('Pasting', report.pastes, pasteWords)}
${recordedHtml('Leaving the window', report.absences, absenceWords)}
</section>`,
)}`
}

function cardHtml(card: ReportCard): Html {
  return html`<article class="card">
<h3>${cardTitle(card)} <span class="result ${card.verdict}">${RESULT_WORDS[card.verdict]}</span> <span class="total">${card.total} of ${card.of}, ${card.passing} to pass</span></h3>
${when(card.reasons.length > 0, () => html`<ul class="reasons">${card.reasons.map((reason) => html`<li>${reason}</li>`)}</ul>`)}
<table class="sections">
<thead><tr><th>Section</th><th>Points</th><th>Minimum</th><th>Band</th></tr></thead>
<tbody>
${card.sections.map(sectionHtml)}
</tbody>
</table>
${flagsHtml('Green flags', card.greenFlags)}
${flagsHtml('Red flags', card.redFlags)}
</article>`
}

function sectionHtml(section: ReportSection): Html {
  const { title, points, of, minimum, band, words, evidence } = section
  return html`<tr>
<td>${title}${scoreBar(section)}</td>
<td class="number"><b>${points ?? '–'}</b> of ${of}</td>
<td class="number">${minimum ?? 'none'}</td>
<td>${band === null ? 'not scored' : html`<b>${BAND_WORDS[band]}.</b> ${words ?? ''}`}${evidenceHtml(evidence)}</td>
</tr>
`
}

function evidenceHtml(evidence: readonly ReportEvidence[]): Html {
  if (evidence.length === 0) return html``
  return html`<ul class="evidence">${evidence.map(
    (one) =>
      html`<li><time>${stampOf(one.at)}</time> ${sentenceHtml(evidenceWords(one))}${replayLink(one.type === 'run' ? { run: one.number } : one)}${
        one.type === 'line' ? codeHtml([one.text], one.line) : ''
      }</li>`,
  )}</ul>`
}

function flagsHtml(title: string, flags: readonly string[]): Html {
  return when(flags.length > 0, () => html`<p><b>${title}:</b> ${flags.join('; ')}.</p>`)
}

function timeHtml({ guide, runningMs, pausedMs, parts }: PrivateReport): Html {
  if (guide === null) return html`<p class="none">This interview has no guide.</p>`
  return html`<p>By the guide “${guide.title}”: the clock ran for ${ofPlan(runningMs, guide.minutes)}${when(
    pausedMs > 0,
    () => html` and was paused for ${durationWords(pausedMs)}`,
  )}.</p>
<table class="parts">
<thead><tr><th>Part</th><th>Took</th></tr></thead>
<tbody>
${parts.map((part) => html`<tr><td>${part.title}</td><td class="number">${ofPlan(part.spentMs, part.minutes)}</td></tr>`)}
</tbody>
</table>`
}

function partHtml({ title, questions, notAsked }: ReportPart): Html {
  if (questions.length + notAsked.length === 0) return html``
  return html`<article>
<h3>${title}</h3>
${questions.map(questionHtml)}
${when(notAsked.length > 0, () => html`<p class="none">Not asked: ${notAsked.join('; ')}.</p>`)}
</article>`
}

function questionHtml(question: ReportQuestion): Html {
  const { title, seed, spentMs, minutes, said, notSaid, asked } = question
  return html`<div class="question">
<h4>${seed === 'alternative' ? '' : `${seed} `}${title} <span class="plan">${ofPlan(spentMs, minutes)}, ${said.length} of ${said.length + notSaid.length} points</span></h4>
${listHtml('Said', 'said', said)}
${listHtml('Not said', 'not-said', notSaid)}
${listHtml('Asked further', 'asked', asked)}
</div>`
}

function listHtml(title: string, kind: string, items: readonly string[]): Html {
  return when(
    items.length > 0,
    () => html`<div class="${kind === 'asked' ? 'wide' : ''}"><h5>${title}</h5><ul class="${kind}">${items.map((item) => html`<li>${sentenceHtml(item)}</li>`)}</ul></div>
`,
  )
}

function noteHtml({ at, by, text }: PrivateReport['notes'][number]): Html {
  return html`<div><dt><time>${stampOf(at)}</time> ${by}${replayLink({ at })}</dt><dd class="prose">${text}</dd></div>
`
}

function recordedHtml<T extends { at: number }>(
  title: string,
  moments: T[] | null,
  words: (moment: T) => string,
): Html {
  if (moments === null) return html`<p>${title}: not recorded.</p>`
  if (moments.length === 0) return html`<p>${title}: recorded, and nothing to tell.</p>`
  return html`<p>${title}:</p>
<ul class="moments">${moments.map((moment) => html`<li><time>${stampOf(moment.at)}</time> ${words(moment)}</li>`)}</ul>`
}
