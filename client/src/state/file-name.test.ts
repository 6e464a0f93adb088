import { MAX_FILES } from '@sandbox/protocol'
import { expect, test } from 'vitest'
import { nameProblem } from './file-name.ts'
import { addFile, openScratch } from './workspace.ts'

const scratch = openScratch(null)

test.each([
  ['.go', /before/],
  ['../x.go', /letters, digits/],
  ['a b.go', /letters, digits/],
  ['_x.go', /begins with a letter/],
  ['x.txt', /ends in “\.go”/],
  ['x', /ends in “\.go”/],
  [`${'x'.repeat(70)}.go`, /too long/],
  ['scratch.go', /already/],
  ['x_windows.go', /for windows only/],
  ['x_windows_test.go', /for windows only/],
  ['x_linux_arm64.go', /for arm64 only/],
  ['x_386.gen.go', /for 386 only/],
])('the name %s is refused with its reason', (name, reason) => {
  expect(nameProblem(scratch, name, null)).toMatch(reason)
})

test.each(['pool.go', 'pool_test.go', 'windows.go', 'x_linux.go', 'windows_pool.go', 'a-b.c.go'])(
  '%s is a name',
  (name) => {
    expect(nameProblem(scratch, name, null)).toBeNull()
  },
)

test('a file may keep its name, and no file comes on top of a full workspace', () => {
  expect(nameProblem(scratch, 'scratch.go', 'scratch.go')).toBeNull()
  const full = Array.from({ length: MAX_FILES - 2 }, (_, index) => `f${index}.go`).reduce(addFile, scratch)
  expect(nameProblem(full, 'more.go', null)).toMatch(/at most 20/)
})
