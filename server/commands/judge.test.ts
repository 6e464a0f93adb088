import { execFile } from 'node:child_process'
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
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

const NOTHING = { tests: [], races: [], leftovers: { goroutines: [], total: 0 } }

const containing = (text: string): string => expect.stringContaining(text)

/** A folder with a file of ten bytes and what a program of the system makes in it. */
async function folderWith([program, ...args]: readonly [string, ...string[]]): Promise<string> {
  const made = await mkdtemp(join(folder, 'handed-in-'))
  await writeFile(join(made, 'a.go'), 'package a\n')
  await promisify(execFile)(program, args, { cwd: made })
  return made
}

/** The command as npm would start it, with a broken Go first in PATH. */
function judge(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const env = { ...process.env, PATH: `${join(folder, 'bin')}${delimiter}${process.env.PATH ?? ''}` }
  return new Promise((resolve) => {
    execFile(process.execPath, [join(ROOT, 'server/commands/judge.ts'), ...args], { env }, (error, stdout, stderr) => {
      resolve({ code: Number(error?.code ?? 0), stdout, stderr })
    })
  })
}

test('with --json one object says internal-error when the tree cannot be built', async () => {
  const { code, stdout, stderr } = await judge('--package', folder, '--json')
  const summary = containing('no space left on device')
  expect(JSON.parse(stdout)).toMatchObject({ verdict: 'internal-error', ...NOTHING, summary })
  expect(stderr).toContain('no space left on device')
  expect(code).toBe(2)
})

test.each([
  {
    label: 'there is no such exercise',
    args: () => ['no-such-exercise', goFile],
    says: 'no-such-exercise',
  },
  {
    label: 'scratch is taken for one',
    args: () => ['scratch', goFile],
    says: 'scratch is no exercise: your own code and tests are judged with --package <folder>.',
  },
  {
    label: 'there is no such folder',
    args: () => ['--package', join(folder, 'none')],
    says: '/none: there is no such file or folder.',
  },
  {
    label: 'there is no such file',
    args: () => ['hit-counter', join(folder, 'none.go')],
    says: '/none.go: there is no such file or folder.',
  },
  {
    label: 'a folder is a file',
    args: () => ['--package', goFile],
    says: 'a.go is a file: --package takes a folder.',
  },
  { label: 'there is no such driver', args: () => ['--package', folder, '--driver', 'vm'], says: '--driver vm' },
  { label: 'there is no such option', args: () => ['--nonsense'], says: '--nonsense' },
  { label: 'help is asked for', args: () => ['--help'], says: 'usage: npm run judge' },
  { label: 'a file follows the folder', args: () => ['--package', folder, goFile], says: '--package takes one folder' },
  { label: 'nothing was asked', args: () => [], says: 'usage' },
  {
    label: 'the answers are no JSON',
    args: () => ['read-the-profile', '--answers', goFile],
    says: 'a.go: this is not JSON.',
  },
])('with --json one object says rejected when $label', async ({ args, says }) => {
  const { code, stdout, stderr } = await judge(...args(), '--json')
  expect(JSON.parse(stdout)).toMatchObject({ verdict: 'rejected', ...NOTHING, summary: containing(says) })
  expect(stderr).toContain(says)
  expect(code).toBe(2)
})

/** A file that somebody hands in, made by a program of the system, and what is said of it. */
const TRAPS = [
  { label: 'a named pipe', make: ['mkfifo', 'p.go'], name: 'p.go', says: 'a pipe, a socket or a device' },
  { label: 'a link to a device', make: ['ln', '-s', '/dev/zero', 'z.go'], name: 'z.go', says: 'this is a link' },
  { label: 'a link to a file', make: ['ln', '-s', '/etc/passwd', 'l.go'], name: 'l.go', says: 'this is a link' },
  { label: 'a link to nothing', make: ['ln', '-s', 'nothing', 'n.go'], name: 'n.go', says: 'this is a link' },
  {
    label: 'a huge file',
    make: ['truncate', '-s', '3G', 'big.go'],
    name: 'big.go',
    says: 'the source has 3221225482 bytes in all and at most 262144 are possible',
  },
  { label: 'a huge go.mod', make: ['truncate', '-s', '3G', 'go.mod'], name: 'go.mod', says: 'larger than 65536 bytes' },
  { label: 'a go.mod that is a pipe', make: ['mkfifo', 'go.mod'], name: 'go.mod', says: 'a pipe' },
  { label: 'a go.mod that is a link', make: ['ln', '-s', '/etc/passwd', 'go.mod'], name: 'go.mod', says: 'a link' },
  { label: 'a go.mod that is a folder', make: ['mkdir', 'go.mod'], name: 'go.mod', says: 'a folder' },
] as const

