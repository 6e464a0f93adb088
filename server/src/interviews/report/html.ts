import { visibleText } from './visible-text.ts'

/** Text that is HTML already. Only `html` makes it. */
export class Html {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

type Value = Html | readonly Html[] | string | number

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** HTML with values in it, each escaped unless it is HTML. Values stand in text or in quoted attributes. */
export function html(strings: TemplateStringsArray, ...values: Value[]): Html {
  const pieces = strings.map((literal, index) => literal + written(values[index] ?? ''))
  return new Html(pieces.join(''))
}

/** HTML that is there only on a condition. */
export function when(condition: boolean, part: () => Html): Html {
  return condition ? part() : html``
}

function written(value: Value): string {
  if (value instanceof Html) return value.text
  if (typeof value === 'string' || typeof value === 'number') return escaped(String(value))
  return value.map(({ text }) => text).join('')
}

function escaped(text: string): string {
  return visibleText(text).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '')
}
