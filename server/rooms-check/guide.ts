import { join } from 'node:path'
import type { Guide } from '@sandbox/protocol'
import { ROOT } from '../commands/tools/programs.ts'
import { loadGuides } from '../src/exercises/guides.ts'

/** The first of the project's guides. Throws where there is none. */
export async function firstGuide(): Promise<Guide> {
  const { guides } = await loadGuides(join(ROOT, 'guides'), () => true)
  const [first] = guides
  if (first === undefined) throw new Error('There is no guide.')
  return first.guide
}
