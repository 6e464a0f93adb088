import { expect, test } from 'vitest'
import type { Pprof } from './pprof.ts'
import { toProfile } from './profile.ts'
import type { Sources } from './sources.ts'

const SOURCES: Sources = {
  importPath: 'sandbox/recent',
  files: new Map([['window.go', { origin: 'candidate', text: 'package recent\n' }]]),
}

test('of the reference that is measured beside the code nothing is told, not even how long it takes', () => {
  const pprof: Pprof = {
    types: [{ type: 'cpu', unit: 'nanoseconds' }],
    places: [
      { function: 'sandbox/recent.(*Window).Seen', file: 'sandbox/recent/window.go', line: 26 },
      { function: 'sandbox/recent/reference.(*Window).Seen', file: 'sandbox/recent/reference/window.go', line: 31 },
      {
        function: 'slices.Index[go.shape.[]string,go.shape.string]',
        file: '/usr/local/go/src/slices/slices.go',
        line: 9,
      },
    ],
    samples: [
      { stack: [2, 0], values: [70] },
      { stack: [1], values: [20] },
      { stack: [2, 1], values: [10] },
    ],
  }
  const profile = toProfile(SOURCES, 'cpu', pprof)
  expect(profile?.stacks.map(({ values }) => values)).toEqual([[70]])
  expect(JSON.stringify(profile)).not.toContain('reference')
})
