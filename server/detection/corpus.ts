import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Verdict } from '@sandbox/protocol'
import { z } from 'zod'

/** `case.json` of a bug. */
const BugFile = z.strictObject({
  class: z.string(),
  /** Every verdict that is a right answer. */
  verdicts: z.array(Verdict).min(1),
  /** Every line that a report may name to point at the bug. */
  lines: z.array(z.string().regex(/^[\w.-]+\.go:\d+$/)).min(1),
  why: z.string(),
  /** Where the bug was published, of the set that is written after such bugs. */
  published: z.string().optional(),
})

/** A package of Go files, tests among them. */
export interface Program {
  /** `lock-cycle/pool-conn-close`, or a look-alike's own name. */
  name: string
  files: { name: string; text: string }[]
}

export type Bug = Program & z.infer<typeof BugFile>

export interface Corpus {
  bugs: Bug[]
  lookalikes: Program[]
}

/** Programs with a known bug, and right ones that look as if they had one. Throws where a case is not complete. */
export async function loadCorpus(dir: string): Promise<Corpus> {
  const bugs: Bug[] = []
  for (const group of await readdir(join(dir, 'bugs'))) {
    for (const name of await readdir(join(dir, 'bugs', group))) {
      const program = await loadProgram(join(dir, 'bugs', group, name), `${group}/${name}`)
      const text = await readFile(join(dir, 'bugs', group, name, 'case.json'), 'utf8')
      bugs.push({ ...program, ...BugFile.parse(JSON.parse(text)) })
    }
  }
  const lookalikes: Program[] = []
  for (const name of await readdir(join(dir, 'lookalikes'))) {
    lookalikes.push(await loadProgram(join(dir, 'lookalikes', name), name))
  }
  return { bugs, lookalikes }
}

async function loadProgram(folder: string, name: string): Promise<Program> {
  const names = (await readdir(folder)).filter((file) => file.endsWith('.go')).sort()
  if (!names.some((file) => file.endsWith('_test.go'))) throw new Error(`${folder} has no test`)
  const files = names.map(async (file) => ({ name: file, text: await readFile(join(folder, file), 'utf8') }))
  return { name, files: await Promise.all(files) }
}
