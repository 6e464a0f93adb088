import { z } from 'zod'
import { Seed, Slug } from '../exercise.ts'

/** What the points of all sections come to. */
export const ALL_POINTS = 100

/** The sections of a scorecard; their points add up to `ALL_POINTS`. */
export const SectionId = z.enum(['go', 'database', 'leadership', 'design', 'architecture'])
export type SectionId = z.infer<typeof SectionId>

/** How good an answer was, best first. */
export const Band = z.enum(['exceptional', 'strong', 'adequate', 'weak'])
export type Band = z.infer<typeof Band>

export const MAX_GUIDE_CHARS = 128 * 1024
const MAX_PARTS = 8
const MAX_QUESTIONS_PER_PART = 12
const MAX_POINTS_PER_QUESTION = 24
const MAX_ASKED = 16

const Sentence = z.string().min(1).max(600)
const Title = z.string().min(1).max(120)

/** Minutes that something should take, least and most. */
const Minutes = z
  .tuple([z.number().int().positive(), z.number().int().positive()])
  .refine(([least, most]) => least <= most, 'the first is the least')

/** Something that a senior answer says. Ticked when the candidate has said it. */
export const ExpectedPoint = z.strictObject({
  id: Slug,
  /** A few words, to be ticked while listening: `Deadlock: who sends, who receives`. What stands before the colon is its topic. */
  text: Sentence,
  /** What a really senior answer has in it, for an interviewer who is unsure; never read out. */
  detail: Sentence.optional(),
  /** What to ask where it has not been said. */
  probe: Sentence.optional(),
})
export type ExpectedPoint = z.infer<typeof ExpectedPoint>

/** A further question, as it may be read out. */
const Asked = z.strictObject({
  id: Slug,
  text: Sentence,
  /** What a good answer has in it; never read out. */
  detail: Sentence.optional(),
})

/** A question that follows from what was said, or was not. */
export const FollowUp = Asked.extend({
  /** Ask only once these points are ticked. */
  after: z.array(Slug).max(MAX_POINTS_PER_QUESTION).default([]),
})
export type FollowUp = z.infer<typeof FollowUp>

/** One area of a long question, with a time of its own and questions that lead through it. */
export const QuestionArea = z.strictObject({
  id: Slug,
  title: Title,
  /** Null: additional probing, in whatever time there is. */
  minutes: Minutes.nullable(),
  /** The section that this area is scored in, where it is another than its part's. */
  section: SectionId.optional(),
  points: z.array(ExpectedPoint).max(MAX_POINTS_PER_QUESTION),
  asked: z.array(Asked).max(MAX_ASKED),
})
export type QuestionArea = z.infer<typeof QuestionArea>

export const GuideQuestion = z.strictObject({
  id: Slug,
  /** `Q1`, `Q9`, or `alternative`. */
  seed: Seed,
  title: Title,
  /** What the interviewer asks, as it may be read out. */
  text: z.string().min(1).max(2000),
  minutes: Minutes,
  /** Their ids are unique within the question, together with those of its areas' points and of everything asked. */
  points: z.array(ExpectedPoint).max(MAX_POINTS_PER_QUESTION),
  followUps: z.array(FollowUp).max(MAX_ASKED),
  areas: z.array(QuestionArea).max(8).default([]),
  /** Exercises to hand over for it, the best first. */
  exercises: z.array(z.string().max(64)).max(16).default([]),
  /** Go code that shows the shape of a good answer. */
  code: z.string().max(4000).optional(),
})
export type GuideQuestion = z.infer<typeof GuideQuestion>

export const GuidePart = z.strictObject({
  id: Slug,
  title: Title,
  /** What it is to find out. */
  objective: Sentence,
  minutes: z.number().int().positive().max(180),
  /** What its questions are scored in; null where nothing is scored. */
  section: SectionId.nullable().default(null),
  questions: z.array(GuideQuestion).max(MAX_QUESTIONS_PER_PART),
  /** To choose instead, by what the candidate has done. */
  alternatives: z.array(GuideQuestion).max(MAX_QUESTIONS_PER_PART).default([]),
})
export type GuidePart = z.infer<typeof GuidePart>

/** One scored section: its bands cover 0 to `points` without a gap, best first. */
export const ScoredSection = z.strictObject({
  id: SectionId,
  title: Title,
  points: z.number().int().positive().max(ALL_POINTS),
  /** Least points to pass; null where there is none of its own. */
  minimum: z.number().int().positive().nullable(),
  bands: z
    .array(z.strictObject({ band: Band, from: z.number().int().nonnegative(), words: Sentence }))
    .length(Band.options.length),
})
export type ScoredSection = z.infer<typeof ScoredSection>

const Flag = z.strictObject({ id: Slug, title: Title, text: Sentence })
type Flag = z.infer<typeof Flag>

