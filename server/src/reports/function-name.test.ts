import { expect, test } from 'vitest'
import { enclosingFunction, readableName, testOfFunction } from './function-name.ts'
import { LineSplitter, MAX_LINE_BYTES } from './lines.ts'
import { frameOf, redactPositions, type Sources } from './sources.ts'

test.each([
  ['sandbox/counter.(*Counter).Hit', 'Hit', false],
  ['sandbox/counter.New', 'New', false],
  ['sandbox/counter.TestX.func1', 'TestX', true],
  ['sandbox/counter.TestX.func7.1', 'TestX', true],
  ['sandbox/counter.TestX.func7.1.gowrap1', 'TestX', true],
  ['sandbox/hang.TestZoo.gowrap1', 'TestZoo', false],
  ['sandbox/counter.TestX.(*Counter).Start.func1', 'Start', true],
  ['sandbox/counter.(*Counter).run-fm', 'run', false],
  ['sandbox/counter.(*Box[go.shape.string]).Set', 'Set', false],
  ['sandbox/counter.Map[go.shape.[]example.com/x.T].func2', 'Map', true],
  ['example.com/a.b/c%2ed.F-range1', 'F', false],
  ['', '', false],
])('%s reads %s, literal: %s', (fn, name, literal) => {
  expect(readableName(fn)).toEqual({ name, literal })
})

test.each([
  ['sandbox/counter.TestX.func1', 'TestX'],
  ['sandbox/counter_test.TestX', 'TestX'],
  ['sandbox/counter.TestX.(*Counter).Start.func1', 'TestX'],
  ['sandbox/counter.Testing', null],
  ['sandbox/counter.(*Suite).TestX', null],
])('%s belongs to %s', (fn, name) => {
  expect(testOfFunction(fn)).toBe(name)
})

test.each([
  ['p.X.func1', 'p.X'],
  ['p.X.func1.2', 'p.X.func1'],
  ['p.(*T).Run', null],
])('%s stands in %s', (fn, enclosing) => {
  expect(enclosingFunction(fn)).toBe(enclosing)
})

const SOURCES: Sources = {
  importPath: 'sandbox/pool',
  files: new Map([
    ['pool.go', { origin: 'candidate', text: '' }],
    ['pool_test.go', { origin: 'test', text: '' }],
    ['hidden_test.go', { origin: 'hidden', text: '' }],
    ['variant.go', { origin: 'hidden', text: '' }],
  ]),
}

test.each([
  ['pool.go', 'pool.go', 7, 'candidate'],
  ['./pool.go', 'pool.go', 7, 'candidate'],
  ['sandbox/pool/pool_test.go', 'pool_test.go', 7, 'test'],
  ['hidden_test.go', 'hidden test', 0, 'hidden'],
  ['variant.go', 'the variant’s code', 0, 'hidden'],
  ['/usr/local/go/src/sync/pool.go', '/usr/local/go/src/sync/pool.go', 7, 'go'],
  ['sync/pool.go', 'sync/pool.go', 7, 'go'],
  ['_testmain.go', '_testmain.go', 7, 'go'],
])('a frame in %s is one of %s:%d (%s)', (path, file, line, origin) => {
  expect(frameOf(SOURCES, 'f', path, 7)).toEqual({ function: 'f', file, line, origin })
})

test('positions in hidden files are cut out of texts, others stay', () => {
  expect(redactPositions(SOURCES, '\thidden_test.go:12 +0x1d\n    pool_test.go:3: /w/hidden_test.go:4:5: no')).toBe(
    '\thidden test +0x1d\n    pool_test.go:3: /w/hidden test: no',
  )
})

test('positions in a variant are its code’s, and no hidden test’s', () => {
  expect(redactPositions(SOURCES, '\tvariant.go:12 +0x1d')).toBe('\tthe variant’s code +0x1d')
})

test('lines are cut at a cap, and the next one is whole again', () => {
  const splitter = new LineSplitter()
  const long = 'x'.repeat(MAX_LINE_BYTES * 2)
  const lines = [
    ...splitter.push(Buffer.from(long)),
    ...splitter.push(Buffer.from(`${long}\nnext\r\nlast`)),
    ...splitter.end(),
  ]
  expect(lines).toEqual([`${'x'.repeat(MAX_LINE_BYTES)}…`, 'next', 'last'])
})

test('a character split between two chunks is whole', () => {
  const splitter = new LineSplitter()
  const bytes = Buffer.from('é€😀\n')
  expect([...bytes].flatMap((byte) => splitter.push(Buffer.from([byte])))).toEqual(['é€😀'])
})
