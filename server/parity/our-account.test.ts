import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { RunEvent, type Verdict } from '@sandbox/protocol'
import { describe, expect, it } from 'vitest'
import { planPackage } from '../src/runs/plan.ts'
import { refusalOf } from '../src/runs/rejection.ts'
import { compare } from './compare.ts'
import { readGoRun } from './go-account.ts'
import { readOurRun } from './our-account.ts'

/** Both sides of one package as they were captured: go's JSON and the events of our run. */
async function captured(name: string, exitCode: number) {
  const folders = { work: `/tmp/parity/${name}`, goroot: '/usr/local/go' }
  const file = (ending: string) => readFile(join(import.meta.dirname, 'testdata', name + ending), 'utf8')
  const lines = (await file('.events.jsonl')).trimEnd().split('\n')
  const events = lines.map((line) => RunEvent.parse(JSON.parse(line)))
  const go = readGoRun({ stdout: await file('.json'), stderr: '', exitCode, folders })
  const differences = (told: RunEvent[], ours: Verdict) =>
    compare({ go: go.verdict, ours }, go, readOurRun(told, folders))
  return { events, folders, differences }
}

const CAPTURED = [
  ['subtests', 1, 'failed'],
  ['race-in-test', 1, 'race'],
  ['race-in-testmain', 1, 'race'],
  ['panic-in-test', 1, 'panic'],
  ['deadlock-channel', 1, 'deadlock'],
  ['build-types', 1, 'compile-error'],
  ['build-import-cycle', 1, 'compile-error'],
  ['output-println-builtin', 0, 'passed'],
  ['vet-advice', 0, 'passed'],
] as const

describe('what one of our runs tells', () => {
  it.each(CAPTURED)('is the same as what go test told of %s', async (name, exitCode, verdict) => {
    const { events, differences } = await captured(name, exitCode)
    expect(differences(events, verdict)).toEqual([])
  })

  it.each(CAPTURED)('differs from go as soon as one event of %s is lost', async (name, exitCode, verdict) => {
    const { events, differences } = await captured(name, exitCode)
    const compared = events.filter(isCompared)
    expect(compared.length).toBeGreaterThan(0)
    for (const lost of compared) {
      const rest = events.filter((event) => event !== lost)
      expect(differences(rest, verdict), JSON.stringify(lost)).not.toEqual([])
    }
  })

  it('has no advice, which go test does not ask vet for', async () => {
    const { events, folders } = await captured('vet-advice', 0)
    expect(events.some((event) => event.type === 'diagnostics')).toBe(true)
    expect(readOurRun(events, folders).diagnostics).toEqual([])
  })

  it('says where a go.mod is refused', () => {
    const plan = planPackage({ files: [], goMod: 'module m\n\ngo 1.26\n\nrequires x v1.0.0\n' })
    if (plan.type !== 'rejected') throw new Error('this go.mod is taken')
    const { events, verdict } = refusalOf(plan)
    const { diagnostics } = readOurRun([...events, verdict], { work: '/tmp/x', goroot: '/usr/local/go' })
    expect(diagnostics).toEqual([{ place: 'go.mod:5', text: 'unknown directive: requires' }])
  })

  it('is refused without a verdict at its end', () => {
    expect(() => readOurRun([{ type: 'started' }], { work: '/tmp/x', goroot: '/usr/local/go' })).toThrow(/verdict/)
  })
})

/** Stages, plans and goroutines are ours alone; descriptor 2 of a crash is told again as the panic. */
function isCompared(event: RunEvent): boolean {
  if (event.type === 'diagnostics') return event.diagnostics.some(({ severity }) => severity === 'error')
  return event.type === 'test' || event.type === 'race' || event.type === 'panic' || isStdout(event)
}

function isStdout(event: RunEvent): boolean {
  return event.type === 'output' && event.stream === 'stdout'
}
