import { getPriority, setPriority } from 'node:os'
import { expect, test } from 'vitest'
import { goFirst } from './priority.ts'

test('the priority rises by what is told, or stays', () => {
  const before = getPriority()
  const steps = goFirst()
  const after = getPriority()
  if (steps > 0) setPriority(before)
  expect(after).toBe(before - steps)
  expect(steps > 0).toBe(mayRise())
})

function mayRise(): boolean {
  const before = getPriority()
  try {
    setPriority(before - 1)
    setPriority(before)
    return true
  } catch {
    return false
  }
}
