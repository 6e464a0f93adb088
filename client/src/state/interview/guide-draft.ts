import { Guide, type GuidePart, type GuideQuestion, labelOf, pointsOf } from '@sandbox/protocol'
import type { z } from 'zod'

/**
 * A guide while it is edited. It has a guide's shape but may be wrong: a text is missing, a number is NaN where none was typed.
 * Nothing of it is thrown away for that.
 */
export type GuideDraft = Guide

/** Where in a guide something is wrong: `parts/0/questions/1/title`. */
export type Place = string

export type Checked = { type: 'good'; guide: Guide } | { type: 'bad'; problems: ReadonlyMap<Place, string> }

/** Checks a draft as the server does. Each problem is a sentence, by the place of its field. */
export function checkDraft(draft: GuideDraft): Checked {
  const parsed = Guide.safeParse(draft)
  if (parsed.success) return { type: 'good', guide: parsed.data }
  const problems = new Map<Place, string>()
  for (const issue of parsed.error.issues) {
    const place = placeOf(draft, issue.path)
    if (!problems.has(place)) problems.set(place, sentenceOf(issue))
  }
  return { type: 'bad', problems }
}

/** The schema names a question by its id where it speaks of all of it; fields are named by their index. */
function placeOf({ parts }: GuideDraft, path: readonly PropertyKey[]): Place {
  const [root, id, ...rest] = path.map(String)
  const place = root === 'parts' ? placeOfQuestion(parts, id ?? '') : null
  return place === null ? path.map(String).join('/') : [place, ...rest].join('/')
}

function placeOfQuestion(parts: readonly GuidePart[], id: string): Place | null {
  for (const [index, part] of parts.entries()) {
    for (const list of ['questions', 'alternatives'] as const) {
      const at = part[list].findIndex((question) => question.id === id)
      if (at !== -1) return `parts/${index}/${list}/${at}`
    }
  }
  return null
}

function sentenceOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'custom') return `${capitalised(issue.message)}.`
  if (issue.code === 'invalid_type') return 'A whole number is needed.'
  if (issue.code === 'too_small')
    return issue.origin === 'string' ? 'Something has to stand here.' : `At least ${issue.minimum}.`
  if (issue.code === 'too_big')
    return issue.origin === 'string' ? `At most ${issue.maximum} characters.` : `At most ${issue.maximum}.`
  return `${capitalised(issue.message)}.`
}

function capitalised(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1)
}

/** The problems of what lies at a place or within it. */
export function problemsWithin(problems: ReadonlyMap<Place, string>, place: Place): [Place, string][] {
  return [...problems].filter(([at]) => at === place || at.startsWith(`${place}/`))
}

/** What a place of the form `parts/0/questions/1` stands for; null for the whole guide, and for what is not there any more. */
export interface Found {
  part: GuidePart
  index: number
  /** Null: the part itself. */
  list: 'questions' | 'alternatives' | null
  /** Within `list`. */
  at: number
}

export function findPlace({ parts }: GuideDraft, place: Place): Found | null {
  const match = /^parts\/(\d+)(?:\/(questions|alternatives)\/(\d+))?$/.exec(place)
  const index = Number(match?.[1])
  const part = parts[index]
  if (!match || !part) return null
  const list = match[2] === 'questions' || match[2] === 'alternatives' ? match[2] : null
  return { part, index, list, at: Number(match[3] ?? 0) }
}

const QUESTION = /^parts\/\d+(\/(questions|alternatives)\/\d+)?/
const SECTION_OR_LIST = /^(sections\/\d+|greenFlags|redFlags|preparation)/

/** The place of the form that has the field of a place. */
export function formOf(place: Place): Place {
  return QUESTION.exec(place)?.[0] ?? SECTION_OR_LIST.exec(place)?.[0] ?? ''
}

