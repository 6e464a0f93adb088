import { describe, expect, it } from 'vitest'
import type { Exercise } from '../exercises/catalogue.ts'
import { DEFAULT_LIMITS } from '../sandbox/limits.ts'
import { jobOf as firstJobOf, type Plan, planExercise, planPackage, planScratch, type TestJob } from './plan.ts'
import { refusalOf } from './rejection.ts'

const EXERCISE: Exercise = {
  slug: 'counter',
  topic: 'fundamentals',
  dir: '/nowhere',
  statement: '# Counter',
  file: {
    title: 'Counter',
    kind: 'fix',
    level: 'medium',
    minutes: 10,
    seed: ['Q1'],
    tags: ['race'],
    package: 'counter',
    editable: ['counter.go'],
    imports: ['sync'],
    modes: ['race'],
    limits: { runWallMs: 2000, memoryBytes: 2 ** 40 },
    hints: ['a', 'b', 'c'],
    followUps: ['a', 'b'],
    talkingPoints: ['a', 'b', 'c'],
  },
  starter: [
    { name: 'counter.go', text: 'package counter\n', editable: true },
    { name: 'api.go', text: 'package counter\n', editable: false },
  ],
  visibleTests: [{ name: 'visible_test.go', text: 'package counter_test\n' }],
  hiddenTests: [{ name: 'hidden_test.go', text: 'package counter_test\n' }],
  faults: [],
  measureTest: null,
  reference: [],
  material: [],
  variants: [],
}

const request = (...files: { name: string; text: string }[]) => ({ exercise: 'counter', snapshot: 's', files })
const own = { name: 'counter.go', text: 'package counter\n' }

function jobOf(plan: Plan): TestJob {
  if (plan.type === 'rejected') throw new Error(plan.message)
  return firstJobOf(plan)
}

function stepsOf(plan: Plan) {
  return plan.type === 'steps' ? plan.steps : []
}

function reasonOf(plan: Plan): string {
  return plan.type === 'rejected' ? plan.message : 'not rejected'
}

describe('a run of an exercise', () => {
  it('has the candidate’s file, the read-only ones and both sets of tests, each with its owner', () => {
    const job = jobOf(planExercise(EXERCISE, request(own)))
    expect(job.files.map(({ name, owner }) => `${owner} ${name}`)).toEqual([
      'candidate counter.go',
      'judge api.go',
      'judge visible_test.go',
      'hidden hidden_test.go',
    ])
    expect(job.importPath).toBe('sandbox/counter')
    expect(job.rules).toEqual({ imports: ['sync'], strict: true })
  })

  it('lowers limits and never raises them', () => {
    const { limits } = jobOf(planExercise(EXERCISE, request(own)))
    expect(limits.runWallMs).toBe(2000)
    expect(limits.memoryBytes).toBe(DEFAULT_LIMITS.memoryBytes)
  })

  it.each([
    [
      'a test file under the name of the hidden one',
      [own, { name: 'hidden_test.go', text: 'package x\n' }],
      'hidden_test.go:1',
    ],
    ['a read-only file', [own, { name: 'api.go', text: 'package counter\n' }], 'api.go:1'],
    ['no file of the exercise', [{ name: 'other.go', text: 'package x\n' }], 'other.go:1'],
    ['the same file twice', [own, own], 'two files'],
    [
      'too much source',
      [{ name: 'counter.go', text: 'é'.repeat(DEFAULT_LIMITS.sourceBytes / 2 + 5) }],
      'counter.go: the source has 262154 bytes in all and at most 262144 are possible; shorten this file by 10 bytes.',
    ],
    [
      'half of a character',
      [{ name: 'counter.go', text: 'package counter\n// \ud83c\n' }],
      'counter.go:2: this is not',
    ],
  ])('is rejected for %s', (_, files, reason) => {
    expect(reasonOf(planExercise(EXERCISE, request(...files)))).toContain(reason)
  })
})

