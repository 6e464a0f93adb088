import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Answers, RunEvent } from '@sandbox/protocol'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Exercise, loadCatalogue } from '../exercises/catalogue.ts'
import { TREE } from '../sandbox/contract.ts'
import { type LocalJudge, openLocalJudge } from './local-judge.ts'
import { planExercise } from './plan.ts'

const EXERCISES = fileURLToPath(new URL('testdata/exercises', import.meta.url))

let judge: LocalJudge
let exercises: ReadonlyMap<string, Exercise>

beforeAll(async () => {
  const catalogue = await loadCatalogue(EXERCISES)
  expect(catalogue.problems).toEqual([])
  exercises = catalogue.exercises
  judge = await openLocalJudge({ prefer: 'bubblewrap', tree: TREE, progress: () => {} })
})
afterAll(() => judge.close())

function exerciseOf(slug: string): Exercise {
  const exercise = exercises.get(slug)
  if (!exercise) throw new Error(`there is no exercise ${slug}`)
  return exercise
}

function run(slug: string, files: { name: string; text: string }[], answers: Answers = {}) {
  return judge.judge(planExercise(exerciseOf(slug), { exercise: slug, files, answers, snapshot: 's' }))
}

const pick = <T extends RunEvent['type']>(events: RunEvent[], type: T) =>
  events.filter((event): event is Extract<RunEvent, { type: T }> => event.type === type)

describe('measure', () => {
  const source = (path: string) => readFile(join(EXERCISES, 'modes/measured', path), 'utf8')
  const measured = (text: string) => run('measured', [{ name: 'join.go', text }])

  test('passes the reference, after the tests under the race detector', async () => {
    const { events, verdict } = await measured(await source('reference/join.go'))
    expect(verdict).toMatchObject({ verdict: 'passed', tests: { passed: 4, failed: 0, total: 4 } })
    expect(verdict.summary).toContain('2 measurements within bounds.')
    expect(pick(events, 'step')).toEqual([
      { type: 'step', mode: 'race', label: 'tests', index: 1, of: 2 },
      { type: 'step', mode: 'measure', label: 'measurements', index: 2, of: 2 },
    ])
    expect(pick(events, 'started')).toHaveLength(1)
  })

  test('names too many allocations, with what the test says', async () => {
    const { verdict } = await measured(await source('starter/join.go'))
    expect(verdict).toMatchObject({ verdict: 'failed', reason: 'too-many-allocations' })
    expect(verdict.summary).toMatch(/^Failed: too many allocations: TestAllocations: \d+ allocations per call/)
  })

  test('names code that is too slow', async () => {
    const slow = (await source('reference/join.go')).replace(
      '\tvar all',
      '\tfor i := range 20000 {\n\t\tsize += i & 0\n\t}\n\tvar all',
    )
    expect((await measured(slow)).verdict).toMatchObject({ verdict: 'failed', reason: 'too-slow' })
  })

  test('does not measure what is wrong', async () => {
    const { events, verdict } = await measured('package join\n\nfunc Join([]string) string { return "" }\n')
    expect(verdict.verdict).toBe('failed')
    expect(verdict.reason).toBeUndefined()
    expect(pick(events, 'step').map(({ mode }) => mode)).toEqual(['race'])
  })

  test.each(['sandbox/join/reference', 'gosandbox/measure', 'gosandbox/evidence'])(
    'lets the candidate’s code import no %s',
    async (path) => {
      const { verdict } = await measured(
        `package join\n\nimport _ "${path}"\n\nfunc Join([]string) string { return "" }\n`,
      )
      expect(verdict).toMatchObject({ verdict: 'rejected', summary: expect.stringContaining(path) })
    },
  )

  test('has no reference for candidate’s code in the measuring build, even where every import is allowed', async () => {
    const cheat = 'package join\n\nimport "sandbox/join/reference"\n\nvar Join = reference.Join\n'
    const plan = planExercise(exerciseOf('measured'), {
      exercise: 'measured',
      files: [{ name: 'join.go', text: cheat }],
      snapshot: 's',
    })
    if (plan.type === 'rejected') throw new Error(plan.message)
    const [, step] = plan.steps
    if (step?.mode !== 'measure') throw new Error('the second step measures')
    const job = { ...step.job, rules: { imports: null, strict: true } }
    const { verdict } = await judge.judge({ type: 'steps', steps: [{ ...step, job }] })
    expect(verdict).toMatchObject({
      verdict: expect.stringMatching(/^(compile-error|rejected)$/),
      summary: expect.stringContaining('sandbox/join/reference'),
    })
  })

  test('is not fooled by work that goes on while the reference is measured', async () => {
    const cheat = (await source('reference/join.go')).replace(
      '\tvar all',
      `\tonce.Do(func() {
		go func() {
			for {
				runtime.Gosched()
			}
		}()
	})
	var all`,
    )
    const text = cheat.replace(
      'import "strings"',
      'import (\n\t"runtime"\n\t"strings"\n\t"sync"\n)\n\nvar once sync.Once',
    )
    const plan = planExercise(exerciseOf('measured'), {
      exercise: 'measured',
      files: [{ name: 'join.go', text }],
      snapshot: 's',
    })
    if (plan.type === 'rejected') throw new Error(plan.message)
    const [, step] = plan.steps
    if (!step) throw new Error('the second step measures')
    const { verdict } = await judge.judge({ type: 'steps', steps: [step] })
    expect(verdict).toMatchObject({ verdict: 'failed', reason: 'too-slow', summary: expect.stringContaining('+Inf') })
  })
})

