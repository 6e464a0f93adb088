import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { Slug } from '@sandbox/protocol'
import { z } from 'zod'
import { readJson } from './files.ts'

const FILE = 'path.json'

/** The way through the exercises that we would take: topics in order, and what to do first in each. */
const Path = z.strictObject({ topics: z.array(z.strictObject({ topic: Slug, exercises: z.array(Slug) })) })

/** The place of every exercise that path.json names, and what is wrong with that file. */
export async function readPath(root: string): Promise<{ places: Map<string, number>; problems: PathProblem[] }> {
  if (!existsSync(join(root, FILE))) return { places: new Map(), problems: [] }
  const path = await readJson(join(root, FILE), Path)
  if (Array.isArray(path)) return { places: new Map(), problems: path.map((problem) => ({ file: FILE, ...problem })) }
  const slugs = path.topics.flatMap(({ exercises }) => exercises)
  const twice = slugs.filter((slug, index) => slugs.indexOf(slug) !== index)
  return {
    places: new Map(slugs.map((slug, index) => [slug, index])),
    problems: twice.map((slug) => ({ file: FILE, field: 'topics', reason: `names ${slug} twice` })),
  }
}

export interface PathProblem {
  file: string
  field: string
  reason: string
}

/** Exercises in the order of the path; those that it does not name come last, by topic and name. */
export function inOrder<T extends { slug: string; topic: string }>(
  exercises: readonly T[],
  places: Map<string, number>,
): T[] {
  const place = ({ slug }: T) => places.get(slug) ?? Number.MAX_SAFE_INTEGER
  const name = ({ topic, slug }: T) => `${topic}/${slug}`
  return exercises.toSorted((a, b) => place(a) - place(b) || (name(a) < name(b) ? -1 : 1))
}
