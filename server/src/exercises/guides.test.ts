import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { clockPlan, type Guide, type GuideQuestion, MAX_GUIDE_CHARS, Seed } from '@sandbox/protocol'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { loadCatalogue } from './catalogue.ts'
import { loadGuides } from './guides.ts'

const project = (path: string) => fileURLToPath(new URL(`../../../${path}`, import.meta.url))
const REAL = project('guides')
const ALL = () => true

/** Questions that are talk: no exercise practises them. */
const TALK: ReadonlySet<string> = new Set(['Q7'])

async function senior(): Promise<Guide> {
  const found = (await loadGuides(REAL, ALL)).guides.find(({ id }) => id === 'senior-go')
  if (!found) throw new Error('the guide is not there')
  return found.guide
}

const questionsOf = ({ parts }: Guide) => parts.flatMap(({ questions }) => questions)
const alternativesOf = ({ parts }: Guide) => parts.flatMap(({ alternatives }) => alternatives)

/** Points and further questions of a question, those of its areas included. */
function inside({ points, followUps, areas }: GuideQuestion) {
  return {
    points: [...points, ...areas.flatMap((area) => area.points)],
    asked: [...followUps, ...areas.flatMap(({ asked }) => asked)],
  }
}

describe('the guides of this project', () => {
  test('are sound, and every exercise that they link is there', async () => {
    const { exercises } = await loadCatalogue(project('exercises'))
    const { guides, problems } = await loadGuides(REAL, (slug) => exercises.has(slug))
    expect(problems).toEqual([])
    expect(guides.map(({ id }) => id)).toEqual(['senior-go'])
  })

  test('ask each question once, with the exercises that practise it, and have six to choose instead', async () => {
    const guide = await senior()
    const { exercises } = await loadCatalogue(project('exercises'))
    const seeds = Seed.options.filter((seed) => seed !== 'alternative')
    expect(questionsOf(guide).map(({ seed }) => seed)).toEqual(seeds)
    for (const question of questionsOf(guide)) {
      const practised = [...exercises.values()].filter(({ file }) => file.seed.includes(question.seed))
      const expected = TALK.has(question.seed) ? [] : practised.map(({ slug }) => slug)
      expect(question.exercises.toSorted(), question.seed).toEqual(expected.sort())
    }
    expect(alternativesOf(guide).map(({ seed }) => seed)).toEqual(Array(6).fill('alternative'))
  })

  test('have what to ask for every point that was not said, and no words twice', async () => {
    for (const question of [...questionsOf(await senior()), ...alternativesOf(await senior())]) {
      const { points, asked } = inside(question)
      expect(points.filter(({ probe }) => probe === undefined)).toEqual([])
      expect(points.length, question.id).toBeGreaterThanOrEqual(5)
      expect(question.followUps.length, question.id).toBeGreaterThanOrEqual(1)
      const words = [
        question.text,
        ...points.flatMap(({ text, probe }) => [text, probe]),
        ...asked.map(({ text }) => text),
      ]
      expect(words.length).toBe(new Set(words).size)
    }
  })

  test('give each part its minutes, and leave twenty in reserve', async () => {
    const guide = await senior()
    expect([guide.minutes, guide.keptMinutes]).toEqual([90, 5])
    expect(guide.parts.map(({ minutes }) => minutes)).toEqual([15, 10, 15, 25, 5])
    expect(clockPlan(guide).reserve).toEqual({ minutes: 20, left: 20 })
  })

  test('score five sections, each of them judged by a part or an area', async () => {
    const { passing, parts, sections } = await senior()
    const scored = sections.map(({ id, points, minimum, bands }) => [
      id,
      points,
      minimum,
      bands.map(({ from }) => from),
    ])
    expect(passing).toBe(75)
    expect(scored).toEqual([
      ['go', 25, 18, [23, 18, 13, 0]],
      ['database', 10, null, [9, 7, 5, 0]],
      ['leadership', 20, 14, [18, 14, 10, 0]],
      ['design', 20, 14, [18, 14, 10, 0]],
      ['architecture', 25, 18, [23, 18, 13, 0]],
    ])
    const areas = parts.flatMap(({ questions }) => questions.flatMap((question) => question.areas))
    const judged = new Set([...parts, ...areas].map(({ section }) => section))
    expect(sections.filter(({ id }) => !judged.has(id))).toEqual([])
  })
})

