import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Verdict } from '@sandbox/protocol'
import { describe, expect, it } from 'vitest'
import type { Account, GoVerdict, Step } from './account.ts'
import { compare } from './compare.ts'
import { readGoRun } from './go-account.ts'

const FOLDERS = { work: '/tmp/parity', goroot: '/usr/local/go' }

/** A captured `go test -race -json`, and the account that a judge in full agreement gives. */
async function agreement(name: string, verdict: Verdict) {
  const stdout = await readFile(join(import.meta.dirname, 'testdata', `${name}.json`), 'utf8')
  const folders = { ...FOLDERS, work: `${FOLDERS.work}/${name}` }
  const exitCode = verdict === 'passed' ? 0 : 1
  const go = readGoRun({ stdout, stderr: '', exitCode, folders })
  const ours: Account<Verdict> = { ...readGoRun({ stdout, stderr: '', exitCode, folders }), verdict }
  return { go, ours, expected: { go: go.verdict, ours: verdict } }
}

type Sides = { go: Account<GoVerdict>; ours: Account<Verdict> }
type Plant = { what: string; name: string; verdict: Verdict; plant: (sides: Sides) => void; found: RegExp }

function story(account: Account, test: string): Step[] {
  const found = account.stories.get(test)
  if (!found) throw new Error(`no story of ${test}`)
  return found as Step[]
}

function output(account: Account, test: string): Extract<Step, { action: 'output' }> {
  const step = story(account, test).find((one) => one.action === 'output')
  if (step?.action !== 'output') throw new Error(`no output of ${test}`)
  return step
}

const PLANTS: Plant[] = [
  {
    what: 'a message at another column',
    name: 'build-types',
    verdict: 'compile-error',
    plant: ({ ours }) => Object.assign(ours.diagnostics[0] ?? {}, { place: 'types.go:9:29' }),
    found: /diagnostic only of ours: "types\.go:9:29/,
  },
  {
    what: 'a message that is missing',
    name: 'build-types',
    verdict: 'compile-error',
    plant: ({ ours }) => (ours.diagnostics as unknown[]).pop(),
    found: /diagnostic only of go: "types_test\.go:5:36: too many arguments/,
  },
  {
    what: 'a message told twice',
    name: 'build-types',
    verdict: 'compile-error',
    plant: ({ ours }) => (ours.diagnostics as unknown[]).push(ours.diagnostics[0]),
    found: /diagnostic only of ours: "types\.go:9:28/,
  },
  {
    what: 'one changed character of a log line',
    name: 'subtests',
    verdict: 'failed',
    plant: ({ ours }) => {
      const step = output(ours, 'TestPush/limit#01')
      step.text = step.text.replace('holds 1', 'holds 2')
    },
    found: /TestPush\/limit#01, step 2: go "output .*holds 1.*ours "output .*holds 2/,
  },
  {
    what: 'a subtest that passes instead of failing',
    name: 'subtests',
    verdict: 'failed',
    plant: ({ ours }) => story(ours, 'TestLen/wrong_on_purpose').splice(-1, 1, { action: 'pass' }),
    found: /TestLen\/wrong_on_purpose, step 3: go "fail", ours "pass"/,
  },
  {
    what: 'a subtest that is not told at all',
    name: 'subtests',
    verdict: 'failed',
    plant: ({ ours }) => (ours.stories as Map<string, Step[]>).delete('TestLen/empty'),
    found: /TestLen\/empty, step 1: go "run", ours nothing/,
  },
  {
    what: 'a test that go did not run',
    name: 'subtests',
    verdict: 'failed',
    plant: ({ ours }) =>
      (ours.stories as Map<string, Step[]>).set('TestForged', [{ action: 'run' }, { action: 'pass' }]),
    found: /TestForged, step 1: go nothing, ours "run"/,
  },
  {
    what: 'two steps in the other order',
    name: 'subtests',
    verdict: 'failed',
    plant: ({ ours }) => story(ours, 'TestLen/empty').reverse(),
    found: /TestLen\/empty, step 1: go "run", ours "pass"/,
  },
  {
    what: 'output of the package that is missing',
    name: 'subtests',
    verdict: 'failed',
    plant: ({ ours }) => (ours.stories as Map<string, Step[]>).delete(''),
    found: /the package, step 1: go "output FAIL/,
  },
  {
    what: 'another line of a race',
    name: 'race-in-test',
    verdict: 'race',
    plant: ({ ours }) => Object.assign(ours, { races: [['read counter.go:5', 'write counter.go:6']] }),
    found: /race only of go: "read counter\.go:5 against write counter\.go:5"/,
  },
  {
    what: 'a lost race',
    name: 'race-in-testmain',
    verdict: 'race',
    plant: ({ ours }) => Object.assign(ours, { races: [] }),
    found: /race only of go/,
  },
  {
    what: 'another message of a panic',
    name: 'panic-in-test',
    verdict: 'panic',
    plant: ({ ours }) => Object.assign(ours.crash ?? {}, { message: 'runtime error: index out of range [0]' }),
    found: /panic only of go: "message runtime error: index out of range \[-1\]"/,
  },
  {
    what: 'another line of a panic',
    name: 'panic-in-test',
    verdict: 'panic',
    plant: ({ ours }) => Object.assign(ours.crash ?? {}, { calls: ['Pop pool.go:4', 'TestPop pool_test.go:9'] }),
    found: /panic only of go: "calls Pop pool\.go:3 < TestPop pool_test\.go:9"/,
  },
  {
    what: 'text on descriptor 2 that go does not have',
    name: 'subtests',
    verdict: 'failed',
    plant: ({ ours }) => Object.assign(ours, { stderr: 'a warning of ours\n' }),
    found: /stderr only of ours: "a warning of ours/,
  },
  {
    what: 'another verdict of ours',
    name: 'subtests',
    verdict: 'failed',
    plant: ({ ours }) => Object.assign(ours, { verdict: 'passed' }),
    found: /we say passed, expected is failed/,
  },
  {
    what: 'another verdict of go',
    name: 'subtests',
    verdict: 'failed',
    plant: ({ go }) => Object.assign(go, { verdict: 'ok' }),
    found: /go test says ok, recorded is failed/,
  },
]