describe('a rejected run', () => {
  const long = 'x'.repeat(300 * 1024)
  const many = Array.from({ length: 30 }, (_, n) => ({ name: `f${n}.go`, text: 'package f\n' }))
  const reject = (plan: Plan) => {
    if (plan.type !== 'rejected') throw new Error('this plan is taken')
    return refusalOf(plan)
  }

  it.each([
    ['too much source', [{ name: 'counter.go', text: long }], 'counter.go', 'the source has 307200 bytes in all'],
    ['too many files', many, 'f20.go', '30 files were sent'],
    ['a file that is no Go file', [{ name: 'x.s', text: 'TEXT' }], 'x.s', ''],
    ['a name with a line break', [{ name: 'a\nb: c.go', text: '' }], 'a\nb: c.go', ''],
  ])('names the file in what a machine reads, for %s', (_, files, file, says) => {
    for (const plan of [planExercise(EXERCISE, request(...files)), planScratch(request(...files))]) {
      const { events, verdict } = reject(plan)
      const diagnostic = { source: 'load', severity: 'error', file, line: 1, column: 1 }
      expect(events).toEqual([
        { type: 'diagnostics', diagnostics: [{ ...diagnostic, message: expect.stringContaining(says) }] },
      ])
      expect(verdict).toMatchObject({ verdict: 'rejected', summary: expect.stringMatching(/^Rejected: .*$/) })
    }
    const { events } = reject(planPackage({ files: [{ name: file, text: long }], goMod: null }))
    expect(events[0].type === 'diagnostics' && events[0].diagnostics[0]?.file).toBe(file)
  })

  it('names the file that is missing', () => {
    const { events, verdict } = reject(planExercise(EXERCISE, request()))
    expect(events).toMatchObject([{ diagnostics: [{ file: 'counter.go', line: 1 }] }])
    expect(verdict.summary).toBe('Rejected: counter.go: this file is missing.')
  })

  it('without a file says why all the same', () => {
    const { events } = reject(planScratch(request()))
    expect(events).toMatchObject([{ diagnostics: [{ file: '', line: 0, message: 'there is no file.' }] }])
  })
})

describe('a scratch run', () => {
  it('takes a person’s own tests', () => {
    const job = jobOf(
      planScratch({ ...request(own, { name: 'counter_test.go', text: 'package counter\n' }), exercise: 'scratch' }),
    )
    expect(job.files.map(({ owner }) => owner)).toEqual(['candidate', 'candidate'])
    expect(job.rules.imports).toBeNull()
  })

  it.each(['../escape.go', 'a b.go', '.hidden.go', 'go.mod', 'x.s', 'a/b.go', 'ü.go', `${'x'.repeat(70)}.go`])(
    'is rejected for a file named %s',
    (name) => {
      expect(reasonOf(planScratch(request({ name, text: 'package x\n' })))).toContain('a file name has')
    },
  )

  it('is rejected for too many files', () => {
    const files = Array.from({ length: DEFAULT_LIMITS.sourceFiles + 1 }, (_, n) => ({
      name: `f${n}.go`,
      text: 'package f\n',
    }))
    expect(reasonOf(planScratch(request(...files)))).toBe(
      'f20.go: 21 files were sent and at most 20 are possible; put its code into one of the others, or remove it.',
    )
  })

  it('is told which of several files is too large, and by how much', () => {
    const large = { name: 'large.go', text: 'x'.repeat(DEFAULT_LIMITS.sourceBytes) }
    expect(reasonOf(planScratch(request({ name: 'small.go', text: 'package s\n' }, large)))).toBe(
      'large.go: the source has 262154 bytes in all and at most 262144 are possible; shorten this file (262144 bytes) by 10 bytes.',
    )
  })
})

