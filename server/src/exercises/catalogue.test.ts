import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ExerciseDetail, ExerciseSummary } from '@sandbox/protocol'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { detailOf, loadCatalogue, loadSolutions, sharedStarter, summaryOf } from './catalogue.ts'
import { withFault } from './faults.ts'

const REAL = fileURLToPath(new URL('../../../exercises', import.meta.url))
const COUNTER = join('fundamentals', 'hit-counter')

describe('the exercises of this project', () => {
  test('are all complete', async () => {
    const { exercises, problems } = await loadCatalogue(REAL)
    expect(problems).toEqual([])
    expect([...exercises.keys()].sort()).toEqual(
      expect.arrayContaining(['goroutine-leak', 'hit-counter', 'select-deadlock', 'worker-pool']),
    )
  })

  test('have a reference, another design and at least five wrong solutions that name a test or a line', async () => {
    const { exercises } = await loadCatalogue(REAL)
    for (const exercise of exercises.values()) {
      const { reference, alternatives, wrong } = await loadSolutions(exercise)
      // Of questions alone there is one right answer and no design.
      if (exercise.file.editable.length === 0) continue
      expect(reference.files.length, exercise.slug).toBeGreaterThan(0)
      expect(alternatives.length, exercise.slug).toBeGreaterThan(0)
      expect(wrong.length, exercise.slug).toBeGreaterThanOrEqual(5)
      for (const { name, mistake } of wrong) {
        if (mistake.symptom !== 'wrong-answers') expect(Object.keys(mistake.names), name).not.toEqual([])
      }
    }
  })

  test('show the page everything but what is hidden', async () => {
    const { exercises } = await loadCatalogue(REAL)
    for (const exercise of exercises.values()) {
      const detail = detailOf(exercise)
      expect(ExerciseDetail.parse(detail)).toEqual(detail)
      expect(ExerciseSummary.parse(summaryOf(exercise))).toEqual(summaryOf(exercise))
      const visible = detail.visibleTests.map(({ name }) => name)
      expect(visible.filter((name) => !name.startsWith('visible'))).toEqual([])
      expect(visible.includes('visible_test.go'), exercise.slug).toBe(exercise.file.modes.includes('race'))
      const { reference } = await loadSolutions(exercise)
      const shown = JSON.stringify(detail)
      for (const { text } of [...exercise.hiddenTests, ...reference.files]) {
        expect(shown).not.toContain(JSON.stringify(text).slice(1, -1))
      }
      expect(shown).not.toContain(exercise.dir)
    }
  })

  test('are judged with the tests of a fault only while it is on', async () => {
    const { exercises } = await loadCatalogue(REAL)
    const faulty = [...exercises.values()].filter(({ faults }) => faults.length > 0)
    expect(faulty.length).toBeGreaterThanOrEqual(3)
    for (const exercise of faulty) {
      for (const { id, tests } of exercise.faults) {
        expect(withFault(exercise, id)?.hiddenTests).toEqual([...exercise.hiddenTests, ...tests])
      }
      expect(JSON.stringify(detailOf(exercise))).not.toContain('fault_test')
      expect(withFault(exercise, 'another')).toBeNull()
    }
  })

  test('begin for several people with the files that are edited, and one for the answers where something is asked', async () => {
    const { exercises } = await loadCatalogue(REAL)
    for (const exercise of exercises.values()) {
      const names = sharedStarter(exercise).map(({ name }) => name)
      const asks = (exercise.file.questions ?? []).length > 0
      expect(names, exercise.slug).toEqual([...exercise.file.editable, ...(asks ? ['answers.json'] : [])])
    }
  })

  test('tell how many tests are hidden', async () => {
    const { exercises } = await loadCatalogue(REAL)
    for (const exercise of exercises.values()) {
      const written = exercise.hiddenTests.flatMap(
        ({ text }) => text.match(/^func Test[A-Z]\w*\(t \*testing\.T\)/gm) ?? [],
      )
      expect(detailOf(exercise).hiddenTests, exercise.slug).toBe(written.length)
    }
  })
})