describe('questions', () => {
  test('pass without a sandbox where all answers are right, and only then are explained', async () => {
    const { events, verdict } = await run('asked', [], { what: [2, 1], where: [7] })
    expect(verdict).toMatchObject({ verdict: 'passed', summary: 'Passed: all 2 answers are right.' })
    expect(events).toEqual([
      { type: 'started' },
      {
        type: 'answers',
        answers: [
          { id: 'what', right: true, explanation: 'The detector says so.' },
          { id: 'where', right: true, explanation: 'It is the write.' },
        ],
      },
    ])
  })

  test('tell which answers are wrong, and nothing of what is right', async () => {
    const { events, verdict } = await run('asked', [], { what: [1], where: [7] })
    expect(verdict).toMatchObject({ verdict: 'failed', reason: 'wrong-answers' })
    expect(pick(events, 'answers')[0]?.answers[0]).toEqual({ id: 'what', right: false })
  })
})

describe('variants', () => {
  const written = (...bodies: string[]) => {
    const tests = bodies.map((body, n) => `func Test${n}(t *testing.T) {\n\tvar c counter.Counter\n${body}\n}\n`)
    const imports = ['os', 'sync', 'testing', 'sandbox/counter'].map((path) => `import "${path}"\n`).join('')
    const used = 'var _ = os.Exit\n\nvar _ sync.Mutex\n\n'
    return run('tested', [
      { name: 'counter_test.go', text: `package counter_test\n\n${imports}\n${used}${tests.join('\n')}` },
    ])
  }
  const COUNTS = '\tc.Hit()\n\tc.Hit()\n\tif got := c.Count(); got != 2 {\n\t\tt.Errorf("%d hits", got)\n\t}'
  const TOGETHER = '\tvar all sync.WaitGroup\n\tfor range 4 {\n\t\tall.Go(c.Hit)\n\t}\n\tall.Wait()'

  test('are all dealt with rightly by good tests, each in a step of its own', async () => {
    const { events, verdict } = await written(COUNTS, TOGETHER)
    expect(verdict).toMatchObject({ verdict: 'passed', tests: { passed: 5, failed: 0, total: 5 } })
    expect(pick(events, 'step').map(({ label, index, of }) => `${label} ${index}/${of}`)).toEqual([
      'right variant 1 1/5',
      'right variant 2 2/5',
      'wrong variant 1 3/5',
      'wrong variant 2 4/5',
      'wrong variant 3 5/5',
    ])
    expect(pick(events, 'variant')).toEqual([
      { type: 'variant', name: 'variant 1', kind: 'right', caught: false, verdict: 'passed' },
      { type: 'variant', name: 'variant 2', kind: 'right', caught: false, verdict: 'passed' },
      {
        type: 'variant',
        name: 'variant 1',
        kind: 'wrong',
        caught: true,
        verdict: 'failed',
        what: 'Counts one too many.',
      },
      { type: 'variant', name: 'variant 2', kind: 'wrong', caught: true, verdict: 'race', what: 'Has no lock.' },
      { type: 'variant', name: 'variant 3', kind: 'wrong', caught: true, verdict: 'timeout', what: 'Spins for ever.' },
    ])
  })

  test('that are missed are named, and not explained', async () => {
    const { events, verdict } = await written(COUNTS)
    expect(verdict).toMatchObject({
      verdict: 'failed',
      reason: 'missed-bug',
      summary: 'Failed: your tests accept 1 of 3 wrong variants (wrong 2).',
    })
    expect(JSON.stringify(events)).not.toContain('Has no lock')
  })

  test('that are right must not be refused, and the first refusal is shown without a line of the variant', async () => {
    const { events, verdict } = await written('\tc.Hit()\n\tt.Error("no")', '\tc.Count()\n\tpanic("in a test")')
    expect(verdict).toMatchObject({ verdict: 'failed', reason: 'false-alarm' })
    expect(verdict.summary).toMatch(/^Failed: your tests refuse right 1 and 1 more: /)
    expect(pick(events, 'panic')).toHaveLength(1)
    expect(JSON.stringify(events)).not.toContain('counter.go')
  })

  test('are told as their code, and not as a hidden test', async () => {
    const { events, verdict } = await written('\tc.Hit()\n\tvar none *counter.Counter\n\tnone.Hit()')
    expect(verdict.summary).toMatch(/refuse right 1 and 1 more: Panic: .* in the variant’s code, called at /)
    const told = JSON.stringify(events)
    expect(told).toContain('the variant’s code')
    expect(told).not.toContain('hidden test')
  })

  test('are not tried on when the tests do not compile, which is said once', async () => {
    const { events, verdict } = await written('\tundefined(c)')
    expect(verdict.verdict).toBe('compile-error')
    expect(pick(events, 'diagnostics')).toHaveLength(1)
    expect(pick(events, 'step')).toHaveLength(1)
  })

  test('are not passed by a process that ends before its tests', async () => {
    const { verdict } = await written('\tc.Hit()\n\tos.Exit(0)')
    expect(verdict.verdict).not.toBe('passed')
  })

  test('stop when the run is cancelled', async () => {
    const plan = planExercise(exerciseOf('tested'), {
      exercise: 'tested',
      files: exerciseOf('tested').starter.map(({ name, text }) => ({ name, text })),
      snapshot: 's',
    })
    const { verdict, events } = await judge.judge(plan, { signal: AbortSignal.abort() })
    expect({ verdict: verdict.verdict, variants: pick(events, 'variant') }).toEqual({
      verdict: 'cancelled',
      variants: [],
    })
  })
})
