import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ROOT } from './programs.ts'

/** Stands for npm: notes how it was called and installs nothing but a link to this Node. */
const NPM = `
import { appendFileSync, existsSync, mkdirSync, symlinkSync } from 'node:fs'
if (existsSync('npm-is-broken')) process.exit(9)
appendFileSync('npm-calls', process.argv.slice(2).join(' ') + '\\n')
mkdirSync('node_modules/node/bin', { recursive: true })
if (!existsSync('node_modules/node/bin/node')) symlinkSync(${JSON.stringify(process.execPath)}, 'node_modules/node/bin/node')
`

const ECHO = `
const args: string[] = process.argv.slice(2)
process.stdout.write('given ' + args.join(' '))
process.exitCode = 7
`

const WAIT = `
process.on('SIGTERM', () => {
  process.stdout.write(' told')
  process.exit(5)
})
process.stdout.write('waiting')
setInterval(() => {}, 1000)
`

describe('bootstrap', () => {
  let project: string

  beforeEach(async () => {
    project = await mkdtemp(join(tmpdir(), 'practice-bootstrap-'))
    const commands = join(project, 'server/commands')
    await mkdir(commands, { recursive: true })
    for (const name of ['bootstrap.mjs', 'server-process.json']) {
      await cp(join(ROOT, 'server/commands', name), join(commands, name))
    }
    await writeFile(
      join(project, 'package.json'),
      JSON.stringify({ type: 'module', dependencies: { node: process.versions.node } }),
    )
    await writeFile(join(project, 'npm.js'), NPM)
    await writeFile(join(commands, 'echo.ts'), ECHO)
    await writeFile(join(commands, 'wait.ts'), WAIT)
  })

  afterEach(() => rm(project, { recursive: true, force: true }))

  function start(...args: string[]): ChildProcessWithoutNullStreams {
    const env = { ...process.env, npm_execpath: join(project, 'npm.js') }
    return spawn(process.execPath, [join(project, 'server/commands/bootstrap.mjs'), ...args], { env })
  }

  async function outcomeOf(child: ChildProcessWithoutNullStreams) {
    let stdout = ''
    let stderr = ''
    child.stdout.on('data', (chunk: Buffer) => {
      stdout += chunk
    })
    child.stderr.on('data', (chunk: Buffer) => {
      stderr += chunk
    })
    const [code] = await once(child, 'close')
    return { code, stdout, stderr }
  }

  const npmCalls = async () => (await readFile(join(project, 'npm-calls'), 'utf8')).trimEnd().split('\n')

  test('installs once without install scripts, and hands over arguments, output and exit code', async () => {
    const first = await outcomeOf(start('echo', 'one', '--two'))
    expect(first).toMatchObject({ code: 7, stdout: 'given one --two' })
    expect(first.stderr).toContain('Installing the dependencies')
    const second = await outcomeOf(start('echo'))
    expect(second).toEqual({ code: 7, stdout: 'given ', stderr: '' })
    expect(await npmCalls()).toEqual([expect.stringMatching(/^ci --ignore-scripts/)])
  })

  test('installs again when a manifest has changed', async () => {
    await outcomeOf(start('echo'))
    await writeFile(join(project, 'package-lock.json'), '{}')
    const changed = await outcomeOf(start('echo'))
    expect(changed.stderr).toContain('The dependencies have changed')
    expect(await npmCalls()).toEqual([expect.stringMatching(/^ci /), expect.stringMatching(/^install /)])
  })

  test('passes a signal on and ends as the command ends', async () => {
    const child = start('wait')
    const ended = outcomeOf(child)
    await once(child.stdout, 'data')
    child.kill('SIGTERM')
    expect(await ended).toMatchObject({ code: 5, stdout: 'waiting told' })
  })

  test('says that the installation failed, and does not take it for done the next time', async () => {
    await writeFile(join(project, 'npm-is-broken'), '')
    const failed = await outcomeOf(start('echo'))
    expect(failed).toMatchObject({ code: 1, stdout: '' })
    expect(failed.stderr).toContain('could not be installed: it ended with code 9')
    await rm(join(project, 'npm-is-broken'))
    expect(await outcomeOf(start('echo'))).toMatchObject({ code: 7 })
  })

  test('names a command that does not exist', async () => {
    const outcome = await outcomeOf(start('../../etc/passwd'))
    expect(outcome).toMatchObject({ code: 1, stdout: '' })
    expect(outcome.stderr).toContain('There is no command "../../etc/passwd".')
  })
})