describe('a broken exercise', () => {
  let root: string

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'catalogue-'))
    await cp(join(REAL, COUNTER), join(root, COUNTER), { recursive: true })
    await cp(join(REAL, 'patterns', 'select-deadlock'), join(root, 'patterns', 'select-deadlock'), { recursive: true })
  })
  afterEach(() => rm(root, { recursive: true, force: true }))

  const put = async (path: string, text: string) => {
    await mkdir(dirname(join(root, path)), { recursive: true })
    await writeFile(join(root, path), text)
  }
  const change = async (change: (file: Record<string, unknown>) => void) => {
    const path = join(COUNTER, 'exercise.json')
    const file = JSON.parse(await readFile(join(root, path), 'utf8'))
    change(file)
    await put(path, JSON.stringify(file))
  }
  /** The problems, after a look that the other exercise is still there. */
  const problems = async () => {
    const catalogue = await loadCatalogue(root)
    expect([...catalogue.exercises.keys()]).toContain('select-deadlock')
    return catalogue.problems
  }

  test('is left out, and its file and field are named', async () => {
    await change((file) => {
      file.minutes = 'a quarter of an hour'
      file.seed = ['Q10']
    })
    const found = await problems()
    expect(found.map(({ file, field }) => [file, field])).toEqual([
      [join(COUNTER, 'exercise.json'), 'minutes'],
      [join(COUNTER, 'exercise.json'), 'seed.0'],
    ])
    expect(found.every(({ reason }) => reason.length > 0)).toBe(true)
    expect((await loadCatalogue(root)).exercises.has('hit-counter')).toBe(false)
  })

  test('may have a fault that says nothing, tests nothing or is in the wrong package', async () => {
    await put(join(COUNTER, 'faults', 'slow', 'fault.json'), '{"title": "Slow"}')
    await put(join(COUNTER, 'faults', 'slow', 'fault_test.go'), 'package counter_test\n')
    await put(join(COUNTER, 'faults', 'fast', 'fault.json'), '{"title": "Fast", "what": "All is fast."}')
    await put(join(COUNTER, 'faults', 'fast', 'fault_test.go'), 'package counter\n\nfunc TestFast(t *testing.T) {}\n')
    expect((await problems()).map(({ file, field, reason }) => `${file} ${field}: ${reason}`).sort()).toEqual([
      `${join(COUNTER, 'faults/fast/fault_test.go')} package: is not hits_test`,
      `${join(COUNTER, 'faults/slow/fault.json')} what: Invalid input: expected string, received undefined`,
      `${join(COUNTER, 'faults/slow/fault_test.go')} : has no test`,
    ])
  })

  test('may have a misspelt field', async () => {
    await change((file) => {
      file.hintz = []
    })
    expect(await problems()).toMatchObject([
      { file: join(COUNTER, 'exercise.json'), reason: expect.stringContaining('hintz') },
    ])
  })

  test('may be no JSON at all', async () => {
    await put(join(COUNTER, 'exercise.json'), '{ "title": ')
    expect(await problems()).toMatchObject([
      { file: join(COUNTER, 'exercise.json'), reason: expect.stringContaining('JSON') },
    ])
  })

  test.each([
    ['README.md', 'README.md'],
    ['tests/hidden_test.go', 'tests/hidden_test.go'],
    ['tests/visible_test.go', 'tests/visible_test.go'],
    ['exercise.json', 'exercise.json'],
  ])('may lack its %s', async (missing, file) => {
    await rm(join(root, COUNTER, missing))
    expect((await problems()).map((problem) => problem.file)).toContain(join(COUNTER, file))
  })

  test('may want a file to be edited that is not there', async () => {
    await change((file) => {
      file.editable = ['hits.go', 'other.go']
    })
    expect(await problems()).toEqual([
      { file: join(COUNTER, 'exercise.json'), field: 'editable', reason: 'other.go is not in starter/' },
    ])
  })

  test('may have hidden tests inside of the candidate’s package, where its names would change what they mean', async () => {
    await put(join(COUNTER, 'tests', 'hidden_test.go'), 'package hits\n\nfunc TestX(t *testing.T) {}\n')
    expect(await problems()).toEqual([
      { file: join(COUNTER, 'tests', 'hidden_test.go'), field: 'package', reason: 'is not hits_test' },
    ])
  })

  test('may have a name that another one has', async () => {
    await cp(join(root, COUNTER), join(root, 'patterns', 'hit-counter'), { recursive: true })
    expect(await problems()).toEqual([{ file: join('patterns', 'hit-counter'), field: 'slug', reason: 'used twice' }])
  })

  test('may have a folder, or a topic, that cannot be part of an address', async () => {
    await cp(join(root, COUNTER), join(root, 'fundamentals', 'Hit_Counter'), { recursive: true })
    await cp(join(root, COUNTER), join(root, 'Basic Things', 'first-steps'), { recursive: true })
    await cp(join(root, COUNTER), join(root, 'fundamentals', 'scratch'), { recursive: true })
    const reason = 'is not lower-case words joined by hyphens'
    expect(await problems()).toEqual([
      { file: join('Basic Things', 'first-steps'), field: 'topic', reason },
      { file: join('fundamentals', 'Hit_Counter'), field: 'slug', reason },
      { file: join('fundamentals', 'scratch'), field: 'slug', reason: "is reserved for a person's own code" },
    ])
  })

  test('may hold folders where files belong', async () => {
    await rm(join(root, COUNTER, 'README.md'))
    await mkdir(join(root, COUNTER, 'README.md'))
    await mkdir(join(root, COUNTER, 'starter', 'folder.go'))
    expect((await problems()).map(({ file }) => file)).toEqual([join(COUNTER, 'README.md')])
  })

  test('may have a folder that cannot be read', async () => {
    await rm(join(root, COUNTER, 'tests'), { recursive: true })
    await put(join(COUNTER, 'tests'), 'a file')
    expect(await problems()).toMatchObject([{ file: COUNTER, reason: expect.stringContaining('ENOTDIR') }])
  })

  test('with a wrong solution that does not say what is wrong, is told when the solutions are asked for', async () => {
    await put(
      join(COUNTER, 'wrong', 'map-handed-out', 'mistake.json'),
      '{ "what": "", "symptom": "slow", "names": {} }',
    )
    const exercise = (await loadCatalogue(root)).exercises.get('hit-counter')
    if (!exercise) throw new Error('the exercise itself is sound')
    await expect(loadSolutions(exercise)).rejects.toThrow(/map-handed-out.mistake\.json: .*what.*symptom/)
  })

  test('an empty folder, or none, is an empty catalogue', async () => {
    expect((await loadCatalogue(join(root, 'nowhere'))).exercises.size).toBe(0)
    await mkdir(join(root, 'empty'))
    expect((await loadCatalogue(join(root, 'empty'))).problems).toEqual([])
  })
})
