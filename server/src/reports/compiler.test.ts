import { expect, test } from 'vitest'
import { MAX_DIAGNOSTIC_CHARS, MAX_DIAGNOSTICS, parseCompilerOutput } from './compiler.ts'
import { junk, sample, sourcesOf } from './testdata/samples.ts'
import { parseVetOutput } from './vet.ts'

const BROKEN = sourcesOf('broken', ['pool.go', 'hidden_test.go'])
const VETTED = sourcesOf('vetted', ['v.go', 'v_test.go'])

function outlines(name: string): string[] {
  return parseCompilerOutput(BROKEN, 'compile', sample(`compiler/${name}.txt`).toString()).map(
    ({ file, line, column, message }) => `${file}:${line}:${column}: ${message}`,
  )
}

const POOL = [
  'pool.go:3:8: "fmt" imported and not used',
  'pool.go:10:4: p.close undefined (type *Pool has no field or method close, but does have method Close)',
  'pool.go:11:6: declared and not used: x',
  'pool.go:11:14: cannot use "text" (untyped string constant) as int value in variable declaration',
  'pool.go:12:2: undefined: ctxt',
  'pool.go:13:7: not enough arguments in call to Take\n\thave (number)\n\twant (int, int)',
  'pool.go:18:6: Use redeclared in this block\n\tpool.go:9:6: other declaration of Use',
]

test('messages keep their continuation lines', () => {
  expect(outlines('compile')).toEqual(POOL)
})

test('the build folder is no part of a place, in continuation lines neither', () => {
  expect(outlines('compile-abs')).toEqual(POOL)
})

test('a hidden file shows no name, no line and no text', () => {
  const all = outlines('compile-hidden')
  expect(all.slice(POOL.length)).toEqual([
    'hidden test:0:0: p.Secret undefined (type *Pool has no field or method Secret)',
    'hidden test:0:0: not enough arguments in call to Take\n\thave (string)\n\twant (int, int)',
    'hidden test:0:0: TestSecret redeclared in this block\n\thidden test: other declaration of TestSecret',
  ])
})

test('equal messages of hidden files become one that counts them, and the end of the list is no error', () => {
  const missing = 'p.Close undefined (type *Pool has no field or method Close)'
  const places = ['pool.go:9:4', 'pool.go:10:4', 'hidden_test.go:7:4', 'hidden_test.go:8:4', 'hidden_test.go:9:4']
  const text = [...places.map((place) => `./${place}: ${missing}`), './hidden_test.go:9:4: too many errors', ''].join(
    '\n',
  )
  const found = parseCompilerOutput(BROKEN, 'compile', `${text}./hidden_test.go:12:4: undefined: x\n`)
  expect(found.map(({ file, line, message }) => `${file}:${line}: ${message}`)).toEqual([
    `pool.go:9: ${missing}`,
    `pool.go:10: ${missing}`,
    `hidden test:0: ${missing} (3 times)`,
    'hidden test:0: undefined: x',
  ])
})

test('string literals of a hidden file are cut', () => {
  const text = 'hidden_test.go:7:4: cannot use "the hidden answer" (untyped string constant) as int value\n'
  expect(parseCompilerOutput(BROKEN, 'compile', text)[0]?.message).toBe(
    'cannot use "…" (untyped string constant) as int value',
  )
})

test.each([
  ['compile-syntax', ['s.go:5:8: syntax error: unexpected ), expected expression', 's.go:8:22: newline in string']],
  ['compile-import', ['s.go:3:8: could not import nosuch/pkg (open : no such file or directory)']],
  ['link', [':0:0: sandbox/linky.TestX: relocation target nosuch.miss not defined']],
])('%s is read', (name, want) => {
  expect(outlines(name)).toEqual(want)
})

test('a flood of messages is capped, in number and length', () => {
  const flood = `pool.go:1:1: x\n${`\t${'y'.repeat(100)}\n`.repeat(100)}`.repeat(MAX_DIAGNOSTICS * 2)
  const found = parseCompilerOutput(BROKEN, 'compile', flood)
  expect(found.length).toBe(MAX_DIAGNOSTICS)
  expect(found[0]?.message.length).toBeLessThanOrEqual(MAX_DIAGNOSTIC_CHARS)
})

test('junk comes out as messages and never throws', () => {
  for (let seed = 1; seed <= 60; seed++) {
    const text = junk(seed, sample('compiler/compile-hidden.txt')).toString()
    expect(parseCompilerOutput(BROKEN, 'compile', text).length === 0).toBe(
      !/^(?!# |too many errors$)(?=.*\S)/m.test(text),
    )
    parseVetOutput(VETTED, junk(seed, sample('compiler/vet.json')).toString())
  }
})

test('vet findings of go test are errors, the others are advice', () => {
  const found = parseVetOutput(VETTED, sample('compiler/vet.json').toString())
  expect(found).toEqual([
    {
      source: 'vet',
      severity: 'advice',
      file: 'v.go',
      line: 10,
      column: 9,
      endLine: 10,
      endColumn: 10,
      message: 'Get passes lock by value: sandbox/vetted.C contains sync.Mutex',
      analyzer: 'copylocks',
    },
    {
      source: 'vet',
      severity: 'error',
      file: 'v.go',
      line: 12,
      column: 31,
      endLine: 12,
      endColumn: 33,
      message: 'fmt.Printf format %d has arg "x" of wrong type string',
      analyzer: 'printf',
    },
    {
      source: 'vet',
      severity: 'advice',
      file: 'v_test.go',
      line: 6,
      column: 14,
      endLine: 6,
      endColumn: 27,
      message: 'call to (*testing.T).Fatal from a non-test goroutine',
      analyzer: 'testinggoroutine',
    },
  ])
})

test('a vet finding in a hidden test quotes nothing, and advice on it is not told', () => {
  const finding = (message: string) => [{ posn: '/build/broken/hidden_test.go:8:2', message }]
  const text = JSON.stringify({ p: { printf: finding('arg "secret" of wrong type'), copylocks: finding('copies') } })
  expect(parseVetOutput(BROKEN, text)).toEqual([
    {
      source: 'vet',
      severity: 'error',
      file: 'hidden test',
      line: 0,
      column: 0,
      message: 'arg "…" of wrong type',
      analyzer: 'printf',
    },
  ])
})

test('what vet says in words is a message', () => {
  expect(parseVetOutput(VETTED, '# sandbox/vetted\nvet: ./v.go:3:4: undefined: x\n')).toMatchObject([
    { source: 'vet', severity: 'error', file: 'v.go', line: 3, column: 4, message: 'undefined: x' },
  ])
  expect(parseVetOutput(VETTED, '{}')).toEqual([])
})