describe('the comparer', () => {
  it.each([
    ['subtests', 'failed'],
    ['race-in-test', 'race'],
    ['race-in-testmain', 'race'],
    ['panic-in-test', 'panic'],
    ['build-types', 'compile-error'],
    ['deadlock-channel', 'deadlock'],
    ['output-println-builtin', 'passed'],
  ] as const)('finds nothing where both tell the same of %s', async (name, verdict) => {
    const { go, ours, expected } = await agreement(name, verdict)
    expect(compare(expected, go, ours)).toEqual([])
  })

  it.each(PLANTS)('finds $what', async ({ name, verdict, plant, found }) => {
    const { go, ours, expected } = await agreement(name, verdict)
    plant({ go, ours })
    expect(compare(expected, go, ours).join('\n')).toMatch(found)
  })

  it('takes a line that we tell as stderr out of what go mixes into the tests’ output', async () => {
    const { go, ours, expected } = await agreement('output-println-builtin', 'passed')
    const line = 'builtin println writes to descriptor 2 42\n'
    const step = story(ours, 'TestBuiltin')[1]
    if (step?.action === 'output') step.text = step.text.replace(line, '')
    expect(compare(expected, go, { ...ours, stderr: line })).toEqual([])
    expect(compare(expected, go, ours).join('\n')).toMatch(/TestBuiltin, step 2/)
  })

  it('does not take a verdict outside the mapping, even where it is recorded, without a reason', async () => {
    const { go, ours, expected } = await agreement('subtests', 'failed')
    const wrong = { ...expected, ours: 'passed' as const }
    expect(compare(wrong, go, { ...ours, verdict: 'passed' })).toEqual([`passed does not stand for go's failed`])
    expect(compare({ ...wrong, because: 'of a reason' }, go, { ...ours, verdict: 'passed' })).toEqual([])
  })

  it('takes a rejection only at a place that go names too', async () => {
    const { go, ours, expected } = await agreement('build-types', 'compile-error')
    const rejected = (place: string): Account<Verdict> => ({
      ...ours,
      verdict: 'rejected',
      diagnostics: [{ place, text: 'no' }],
    })
    const recorded = { ...expected, go: 'setup-failed', ours: 'rejected' } as const
    const refusing: Account<GoVerdict> = { ...go, verdict: 'setup-failed' }
    expect(compare(recorded, refusing, rejected('types.go:9:1'))).toEqual([])
    expect(compare(recorded, refusing, rejected('types.go:8:1')).join()).toMatch(/rejected at types\.go:8:1, go names/)
  })
})
