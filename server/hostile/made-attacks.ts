import type { Attack } from './corpus.ts'

const HONEST_TEST = {
  name: 'honest_test.go',
  text: 'package attack\n\nimport "testing"\n\nfunc TestHonest(t *testing.T) {}\n',
}

/** Names that a file system, a shell, a compiler's command line or a log could misread. */
const ODD_NAMES = [
  '../../../etc/evil.go',
  '/etc/evil.go',
  '-o.go',
  '@response.go',
  'a b.go',
  'a\nb.go',
  'a\0b.go',
  'x.s',
  'x.syso',
  'go.mod',
  'x.go/../y.go',
  '.go',
  '..go',
  '_cgo_gotypes.go\u202e',
  `${'n'.repeat(300)}.go`,
  'CON.go:stream',
]

/** Attacks whose files are too large, too many or too odd to stand in a folder. */
export function madeAttacks(): Attack[] {
  return [
    made('compile/ten-thousand-files', {
      what: 'Ten thousand source files',
      verdicts: ['rejected'],
      files: Array.from({ length: 10_000 }, (_, n) => source(`file${n}.go`, `package attack\n\nvar v${n} = ${n}\n`)),
    }),
    made('compile/source-too-large', {
      what: 'Twenty files that are within the limit one by one and far beyond it together',
      verdicts: ['rejected'],
      files: Array.from({ length: 20 }, (_, n) => source(`file${n}.go`, `package attack\n// ${'x'.repeat(200_000)}\n`)),
    }),
    made('compile/deep-parentheses', {
      what: 'A hundred thousand nested parentheses',
      verdicts: ['compile-error'],
      files: [
        HONEST_TEST,
        source('deep.go', `package attack\n\nvar v = ${'('.repeat(100_000)}1${')'.repeat(100_000)}\n`),
      ],
    }),
    made('compile/deep-unary', {
      what: 'A unary operator a hundred thousand times: recursion in parser, type checker and compiler',
      verdicts: ['compile-error', 'timeout', 'out-of-memory'],
      limits: { buildWallMs: 4000 },
      files: [HONEST_TEST, source('deep.go', `package attack\n\nvar v = ${'-'.repeat(1)}${' -'.repeat(100_000)}1\n`)],
    }),
    made('compile/long-sum', {
      what: 'A sum of sixty thousand terms, which nests to the left',
      verdicts: ['passed', 'compile-error', 'timeout', 'out-of-memory'],
      limits: { buildWallMs: 4000 },
      files: [HONEST_TEST, source('sum.go', `package attack\n\nvar a = 1\n\nvar v = a${'+a'.repeat(60_000)}\n`)],
    }),
    made('compile/not-go', {
      what: 'NUL bytes, broken UTF-8 and an ELF header in a file called .go',
      verdicts: ['rejected'],
      files: [HONEST_TEST, source('elf.go', '\x7fELF\x02\x01\x01\0\0\0\0\0package attack\n')],
    }),
    made('spoof/many-tests', {
      what: "Thousands of test functions of one's own, to outgrow what is kept of a run",
      verdicts: ['passed', 'void', 'out-of-memory', 'timeout'],
      limits: { buildWallMs: 4000 },
      files: [source('many_test.go', manyTests(6000))],
    }),
    ...ODD_NAMES.map((name) =>
      made('compile/odd-names', {
        what: `A file called ${JSON.stringify(name.slice(0, 40))}`,
        verdicts: ['rejected'],
        files: [HONEST_TEST, source(name, 'package attack\n')],
      }),
    ),
  ]
}

function made(name: string, parts: Pick<Attack, 'what' | 'verdicts' | 'files'> & Partial<Attack>): Attack {
  return { judge: 'own', goMod: null, ...parts, name }
}

function source(name: string, text: string): { name: string; text: string } {
  return { name, text }
}

function manyTests(count: number): string {
  const tests = Array.from({ length: count }, (_, n) => `func Test${n}(t *testing.T) {}\n`)
  return `package attack\n\nimport "testing"\n\n${tests.join('')}`
}
