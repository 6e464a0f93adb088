import { type Html, html } from './html.ts'
import { splitCode } from './visible-text.ts'

/** Beside the address of a report’s page: where the interview is looked at again. */
export const REPLAY_LINK = 'replay'

/** Where in the replay something is: a run by its number, or milliseconds since the start. For the screen: paper has no use for it. */
export function replayLink(where: { run: number } | { at: number }): Html {
  const place = 'run' in where ? `run=${where.run}` : `at=${where.at / 1000}`
  return html` <a class="jump" href="${REPLAY_LINK}#${place}">replay</a>`
}

/** A sentence of a verdict; what stands between backticks is code. */
export function sentenceHtml(sentence: string): Html {
  const pieces = splitCode(sentence)
  return html`${pieces.map((piece, index) => (index % 2 === 1 ? html`<code>${piece}</code>` : html`${piece}`))}`
}

/** Lines of code, numbered from `from`. */
export function codeHtml(code: readonly string[], from = 1): Html {
  const numbered = code.map(
    (line, index) => html`<tr><td class="no">${from + index}</td><td><pre>${line}</pre></td></tr>
`,
  )
  return html`<table class="code"><tbody>
${numbered}</tbody></table>`
}

/** Without an empty one behind the last line feed. */
export function lines(text: string): string[] {
  return text.replace(/\r?\n$/, '').split(/\r?\n/)
}
