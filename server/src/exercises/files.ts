import { type Dirent, existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { z } from 'zod'

/** A text file of an exercise; its name has no folder. */
export interface NamedText {
  name: string
  text: string
}

/** The parsed file, or what is wrong with it by field. */
export async function readJson<Schema extends z.ZodType>(
  path: string,
  schema: Schema,
): Promise<z.infer<Schema> | { field: string; reason: string }[]> {
  let value: unknown
  try {
    value = JSON.parse(await readFile(path, 'utf8'))
  } catch (error) {
    return [{ field: '', reason: error instanceof Error ? error.message : String(error) }]
  }
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  return parsed.error.issues.map(({ path: at, message }) => ({ field: at.join('.'), reason: message }))
}

/** Names of the folders in a folder, sorted; none where it does not exist. */
export async function folders(dir: string): Promise<string[]> {
  return (await entries(dir))
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
}

/** The Go files of a folder, sorted by name; none where it does not exist. */
export function goFiles(dir: string): Promise<NamedText[]> {
  return textFiles(dir, '.go')
}

/** The files of a folder whose names end so, sorted by name; none where it does not exist. */
export async function textFiles(dir: string, ending = ''): Promise<NamedText[]> {
  const names = await fileNames(dir, ending)
  return Promise.all(names.map(async (name) => ({ name, text: await readFile(join(dir, name), 'utf8') })))
}

/** Names of the files of a folder that end so, sorted; none where it does not exist. */
export async function fileNames(dir: string, ending: string): Promise<string[]> {
  return (await entries(dir))
    .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
    .map((entry) => entry.name)
    .sort()
}

/** What a folder holds; nothing where it does not exist. */
async function entries(dir: string): Promise<Dirent[]> {
  return existsSync(dir) ? readdir(dir, { withFileTypes: true }) : []
}
