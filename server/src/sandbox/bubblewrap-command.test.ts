import { execFile } from 'node:child_process'
import { getPriority } from 'node:os'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { launcherArguments } from './bubblewrap-command.ts'

async function launched(yields: number, command: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)('/bin/sh', launcherArguments({ procsFiles: [], yields, command }))
  return stdout.trim()
}

test.each([0, 3])('what is launched gives up %i steps of priority', async (yields) => {
  expect(Number(await launched(yields, ['nice']))).toBe(Math.min(19, getPriority() + yields))
})

test('what is launched gets its arguments as they are', async () => {
  expect(await launched(1, ['printf', '%s|', 'a b', '$HOME', '--'])).toBe('a b|$HOME|--|')
})
