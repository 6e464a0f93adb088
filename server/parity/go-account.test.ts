import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readGoRun } from './go-account.ts'

async function read(name: string, exitCode: number) {
  const stdout = await readFile(join(import.meta.dirname, 'testdata', `${name}.json`), 'utf8')
  return readGoRun({ stdout, stderr: '', exitCode, folders: { work: `/tmp/parity/${name}`, goroot: '/usr/local/go' } })
}

describe('what go test tells', () => {
  it.each([
    ['subtests', 1, 'failed'],
    ['race-in-test', 1, 'race'],
    ['race-in-testmain', 1, 'race'],
    ['panic-in-test', 1, 'panic'],
    ['deadlock-channel', 1, 'timeout'],
    ['build-types', 1, 'build-failed'],
    ['build-import-cycle', 1, 'setup-failed'],
    ['no-test-files', 0, 'no-test-files'],
    ['output-println-builtin', 0, 'ok'],
  ] as const)('is read from the captured run of %s', async (name, exitCode, verdict) => {
    expect((await read(name, exitCode)).verdict).toBe(verdict)
  })

  it('is a refusal where the go command gave no event', () => {
    const folders = { work: '/tmp/x', goroot: '/usr/local/go' }
    const stderr = 'go: errors parsing go.mod:\n/tmp/x/go.mod:5: unknown directive: requires\n'
    const account = readGoRun({ stdout: '', stderr, exitCode: 1, folders })
    expect(account.verdict).toBe('refused')
    expect(account.diagnostics.at(-1)).toEqual({ place: 'go.mod:5', text: 'unknown directive: requires' })
  })

  it('holds both sites of a race and none of the report in the stories', async () => {
    const { races, stories } = await read('race-in-test', 1)
    expect(races).toEqual([['read counter.go:5', 'write counter.go:5']])
    expect(stories.get('TestAdd')).toEqual([
      { action: 'run' },
      {
        action: 'output',
        text:
          '=== RUN   TestAdd\n    counter_test.go:14: counted at least one: true\n' +
          '    testing.go:1712: race detected during execution of test\n--- FAIL: TestAdd (0s)\n',
      },
      { action: 'fail' },
    ])
  })

  it('holds a panic by its message and the calls in the package’s own files', async () => {
    const { crash, stories } = await read('panic-in-test', 1)
    expect(crash).toEqual({
      message: 'runtime error: index out of range [-1]',
      calls: ['Pop pool.go:3', 'TestPop pool_test.go:9'],
    })
    expect(stories.get('TestPop')?.at(-1)).toEqual({ action: 'fail' })
    expect(JSON.stringify([...stories])).not.toContain('goroutine')
  })

  it('keeps the lines that belong to a compiler message together', async () => {
    const { diagnostics } = await read('build-types', 1)
    expect(diagnostics.map(({ place }) => place)).toEqual([
      'types.go:9:28',
      'types.go:9:41',
      'types.go:11:29',
      'types.go:13:22',
      'types.go:13:34',
      'types_test.go:5:36',
    ])
    expect(diagnostics.at(-1)?.text).toBe('too many arguments in call to Make\n\thave (number)\n\twant ()')
  })

  it('does not book the go command’s own line and result on the test that was running', async () => {
    const { stories, verdict } = await read('exit-raw-in-test', 0)
    expect(verdict).toBe('ok')
    expect([...stories]).toEqual([
      ['TestExit', [{ action: 'run' }, { action: 'output', text: '=== RUN   TestExit\n' }]],
    ])
  })
})