describe('a package from a folder', () => {
  const files = [own, { name: 'counter_test.go', text: 'package counter\n' }]

  it('has its tests judged and its other files as the candidate’s', () => {
    const job = jobOf(planPackage({ files, goMod: 'module example.com/counter\n\ngo 1.24\n' }))
    expect(job.files.map(({ owner }) => owner)).toEqual(['candidate', 'judge'])
    expect(job.importPath).toBe('example.com/counter')
    expect(job.goVersion).toBe('1.24')
  })

  it.each([
    ['a foreign requirement', 'module m\n\nrequire github.com/pkg/errors v0.9.1\n'],
    [
      'a foreign requirement in a block',
      'module m\n\nrequire (\n\tgolang.org/x/sync v0.10.0\n\tgithub.com/pkg/errors v0.9.1\n)\n',
    ],
    ['a replacement', 'module m\n\nreplace golang.org/x/sync => ../sync\n'],
    ['no module line', 'go 1.26\n'],
    ['a newer language', 'module m\n\ngo 1.99\n'],
    ['a line that hardly ends', `module m\nreplace m => n\nrequire ${'a.'.repeat(200_000)}`],
  ])('is rejected for a go.mod with %s', (_, goMod) => {
    expect(reasonOf(planPackage({ files, goMod }))).toMatch(/^go\.mod/)
  })
})

describe('an exercise with several modes', () => {
  const OTHERS: Exercise = {
    ...EXERCISE,
    file: {
      ...EXERCISE.file,
      modes: ['questions', 'race', 'measure'],
      measure: { TestTime: 'too-slow' },
      questions: [
        { id: 'where', text: 'Where?', answer: { type: 'line', file: 'api.go', right: [1] }, explanation: 'There.' },
      ],
    },
    measureTest: { name: 'measure_test.go', text: 'package counter_test\n', hidden: true },
    reference: [{ name: 'counter.go', text: 'package counter // right\n' }],
  }

  it('is planned in the order of its modes', () => {
    const steps = stepsOf(planExercise(OTHERS, { ...request(own), answers: { where: [1] } }))
    expect(steps.map(({ mode }) => mode)).toEqual(['questions', 'race', 'measure'])
    expect(steps[0]).toMatchObject({ answers: { where: [1] } })
  })

  it('has the reference in the measuring job alone, and other tests there', () => {
    const [, race, measure] = stepsOf(planExercise(OTHERS, request(own)))
    if (race?.mode !== 'race' || measure?.mode !== 'measure') throw new Error('the order of the modes')
    expect(JSON.stringify(race.job)).not.toContain('// right')
    expect(measure.job).toMatchObject({ race: false, reference: [{ name: 'counter.go' }] })
    expect(measure.job.files.map(({ name, owner }) => `${owner} ${name}`)).toEqual([
      'candidate counter.go',
      'judge api.go',
      'hidden measure_test.go',
    ])
    expect(measure.reasons).toEqual({ TestTime: 'too-slow' })
  })

  it('is rejected for an answer to no question', () => {
    const plan = planExercise(OTHERS, { ...request(own), answers: { when: [1] } })
    expect(reasonOf(plan)).toBe('there is no question "when".')
  })

  it('tries the tests on each variant, as hidden code, in place of the starter’s file of that name, in less time', () => {
    const tests = { name: 'counter_test.go', text: 'package counter_test\n' }
    const variant = { name: 'variant 1', folder: 'x', what: 'x', mayTimeOut: false }
    const files = [{ name: 'api.go', text: 'package counter // wrong\n' }]
    const exercise: Exercise = {
      ...EXERCISE,
      file: { ...EXERCISE.file, modes: ['variants'], editable: [tests.name], limits: { memoryBytes: 2 ** 20 } },
      starter: [{ ...tests, editable: true }, ...EXERCISE.starter.filter(({ editable }) => !editable)],
      variants: [
        { ...variant, kind: 'right', files: [] },
        { ...variant, kind: 'wrong', files },
      ],
    }
    const steps = stepsOf(planExercise(exercise, request(tests)))
    const owners = steps.map((step) =>
      step.mode === 'variants' ? step.job.files.map(({ name, owner }) => `${owner} ${name}`) : [],
    )
    expect(owners).toEqual([
      ['candidate counter_test.go', 'judge api.go'],
      ['candidate counter_test.go', 'hidden api.go'],
    ])
    expect(steps[0]).toMatchObject({ job: { limits: { runWallMs: 3000, memoryBytes: 2 ** 20 } } })
  })
})

