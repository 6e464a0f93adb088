import type { Frame, Goroutine } from '@sandbox/protocol'
import { expect, test } from 'vitest'
import { waitGroupGoSite } from '../reports/creation-site.ts'
import type { Sources } from '../reports/sources.ts'
import { appendedAt, atPlace, deferredTold, plainVariable, racedVariable, waitOf } from './places.ts'

function sources(...lines: string[]): Sources {
  return { importPath: 'sandbox/p', files: new Map([['p.go', { origin: 'candidate', text: lines.join('\n') }]]) }
}

function frame(line: number, name = 'sandbox/p.F'): Frame {
  return { function: name, file: 'p.go', line, origin: 'candidate' }
}

test.each([
  ['c.hits++', 'return c.hits', 'c.hits'],
  ['c.pages[page]++', 'n := len(c.pages)', 'c.pages'],
  ['p.total += n', 'if q.total > 3 {', 'total'],
  ['closed = true', 'if closed {', 'closed'],
  ['c.hits = append(c.hits, h) // note', 'for _, h := range c.hits {', 'c.hits'],
  ['out[i] = append(out[i], h)', 'return out', 'out'],
  ['out[i] = append(base, h)', 'return out', null],
  ['N++', 'return N', 'N'],
  ['func Add() { N++ }', 'func Read() int { return N }', 'N'],
  ['wg.Go(func() { N++ })', 'N++', 'N'],
  ['go func() { n++; close(done) }()', 'n++', 'n'],
  ['if n == 0 { n = 1 }', 'if n == 0 { n = 1 }', 'n'],
  ['n <<= 1', 'return n', 'n'],
  ['c.last = Hit{page}', 'return c.last', 'c.last'],
  ['for i := 0; i < 3; i++ { n += i }', 'return n', null],
  ['if v, ok := m[k]; ok { n = v }', 'return n', null],
  ['go func() { n++; m++ }()', 'return n', null],
  ['n = func() int { k++; return k }()', 'return n', null],
  ['go func() { go func() { n++ }() }()', 'return n', null],
  ['a, b = b, a', 'return a', null],
  ['x := 1', 'return x', null],
  ['x = 1; y = 2', 'return x', null],
  ['*p = 1', 'return *p', null],
  ['if x == 1 {', 'x = 2', null],
  ['copy(dst, src)', 'return dst[0]', null],
  ['c.hits++', 'return other', null],
  ['c.hits++', 'log("c.hits")', null],
  ['c.hits++', 'return c.hitsByPage', null],
  [`x${' '.repeat(500)}= 1`, 'return x', null],
])('a write by `%s` and an access by `%s` share %s', (write, other, variable) => {
  expect(racedVariable(sources(write, other), frame(1), frame(2))).toBe(variable)
})

test('a write is named although the other line is hidden', () => {
  const hidden: Frame = { function: 'sandbox/p.TestX', file: 'hidden', line: 0, origin: 'hidden' }
  expect(racedVariable(sources('N++'), frame(1), hidden)).toBe('N')
})

const blocked = (state: string): Goroutine => ({
  id: 1,
  state,
  leaked: true,
  role: 'candidate',
  site: frame(1),
  stack: [],
  created: null,
  creator: null,
  waitsFor: null,
  holds: [],
  selects: [],
  told: '',
  alone: false,
  alike: 0,
  test: null,
})

test.each([
  ['chan send', 'p.jobs <- n', 'sends on `p.jobs` at p.go:1'],
  ['chan send', 'go func() { out <- get(i) }()', 'sends on `out` at p.go:1'],
  ['chan send', 'a <- <-b', 'sends on `a` at p.go:1'],
  ['chan receive', 'return <-p.out', 'receives from `p.out` at p.go:1'],
  ['chan receive', 'for n := range p.jobs {', 'receives from `p.jobs` at p.go:1'],
  ['chan receive', '<-time.After(d)', 'receives from a channel at p.go:1'],
  ['chan receive', 'x, y := <-a, <-b', 'receives from a channel at p.go:1'],
  ['chan send (nil chan)', 'c <- 1', 'sends on a nil channel at p.go:1'],
  ['select', 'select {', 'waits in a select at p.go:1'],
  ['select (no cases)', 'select {}', 'waits in an empty select at p.go:1'],
  ['sync.Mutex.Lock', 'to.mu.Lock()', 'waits for `to.mu` at p.go:1'],
  ['sync.Mutex.Lock', 's.locks[id].Lock()', 'waits for `s.locks[id]` at p.go:1'],
  ['sync.Mutex.Lock', 'c.shard("a").mu.Lock()', 'waits for `c.shard("…").mu` at p.go:1'],
  ['chan receive', '<-ctx.Done()', 'waits for `ctx` to end at p.go:1'],
  ['sync.RWMutex.RLock', 'c.mu.RLock()', 'waits for `c.mu` at p.go:1'],
  ['sync.WaitGroup.Wait', 'wg.Wait()', 'waits for `wg` at p.go:1'],
  ['sync.Cond.Wait', 'c.Wait()', 'waits for `c` at p.go:1'],
  ['IO wait', 'conn.Read(b)', 'is blocked (IO wait) at p.go:1'],
])('a goroutine in state %s at `%s` %s', (state, line, doing) => {
  expect(waitOf(sources(line), blocked(state)).doing).toBe(doing)
})