/** Lists of the whole guide that have a form of their own; what each is called is its title. */
const LIST_NAMES = ['preparation', 'greenFlags', 'redFlags'] as const
export type ListName = (typeof LIST_NAMES)[number]
export const LIST_TITLES: Readonly<Record<ListName, string>> = {
  preparation: 'Before the start',
  greenFlags: 'Green flags',
  redFlags: 'Red flags',
}

/** The list that a place of the form `greenFlags` stands for. */
export function listAt(place: Place): ListName | null {
  return LIST_NAMES.find((name) => name === place) ?? null
}

/** The index of the section that a place of the form `sections/0` stands for; null where there is none. */
export function sectionAt({ sections }: GuideDraft, place: Place): number | null {
  const index = Number(/^sections\/(\d+)$/.exec(place)?.[1] ?? -1)
  return sections[index] === undefined ? null : index
}

/** `18–22`: the points of a band; null where its bounds are none. */
export function bandRange({ points, bands }: GuideDraft['sections'][number], index: number): string | null {
  const from = bands[index]?.from ?? Number.NaN
  const to = (bands[index - 1]?.from ?? points + 1) - 1
  if (!(from <= to)) return null
  return from === to ? `${from}` : `${from}–${to}`
}

/** What a form is of, as a mistake in it is named. */
export function formName(draft: GuideDraft, place: Place): string {
  const list = listAt(place)
  if (list) return LIST_TITLES[list]
  const section = draft.sections[sectionAt(draft, place) ?? -1]
  if (section) return section.title
  const found = findPlace(draft, place)
  if (!found) return 'The whole guide'
  const question = found.list && found.part[found.list][found.at]
  return question ? labelOf(question) || 'An alternative' : found.part.title || `Part ${found.index + 1}`
}

/** The list with the item at `index` one place further up or down; the same list where it cannot go. */
export function moved<T>(list: readonly T[], index: number, step: 1 | -1): T[] {
  const to = index + step
  const item = list[index]
  if (item === undefined || to < 0 || to >= list.length) return [...list]
  return list.toSpliced(index, 1).toSpliced(to, 0, item)
}

/** An id that is not taken and was not before: a card may still name what was taken out. `point-1p2k9d`. */
export function freshId(kind: string, taken: readonly string[]): string {
  const [random = 0] = crypto.getRandomValues(new Uint32Array(1))
  const id = `${kind}-${random.toString(36)}`
  return taken.includes(id) ? freshId(kind, taken) : id
}

/** Every id of a question that may stand only once in it. */
export function idsIn(question: GuideQuestion): string[] {
  const asked = [...question.followUps, ...question.areas.flatMap((area) => area.asked)]
  return [...pointsOf(question), ...asked].map(({ id }) => id)
}

/** A question whose follow-ups no longer wait for points that were taken out. */
export function withoutLost(question: GuideQuestion): GuideQuestion {
  const known = new Set(pointsOf(question).map(({ id }) => id))
  const followUps = question.followUps.map((one) => ({ ...one, after: one.after.filter((id) => known.has(id)) }))
  return { ...question, followUps }
}

export function newPart({ parts }: GuideDraft): GuidePart {
  const id = freshId(
    'part',
    parts.map((part) => part.id),
  )
  return {
    id,
    title: 'New part',
    objective: 'What it is to find out.',
    minutes: 5,
    section: null,
    questions: [],
    alternatives: [],
  }
}

export function newQuestion({ parts }: GuideDraft): GuideQuestion {
  const taken = parts.flatMap((part) => [...part.questions, ...part.alternatives]).map(({ id }) => id)
  return {
    id: freshId('question', taken),
    seed: 'alternative',
    title: 'New question',
    text: '',
    minutes: [5, 5],
    points: [],
    followUps: [],
    areas: [],
    exercises: [],
  }
}

/** `worker-pool, retry` as a list of slugs. */
export function slugsOf(text: string): string[] {
  return [...new Set(text.split(/[\s,]+/).filter((slug) => slug !== ''))]
}