/** Everything that an interviewer is guided by. Data: every interview has a copy of its own, which can be edited. */
export const Guide = z
  .strictObject({
    title: Title,
    /** In all, the reserve and the last minutes included. */
    minutes: z.number().int().min(15).max(240),
    /** Held back at the end for the candidate's questions; the last part's. */
    keptMinutes: z.number().int().nonnegative().max(30),
    /** To pass: this many points in all, and every section's minimum. */
    passing: z.number().int().positive().max(ALL_POINTS),
    parts: z.array(GuidePart).min(1).max(MAX_PARTS),
    sections: z.array(ScoredSection).length(SectionId.options.length),
    greenFlags: z.array(Flag).max(24),
    redFlags: z.array(Flag).max(24),
    preparation: z.array(z.strictObject({ id: Slug, text: Sentence })).max(24),
    /** What an interviewer should know about how time and points were settled, once. */
    remarks: z.array(Sentence).max(12),
  })
  .superRefine((guide, context) => {
    for (const problem of guideProblems(guide)) context.addIssue({ code: 'custom', ...problem })
  })
export type Guide = z.infer<typeof Guide>

type Shape = {
  minutes: number
  keptMinutes: number
  parts: GuidePart[]
  sections: ScoredSection[]
  greenFlags: Flag[]
  redFlags: Flag[]
  preparation: { id: string }[]
}
type Problem = { path: (string | number)[]; message: string }

/** What a guide's fields cannot say each by itself: ids are unique, points and bands add up, the parts fit into the time. */
function guideProblems(guide: Shape): Problem[] {
  return [
    ...timeProblems(guide),
    ...idProblems(guide),
    ...pointsProblems(guide.sections),
    ...guide.sections.flatMap(bandProblems),
  ]
}

function timeProblems({ minutes, keptMinutes, parts }: Shape): Problem[] {
  const planned = parts.reduce((sum, part) => sum + part.minutes, 0)
  const last = parts.at(-1)?.minutes
  const problems: Problem[] = []
  if (planned > minutes) problems.push({ path: ['parts'], message: `the parts take ${planned} of ${minutes} minutes` })
  if (keptMinutes > 0 && last !== keptMinutes)
    problems.push({ path: ['keptMinutes'], message: `the last part has ${last} minutes, and ${keptMinutes} are kept` })
  return problems
}

function idProblems({ parts, sections, greenFlags, redFlags, preparation }: Shape): Problem[] {
  const questions = parts.flatMap((part) => [...part.questions, ...part.alternatives])
  return [
    ...doubles(parts, ['parts']),
    ...doubles(sections, ['sections']),
    ...doubles(questions, ['parts']),
    ...questions.flatMap((question) => doubles(tickedOrAsked(question), ['parts', question.id])),
    ...questions.flatMap(({ id, areas }) => doubles(areas, ['parts', id, 'areas'])),
    ...questions.flatMap(unknownAfter),
    ...doubles(greenFlags, ['greenFlags']),
    ...doubles(redFlags, ['redFlags']),
    ...doubles(preparation, ['preparation']),
  ]
}

/** What of a question is told apart by its id alone. */
function tickedOrAsked(question: GuideQuestion): { id: string }[] {
  return [...pointsOf(question), ...question.followUps, ...question.areas.flatMap(({ asked }) => asked)]
}

function unknownAfter(question: GuideQuestion): Problem[] {
  const known = new Set(pointsOf(question).map(({ id }) => id))
  return question.followUps
    .filter(({ after }) => after.some((id) => !known.has(id)))
    .map(({ id }) => ({ path: ['parts', question.id, 'followUps', id], message: 'follows a point that is not there' }))
}

function doubles(list: { id: string }[], path: Problem['path']): Problem[] {
  const ids = list.map(({ id }) => id)
  return [...new Set(ids.filter((id, index) => ids.indexOf(id) !== index))].map((id) => ({
    path,
    message: `"${id}" is there twice`,
  }))
}

function pointsProblems(sections: ScoredSection[]): Problem[] {
  const sum = sections.reduce((total, { points }) => total + points, 0)
  return sum === ALL_POINTS ? [] : [{ path: ['sections'], message: `the points add up to ${sum}, not ${ALL_POINTS}` }]
}

/** Bands have their order, each begins below the one before it, the last one at 0, and none above the section's points. */
function bandProblems(section: ScoredSection, index: number): Problem[] {
  const { points, minimum, bands } = section
  const path = ['sections', index]
  if (bands.some(({ band }, at) => band !== Band.options[at]))
    return [{ path: [...path, 'bands'], message: `the bands are ${Band.options.join(', ')}, in this order` }]
  const problems = bands.flatMap((_, at) => {
    const message = boundProblem(section, at)
    return message === null ? [] : [{ path: [...path, 'bands', at, 'from'], message }]
  })
  if ((minimum ?? 0) > points)
    problems.push({ path: [...path, 'minimum'], message: `the section has ${points} points` })
  return problems
}

function boundProblem({ points, bands }: ScoredSection, at: number): string | null {
  const from = bands[at]?.from ?? 0
  const better = bands[at - 1]
  if (at === bands.length - 1 && from !== 0) return 'the lowest band begins at 0'
  if (better === undefined) return from > points ? `the section has ${points} points` : null
  return from < better.from ? null : `this has to be less than ${better.from}, where "${better.band}" begins`
}

/** All points that can be ticked for a question, its areas' after its own. */
export function pointsOf(question: GuideQuestion): ExpectedPoint[] {
  return [...question.points, ...question.areas.flatMap((area) => area.points)]
}