const CALLS = sources(
  'func Start(wg *sync.WaitGroup) {',
  '\twg.Go(func() {',
  '\t\tlog("(((") // )',
  '\t\twork()',
  '\t})',
  '\twork()',
  '\twg.Go(p.drain)',
  '\tgo other()',
  '}',
)

test.each([
  ['the literal around the line', frame(4, 'sandbox/p.Start.func1'), 2],
  ['nothing where the call has ended', frame(6, 'sandbox/p.Start.func1'), undefined],
  ['the one call that names the function', frame(20, 'sandbox/p.(*Pool).drain'), 7],
  ['nothing for a function that no call names', frame(20, 'sandbox/p.other'), undefined],
])('wg.Go is found: %s', (_, outermost, line) => {
  expect(waitGroupGoSite(CALLS, outermost)?.line).toBe(line)
})

test('two calls that name the same function are not told apart', () => {
  expect(waitGroupGoSite(sources('wg.Go(run)', 'wg.Go(run)'), frame(9, 'sandbox/p.run'))).toBeNull()
})

test.each([
  ['wg.Go(func() { n++ })', 'read', 'n'],
  ['c.hits--', 'read', 'c.hits'],
  ['n = 0', 'write', 'n'],
  ['n = m', 'read', null],
  ['n += m', 'read', null],
  ['return n', 'read', null],
] as const)('in `%s` a %s beside an atomic access means %s', (code, kind, want) => {
  const site = frame(1)
  const access = { kind, goroutine: '7', state: 'running', site, stack: [site], created: null } as const
  expect(plainVariable(sources(code), { ...access, stack: [...access.stack] })).toBe(want)
})

test.each([
  ['pool.go', 7, 'at pool.go:7'],
  ['hidden test', 0, 'in a hidden test'],
  ['the variant’s code', 0, 'in the variant’s code'],
])('a place in %s, line %d, is told as: %s', (file, line, words) => {
  expect(atPlace({ function: 'sandbox/p.F', file, line, origin: 'hidden' })).toBe(words)
})

test('an append to another slice may write what it is assigned to or the array behind that slice', () => {
  expect(appendedAt(sources('out[i] = append(base, h)'), frame(1))).toEqual({ target: 'out', array: 'base' })
  expect(appendedAt(sources('out = append(out, h)'), frame(1))).toBeNull()
})

const std = (name: string): Frame => ({ function: name, file: 'pipe.go', line: 1, origin: 'go' })

test.each([
  ['io.(*pipe).read', 'io.ReadAll', 'reads from a pipe at p.go:1', 'nobody writes to it or closes it'],
  ['net.(*pipe).write', 'fmt.Fprintln', 'writes to a pipe at p.go:1', 'nobody reads from it or closes it'],
  ['x.wait', 'net/http.(*Server).Serve', 'waits in `http.(*Server).Serve` at p.go:1', 'nothing wakes it'],
])('a select in %s is not the line that called %s', (inner, called, doing, why) => {
  const site = frame(1)
  const goroutine = { ...blocked('select'), site, stack: [std(inner), std(called), site] }
  expect(waitOf(sources('b, err := io.ReadAll(r)'), goroutine)).toMatchObject({ doing, why })
})

test.each([
  ['the only one above', ['func f() {', '\tdefer mu.Unlock()', '\tif n < 0 {', '\t}', '}'], ', deferred at p.go:2'],
  ['two of them', ['func f() {', '\tdefer a.Unlock()', '\tdefer b.Unlock()', '\twork()', '}'], ''],
  ['one of another function', ['\tdefer a.Unlock()', '}', 'func g() {', '\twork()', '}'], ''],
  ['a call of the line itself', ['func f() {', '\tdefer a.Unlock()', '', '', '\ta.Unlock()'], ''],
])('a call at the end of a function is told with its defer: %s', (_, lines, told) => {
  const site = frame(5)
  expect(deferredTold(sources(...lines), { site, stack: [std('sync.(*Mutex).Unlock'), site] })).toBe(told)
})