test.each(TRAPS)('in a folder, $label is rejected by its name and not read', async ({ make, name, says }) => {
  const { code, stdout, stderr } = await judge('--package', await folderWith(make), '--json')
  const report = JSON.parse(stdout)
  expect(report).toMatchObject({ verdict: 'rejected', summary: containing(name), tests: [] })
  expect(report.diagnostics).toMatchObject([{ file: name, line: 1, severity: 'error', message: containing(says) }])
  expect({ code, stderr }).toEqual({ code: 1, stderr: '' })
})

test.each([
  { label: 'a named pipe', make: ['mkfifo', 'p.go'], name: 'p.go', says: 'a pipe, a socket or a device' },
  { label: 'a link to a device', make: ['ln', '-s', '/dev/zero', 'z.go'], name: 'z.go', says: 'a device' },
  { label: 'a folder', make: ['mkdir', 'd.go'], name: 'd.go', says: 'this is a folder' },
  { label: 'a huge file', make: ['truncate', '-s', '3G', 'b.go'], name: 'b.go', says: '3221225472 bytes' },
] as const)('given by its path, $label is rejected by its name and not read', async ({ make, name, says }) => {
  const { code, stdout } = await judge('hit-counter', join(await folderWith(make), name), '--json')
  const diagnostics = [{ file: name, line: 1, message: containing(says) }]
  expect({ code, ...JSON.parse(stdout) }).toMatchObject({ code: 1, verdict: 'rejected', diagnostics })
})

test('a link that is given by its path is followed, to what is its user’s own', async () => {
  const made = await folderWith(['ln', '-s', goFile, 'link.go'])
  const { stdout } = await judge('hit-counter', join(made, 'link.go'), '--json')
  expect(JSON.parse(stdout).diagnostics).toMatchObject([{ file: 'link.go', message: containing('is edited in') }])
})

test.each([
  ['a folder named like a file', ['mkdir', 'dir.go']],
  ['an editor’s lock, a link to nothing', ['ln', '-s', 'me@host.1:1', '.#a.go']],
  ['a pipe that the go command passes over', ['mkfifo', '_p.go']],
] as const)('%s is passed over', async (_, make) => {
  const { stdout } = await judge('--package', await folderWith(make), '--json')
  // Nothing was in the way of building the tree.
  expect(JSON.parse(stdout)).toMatchObject({ verdict: 'internal-error', summary: containing('no space left') })
})

test('thirty files in a folder are rejected by the name of the first that is too many', async () => {
  const names = Array.from({ length: 29 }, (_, n) => `f${n + 10}.go`)
  const { stdout } = await judge('--package', await folderWith(['touch', ...names]), '--json')
  expect(JSON.parse(stdout)).toMatchObject({ verdict: 'rejected', diagnostics: [{ file: 'f29.go', line: 1 }] })
})

test('source that is not UTF-8 is rejected with its place, in both forms', async () => {
  const made = await folderWith(['touch', 'hits.go'])
  await writeFile(join(made, 'hits.go'), 'package a\n\nvar s = "a\xff"\n', 'latin1')
  const diagnostics = [{ file: 'hits.go', line: 3, column: 11, message: 'this is not UTF-8 text.' }]
  for (const args of [
    ['--package', made],
    ['hit-counter', join(made, 'hits.go')],
  ]) {
    const { stdout } = await judge(...args, '--json')
    expect(JSON.parse(stdout)).toMatchObject({ verdict: 'rejected', diagnostics })
  }
})

test('a file’s name commands no terminal', async () => {
  const { stdout } = await judge('--package', await folderWith(['ln', '-s', 'x', '\x1b[2Jpassed\n.go']))
  expect(stdout).toContain('this is a link')
  expect(stdout).not.toContain('\x1b')
})

test('without --json a failure is told on standard error alone', async () => {
  const { code, stdout, stderr } = await judge('--package', folder)
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(stderr).toContain('no space left on device')
})