describe('a closer look', () => {
  const files = [own]
  const wish = (insight: 'profile' | 'timeline') => ({ exercise: 'counter', snapshot: 's', files, insight })

  it('is one step: the tests once, without the race detector, and with a trace where the scheduler is looked at', () => {
    const steps = stepsOf(planExercise(EXERCISE, wish('timeline')))
    expect(steps).toMatchObject([{ mode: 'insight', insight: 'timeline', job: { race: false, collect: ['trace'] } }])
    expect(stepsOf(planScratch(wish('profile')))).toMatchObject([{ insight: 'profile', job: { race: false } }])
    const goMod = 'module example.com/x\ngo 1.26\n'
    expect(stepsOf(planPackage({ files, goMod }, 'profile'))).toMatchObject([{ insight: 'profile' }])
  })

  it('profiles what is measured, where an exercise measures', () => {
    const measured: Exercise = {
      ...EXERCISE,
      file: { ...EXERCISE.file, modes: ['race', 'measure'] },
      measureTest: { name: 'measure_test.go', text: 'package counter_test\n', hidden: true },
      reference: [{ name: 'counter.go', text: 'package counter // right\n' }],
    }
    const namesOf = (insight: 'profile' | 'timeline') =>
      stepsOf(planExercise(measured, wish(insight))).flatMap((step) =>
        step.mode === 'insight' ? step.job.files.map(({ name }) => name) : [],
      )
    expect(namesOf('profile')).toContain('measure_test.go')
    expect(namesOf('timeline')).not.toContain('measure_test.go')
  })

  const besideOf = (plan: Plan) =>
    stepsOf(plan).flatMap((step) =>
      step.mode === 'insight'
        ? step.beside.map(({ version, job }) => [version, ...job.files.map(({ owner, name }) => `${owner} ${name}`)])
        : [],
    )

  it('measures benchmarks beside the code before and the reference, whose code is hidden, with the same tests', () => {
    const exercise: Exercise = { ...EXERCISE, reference: [{ name: 'counter.go', text: 'package counter // right\n' }] }
    const tests = ['judge api.go', 'judge visible_test.go', 'hidden hidden_test.go']
    const ask = { ...wish('profile'), insight: 'benchmarks' as const }
    expect(besideOf(planExercise(exercise, ask, [own]))).toEqual([
      ['previous', 'candidate counter.go', ...tests],
      ['reference', 'hidden counter.go', ...tests],
    ])
    expect(besideOf(planExercise(exercise, ask)).map(([version]) => version)).toEqual(['reference'])
    const optimize: Exercise = { ...exercise, file: { ...exercise.file, kind: 'optimize' } }
    expect(besideOf(planExercise(optimize, ask))[0]).toEqual(['starter', 'candidate counter.go', ...tests])
  })

  it('measures the code before with the tests of now, where both are a person’s own', () => {
    const request = { exercise: 'scratch', snapshot: 's', insight: 'benchmarks' as const }
    const now = [own, { name: 'new.go', text: 'package counter\n' }, { name: 'x_test.go', text: 'package counter\n' }]
    expect(besideOf(planScratch({ ...request, files: now }, [own]))).toEqual([
      ['previous', 'candidate counter.go', 'candidate x_test.go'],
    ])
    expect(besideOf(planScratch({ ...request, files: now }))).toEqual([])
    expect(besideOf(planPackage({ files: now, goMod: null }, 'benchmarks', [own]))).toEqual([
      ['previous', 'candidate counter.go', 'judge x_test.go'],
    ])
  })

  it('is refused where nothing of the candidate’s is tested', () => {
    const questions: Exercise = { ...EXERCISE, file: { ...EXERCISE.file, modes: ['questions'] } }
    expect(reasonOf(planExercise(questions, wish('profile')))).toBe(
      'this exercise has no tests of your code to take a profile of.',
    )
    expect(reasonOf(planExercise(questions, { ...wish('profile'), insight: 'benchmarks' }))).toBe(
      'this exercise has no tests of your code to measure.',
    )
  })
})
