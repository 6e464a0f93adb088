import { expect, it } from 'vitest'
import { normalise } from './normalise.ts'

const FOLDERS = { work: '/tmp/parity-x/ring', goroot: '/usr/local/go' }

it.each([
  ['a test’s time', '--- PASS: TestX (0.00s)\n', '--- PASS: TestX (0s)\n'],
  ['a long time', 'TestX (1m10s)', 'TestX (0s)'],
  ['the temporary folder', '/tmp/parity-x/ring/ring.go:3: no', 'ring.go:3: no'],
  ['the folder itself', 'no Go files in /tmp/parity-x/ring', 'no Go files'],
  ['the toolchain’s folder', '/usr/local/go/src/fmt/print.go:3', 'GOROOT/src/fmt/print.go:3'],
  ['where std was looked for', 'package x is not in std (/usr/local/go/src/x)', 'package x is not in std'],
  ['an address', 'at 0xc000012345', 'at 0x0'],
  ['a goroutine’s number', 'goroutine 17 [running]:', 'goroutine N [running]:'],
  ['the time of package log', '2026/11/22 16:48:13 text', 'TIME text'],
])('takes out %s', (_, text, want) => {
  expect(normalise(text, FOLDERS)).toBe(want)
})

it.each([
  '    ring_test.go:17: holds 3\n',
  'got 12, want 13 (ring.Ring)',
  'panic: index out of range [5] with length 3',
  'a number 0.25 and (3 of 4)',
])('leaves %j as it is', (text) => {
  expect(normalise(text, FOLDERS)).toBe(text)
})
