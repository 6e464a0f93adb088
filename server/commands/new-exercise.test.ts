import { execFile } from 'node:child_process'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ROOT } from './tools/programs.ts'

let root = ''

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'practice-new-'))
})
afterAll(() => rm(root, { recursive: true }))

/** The command as npm would start it, for a catalogue of its own. */
function newExercise(...args: string[]): Promise<{ code: number; stderr: string }> {
  const env = { ...process.env, EXERCISES_DIR: root }
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [join(ROOT, 'server/commands/new-exercise.ts'), ...args],
      { env },
      (error, _, stderr) => {
        resolve({ code: Number(error?.code ?? 0), stderr })
      },
    )
  })
}

test.each([
  [['scratch'], 'The slug scratch is reserved'],
  [['../up'], 'The slug ../up is not'],
  [['Upper'], 'The slug Upper is not'],
  [['a--b'], 'The slug a--b is not'],
  [['x'.repeat(65)], 'of 64 characters at most'],
  [['fine', '--topic', '..'], 'The topic .. is not'],
  [['123'], '"" is no name for the package'],
  [['select'], '"select" is no name for the package'],
  [['fine', '--package', 'main'], '"main" is no name for the package'],
])('%j is refused in a sentence, and no folder is made', async (args, says) => {
  const { code, stderr } = await newExercise(...args)
  expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(says) })
  expect(stderr.trimEnd()).not.toContain('\n')
  expect(await readdir(root)).toEqual([])
})

test('a slug is taken once, whatever the topic', async () => {
  expect(await newExercise('rate-limiter', '--topic', 'limits')).toEqual({ code: 0, stderr: '' })
  expect(await readdir(join(root, 'limits/rate-limiter'))).toContain('exercise.json')
  const { code, stderr } = await newExercise('rate-limiter', '--topic', 'patterns')
  expect({ code, stderr }).toEqual({ code: 2, stderr: 'There is an exercise rate-limiter already, in limits/.\n' })
})
