import { execFile } from 'node:child_process'
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ROOT } from './tools/programs.ts'

/** A toolchain of its own version, for which no tree stands, and which cannot build one. */
const BROKEN_GO = `#!/bin/sh
[ "$1" = env ] && { printf 'go1.26.8-broken\\nlinux\\namd64\\n'; exit 0; }
echo 'go: no space left on device' >&2
exit 1
`

let folder = ''
let goFile = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'practice-judge-'))
  const bin = join(folder, 'bin')
  await mkdir(bin)
  await writeFile(join(bin, 'go'), BROKEN_GO)
  await chmod(join(bin, 'go'), 0o755)
  goFile = join(folder, 'a.go')
  await writeFile(goFile, 'package a\n')
})
afterAll(() => rm(folder, { recursive: true }))

/** The command as npm would start it, with a broken Go first in PATH. */
function judge(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const env = { ...process.env, PATH: `${join(folder, 'bin')}${delimiter}${process.env.PATH ?? ''}` }
  return new Promise((resolve) => {
    execFile(process.execPath, [join(ROOT, 'server/commands/judge.ts'), ...args], { env }, (error, stdout, stderr) => {
      resolve({ code: Number(error?.code ?? 0), stdout, stderr })
    })
  })
}

test.each([
  { label: 'the tree cannot be built', args: () => ['--package', folder], says: 'no space left on device' },
  { label: 'there is no such exercise', args: () => ['no-such-exercise', goFile], says: 'no-such-exercise' },
  { label: 'there is no such file', args: () => ['--package', join(folder, 'none')], says: 'none' },
  { label: 'there is no such driver', args: () => ['--package', folder, '--driver', 'vm'], says: '--driver vm' },
  { label: 'there is no such option', args: () => ['--nonsense'], says: '--nonsense' },
  { label: 'a file follows the folder', args: () => ['--package', folder, goFile], says: '--package takes one folder' },
  { label: 'nothing was asked', args: () => [], says: 'usage' },
])('with --json one object says internal-error when $label', async ({ args, says }) => {
  const { code, stdout, stderr } = await judge(...args(), '--json')
  expect(JSON.parse(stdout)).toMatchObject({
    verdict: 'internal-error',
    summary: expect.stringContaining(says),
    tests: [],
    races: [],
    leftovers: { goroutines: [], total: 0 },
  })
  expect(stderr).toContain(says)
  expect(code).toBe(2)
})

test('without --json a failure is told on standard error alone', async () => {
  const { code, stdout, stderr } = await judge('--package', folder)
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(stderr).toContain('no space left on device')
})
