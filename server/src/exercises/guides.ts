import { join } from 'node:path'
import { Guide, type GuideQuestion, MAX_GUIDE_CHARS, Slug } from '@sandbox/protocol'
import type { Problem } from './catalogue.ts'
import { fileNames, readJson } from './files.ts'

/** A guide that an interview can begin with; `id` is the name of its file. */
export interface NamedGuide {
  id: string
  guide: Guide
}

export interface Guides {
  /** Sorted by id. */
  guides: readonly NamedGuide[]
  problems: readonly Problem[]
}

const ENDING = '.json'

/**
 * Reads every guide; nothing else reads that folder. One that is broken is left out and told of, and never stops the others.
 * A link to an exercise that `knows` does not know is told of and taken out: the guide is of use without it.
 */
export async function loadGuides(root: string, knows: (slug: string) => boolean): Promise<Guides> {
  const guides: NamedGuide[] = []
  const problems: Problem[] = []
  for (const file of await fileNames(root, ENDING)) {
    const id = file.slice(0, -ENDING.length)
    const read = await readGuide(root, file, id)
    if (Array.isArray(read)) problems.push(...read)
    else {
      problems.push(...brokenLinks(file, read, knows))
      guides.push({ id, guide: withoutBrokenLinks(read, knows) })
    }
  }
  return { guides, problems }
}

async function readGuide(root: string, file: string, id: string): Promise<Guide | Problem[]> {
  if (!Slug.safeParse(id).success)
    return [{ file, field: '', reason: 'is not named in lower-case words joined by hyphens' }]
  const guide = await readJson(join(root, file), Guide)
  if (Array.isArray(guide)) return guide.map((problem) => ({ file, ...problem }))
  const chars = JSON.stringify(guide).length
  if (chars > MAX_GUIDE_CHARS) return [{ file, field: '', reason: `has ${chars} characters of ${MAX_GUIDE_CHARS}` }]
  return guide
}

function brokenLinks(file: string, { parts }: Guide, knows: (slug: string) => boolean): Problem[] {
  return parts.flatMap((part, index) =>
    (['questions', 'alternatives'] as const).flatMap((kind) =>
      part[kind].flatMap(({ exercises }, question) =>
        exercises
          .filter((slug) => !knows(slug))
          .map((slug) => ({
            file,
            field: `parts.${index}.${kind}.${question}.exercises`,
            reason: `there is no exercise ${slug}`,
          })),
      ),
    ),
  )
}

function withoutBrokenLinks(guide: Guide, knows: (slug: string) => boolean): Guide {
  const known = (question: GuideQuestion) => ({ ...question, exercises: question.exercises.filter(knows) })
  const parts = guide.parts.map((part) => ({
    ...part,
    questions: part.questions.map(known),
    alternatives: part.alternatives.map(known),
  }))
  return { ...guide, parts }
}
