/** What a piece of Go source is, as far as colouring goes. */
export type TokenKind = 'keyword' | 'type' | 'func' | 'string' | 'const' | 'comment' | 'plain'

export interface GoToken {
  kind: TokenKind
  text: string
}

/** What a line inherits from the one before it. */
export type LineState = 'code' | 'comment' | 'raw-string'

const KEYWORDS = new Set(
  'break case chan const continue default defer else fallthrough for func go goto if import interface map package range return select struct switch type var'.split(
    ' ',
  ),
)
const TYPES = new Set(
  'any bool byte comparable complex64 complex128 error float32 float64 int int8 int16 int32 int64 rune string uint uint8 uint16 uint32 uint64 uintptr'.split(
    ' ',
  ),
)
const CONSTANTS = new Set(['true', 'false', 'nil', 'iota'])

/** One token at the start of the rest of a line; https://go.dev/ref/spec#Lexical_elements, without its errors. */
const TOKEN =
  /(?<comment>\/\/.*|\/\*.*?(?:\*\/|$))|(?<string>"(?:\\.|[^"\\])*"?|'(?:\\.|[^'\\])*'?|`[^`]*`?)|(?<number>\.?\d[\w.]*)|(?<word>[\p{L}_][\p{L}\p{Nd}_]*)|(?<other>\s+|.)/uy

/** Splits one line, and says what the next one begins in. */
export function tokenizeLine(line: string, state: LineState): { tokens: GoToken[]; state: LineState } {
  const tokens: GoToken[] = []
  let at = 0
  let current = state
  while (at < line.length) {
    if (current === 'code') {
      const { token, next } = nextToken(line, at, tokens)
      push(tokens, token)
      at += token.text.length
      current = next
    } else {
      const close = current === 'comment' ? '*/' : '`'
      const found = line.indexOf(close, at)
      const end = found < 0 ? line.length : found + close.length
      push(tokens, { kind: current === 'comment' ? 'comment' : 'string', text: line.slice(at, end) })
      at = end
      if (found >= 0) current = 'code'
    }
  }
  return { tokens, state: current }
}

/** Splits a whole text into lines of tokens. */
export function tokenize(text: string): GoToken[][] {
  let state: LineState = 'code'
  return text.split('\n').map((line) => {
    const result = tokenizeLine(line, state)
    state = result.state
    return result.tokens
  })
}

function nextToken(line: string, at: number, before: GoToken[]): { token: GoToken; next: LineState } {
  TOKEN.lastIndex = at
  const match = TOKEN.exec(line)
  const text = match?.[0] ?? line.slice(at)
  const groups = match?.groups ?? {}
  if (groups.comment !== undefined) {
    const open = text.startsWith('/*') && !(text.length > 3 && text.endsWith('*/'))
    return { token: { kind: 'comment', text }, next: open ? 'comment' : 'code' }
  }
  if (groups.string !== undefined) {
    const open = text.startsWith('`') && (text.length === 1 || !text.endsWith('`'))
    return { token: { kind: 'string', text }, next: open ? 'raw-string' : 'code' }
  }
  if (groups.number !== undefined) return { token: { kind: 'const', text }, next: 'code' }
  if (groups.word === undefined) return { token: { kind: 'plain', text }, next: 'code' }
  const rest = line.slice(at + text.length)
  return { token: { kind: kindOfWord(text, rest, before), text }, next: 'code' }
}

function kindOfWord(word: string, rest: string, before: GoToken[]): TokenKind {
  if (KEYWORDS.has(word)) return 'keyword'
  if (CONSTANTS.has(word)) return 'const'
  const previous = before.findLast((token) => token.text.trim() !== '')
  if (previous?.text === 'type') return 'type'
  if (/^(\[[^\]]*\])?\(/.test(rest)) return TYPES.has(word) ? 'type' : 'func'
  if (TYPES.has(word)) return 'type'
  return isExported(word) && looksLikeType(rest, before) ? 'type' : 'plain'
}

function isExported(word: string): boolean {
  return /^\p{Lu}/u.test(word)
}

/** An exported name that is not called and not assigned: `*Pool`, `sync.Mutex`, `[]Job`, `chan Job`, `Pool{`. */
function looksLikeType(rest: string, before: GoToken[]): boolean {
  const tail = before.map((token) => token.text).join('')
  if (/^\s*(:?=|\.|,\s*\w+\s*:?=)/.test(rest)) return false
  return (
    rest.startsWith('{') ||
    /(?:[*\]]|\bchan |<-|[\p{L}_][\p{L}\p{Nd}_]*[ \t]+(?:[*\][]*)?(?:[a-z]\w*\.)?|\) ?\(?(?:[a-z]\w*\.)?)$/u.test(tail)
  )
}

/** Neighbours of one kind become one token: fewer elements to draw. */
function push(tokens: GoToken[], token: GoToken): void {
  const last = tokens.at(-1)
  if (last && last.kind === 'plain' && token.kind === 'plain') last.text += token.text
  else tokens.push({ ...token })
}
