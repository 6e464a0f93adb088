import { expect, test } from 'vitest'
import { hitCounter } from '../state/testdata/recorded.ts'
import { tokenize, tokenizeLine } from './go-tokens.ts'

function kinds(line: string): string[] {
  return tokenizeLine(line, 'code').tokens.flatMap(({ kind, text }) => (kind === 'plain' ? [] : [`${kind} ${text}`]))
}

const cases: [line: string, want: string[]][] = [
  ['package hits', ['keyword package']],
  ['func (c *Counter) Hit(page string) {', ['keyword func', 'type Counter', 'func Hit', 'type string']],
  [
    '\treturn &Counter{pages: make(map[string]int)}',
    ['keyword return', 'type Counter', 'func make', 'keyword map', 'type string', 'type int'],
  ],
  ['\tmu    sync.Mutex', ['type Mutex']],
  ['type Pool[T any] struct {', ['keyword type', 'type Pool', 'type any', 'keyword struct']],
  ['\tfor i := range 1_000 { // hot', ['keyword for', 'keyword range', 'const 1_000', 'comment // hot']],
  ['\tx, ok := <-ch; s := "a\\"b" + \'\\n\'', ['string "a\\"b"', "string '\\n'"]],
  ['\treturn nil, true', ['keyword return', 'const nil', 'const true']],
  ['\tc.Total = 3', ['const 3']],
]

test.each(cases)('%s', (line, want) => {
  expect(kinds(line)).toEqual(want)
})

test('comments and raw strings go on over lines', () => {
  const [first, second, third] = tokenize('a /* one\ntwo */ b := `x\ny` + z')
  expect(first?.at(-1)).toEqual({ kind: 'comment', text: '/* one' })
  expect(second?.map(({ kind, text }) => `${kind} ${text.trim()}`)).toEqual([
    'comment two */',
    'plain b :=',
    'string `x',
  ])
  expect(third?.[0]).toEqual({ kind: 'string', text: 'y`' })
})

test('every character of a file is in exactly one token', () => {
  const detail = hitCounter()
  for (const { text } of [...detail.starter, ...detail.visibleTests]) {
    const again = tokenize(text).map((line) => line.map((token) => token.text).join(''))
    expect(again.join('\n')).toBe(text)
  }
})

test('junk is split without an end in sight or an error', () => {
  for (const junk of ['"unclosed', '`', "'", '/*', '\u0000\u{1F600}\ud800', '/**/', '/*/']) {
    expect(
      tokenize(junk)
        .flat()
        .map((token) => token.text)
        .join(''),
    ).toBe(junk)
  }
  expect(tokenizeLine('/**/ x', 'code').state).toBe('code')
  expect(tokenizeLine('/*/', 'code').state).toBe('comment')
})