describe('a broken guide', () => {
  let root: string

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'guides-'))
    await cp(join(REAL, 'senior-go.json'), join(root, 'sound.json'))
  })
  afterEach(() => rm(root, { recursive: true }))

  /** The problems of a second guide, after a look that the first one is still there. */
  const problems = async (text: string, name = 'broken.json') => {
    await writeFile(join(root, name), text)
    const { guides, problems } = await loadGuides(root, ALL)
    expect(guides.map(({ id }) => id)).toEqual(['sound'])
    return problems
  }
  const changed = async (change: (guide: Guide) => void) => {
    const guide: Guide = JSON.parse(await readFile(join(root, 'sound.json'), 'utf8'))
    change(guide)
    return JSON.stringify(guide)
  }

  test('is told of with its file, the field and the reason', async () => {
    const text = await changed((guide) => {
      guide.passing = 101
      for (const question of questionsOf(guide).slice(0, 1)) question.minutes = [8, 6]
    })
    expect(await problems(text)).toEqual([
      { file: 'broken.json', field: 'passing', reason: expect.stringContaining('100') },
      { file: 'broken.json', field: 'parts.0.questions.0.minutes', reason: 'the first is the least' },
    ])
  })

  test('may contradict itself', async () => {
    const text = await changed((guide) => {
      guide.minutes = 60
    })
    expect(await problems(text)).toEqual([
      { file: 'broken.json', field: 'parts', reason: 'the parts take 70 of 60 minutes' },
    ])
  })

  test('may be no JSON', async () => {
    expect(await problems('{ "title": ')).toMatchObject([
      { file: 'broken.json', reason: expect.stringContaining('JSON') },
    ])
  })

  test('may have a name that cannot be part of an address', async () => {
    const reason = 'is not named in lower-case words joined by hyphens'
    expect(await problems('{}', 'My Guide.json')).toEqual([{ file: 'My Guide.json', field: '', reason }])
  })

  test('may be longer than an interview can keep', async () => {
    const text = await changed((guide) => {
      for (const question of questionsOf(guide)) question.code = '\u0001'.repeat(4000)
    })
    expect(await problems(text)).toEqual([
      { file: 'broken.json', field: '', reason: expect.stringMatching(`characters of ${MAX_GUIDE_CHARS}$`) },
    ])
  })

  test('may link an exercise that is not there: it goes on without', async () => {
    const { guides, problems } = await loadGuides(root, (slug) => slug !== 'worker-pool' && slug !== 'heap-retention')
    expect(problems).toEqual([
      { file: 'sound.json', field: 'parts.0.questions.1.exercises', reason: 'there is no exercise worker-pool' },
      { file: 'sound.json', field: 'parts.0.questions.2.exercises', reason: 'there is no exercise heap-retention' },
      { file: 'sound.json', field: 'parts.0.alternatives.0.exercises', reason: 'there is no exercise heap-retention' },
    ])
    const linked = guides.flatMap(({ guide }) => questionsOf(guide).flatMap(({ exercises }) => exercises))
    expect(linked).toContain('select-deadlock')
    expect(linked).not.toContain('worker-pool')
  })

  test('and other files are no guides, and no folder is none either', async () => {
    await writeFile(join(root, 'notes.txt'), 'not a guide')
    expect((await loadGuides(root, ALL)).guides).toHaveLength(1)
    expect(await loadGuides(join(root, 'nowhere'), ALL)).toEqual({ guides: [], problems: [] })
  })
})
