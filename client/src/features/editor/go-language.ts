import { type LineState, tokenizeLine } from '../../ui/go-tokens.ts'
import type { Monaco } from './monaco.ts'

export const GO = 'go'

/** What Monaco takes a file for: what is no Go is a profile, a dump or a report. */
export function languageOf(file: string): string {
  return file.endsWith('.go') ? GO : 'plaintext'
}

/** Teaches Monaco Go: brackets and comments as its own definition has them, colours as everywhere on the page. */
export function registerGo(monaco: Monaco): void {
  monaco.languages.register({ id: GO, extensions: ['.go'], aliases: ['Go'] })
  monaco.languages.setLanguageConfiguration(GO, {
    comments: { lineComment: '//', blockComment: ['/*', '*/'] },
    brackets: [
      ['{', '}'],
      ['[', ']'],
      ['(', ')'],
    ],
    autoClosingPairs: [
      { open: '{', close: '}' },
      { open: '[', close: ']' },
      { open: '(', close: ')' },
      { open: '`', close: '`', notIn: ['string'] },
      { open: '"', close: '"', notIn: ['string'] },
      { open: "'", close: "'", notIn: ['string', 'comment'] },
    ],
    surroundingPairs: ['{}', '[]', '()', '``', '""', "''"].map(([open = '', close = '']) => ({ open, close })),
    indentationRules: {
      increaseIndentPattern: /^.*(\{[^}]*|\([^)]*|\b(case\b.*|default):)\s*(\/\/.*)?$/,
      decreaseIndentPattern: /^\s*(\}|\)|(case\b.*|default):)/,
    },
  })
  monaco.languages.setTokensProvider(GO, {
    getInitialState: () => new State('code'),
    tokenize(line, state) {
      const result = tokenizeLine(line, state instanceof State ? state.inherited : 'code')
      let startIndex = 0
      const tokens = result.tokens.map(({ kind, text }) => {
        const token = { startIndex, scopes: kind === 'plain' ? '' : kind }
        startIndex += text.length
        return token
      })
      return { tokens, endState: new State(result.state) }
    },
  })
}

/** What Monaco keeps between two lines. */
class State {
  readonly inherited: LineState

  constructor(inherited: LineState) {
    this.inherited = inherited
  }

  clone(): State {
    return this
  }

  equals(other: unknown): boolean {
    return other instanceof State && other.inherited === this.inherited
  }
}
