import { constants, type Stats } from 'node:fs'
import { type FileHandle, lstat, open, readdir, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { checkSizes, type Rejection, rejectedFile } from '../../src/runs/rejection.ts'
import { decodeSource } from '../../src/runs/source-text.ts'
import { DEFAULT_LIMITS } from '../../src/sandbox/limits.ts'
import { UsageError } from './usage-error.ts'

/** A file that is to be judged. Whoever made the folder that it lies in may mean us harm. */
export interface HandedIn {
  name: string
  path: string
  /** Only of a path that was typed by the user's own hand; a link in a folder could fetch any file into the report. */
  followsLinks: boolean
}

/** Largest go.mod that is read. */
const MAX_GO_MOD_BYTES = 64 * 1024

/** What a path can be refused for that is the caller's to mend; all else is a failure of the machine. */
const SENTENCES: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder.',
  ENOTDIR: 'a part of this path is no folder.',
  EACCES: 'this may not be read by you.',
  EPERM: 'this may not be read by you.',
  ELOOP: 'this link leads back to itself.',
  ENAMETOOLONG: 'this path is too long.',
}

/** Files that were named one by one. */
export function namedFiles(paths: readonly string[]): HandedIn[] {
  return paths.map((path) => ({ name: basename(path), path, followsLinks: true }))
}

/** The Go files of a folder and its go.mod. What the go command passes over is passed over. */
export async function filesOfFolder(folder: string): Promise<{ files: HandedIn[]; goMod: HandedIn | null }> {
  const { isFolder } = await told(folder, async () => ({ isFolder: (await stat(folder)).isDirectory() }))
  if (!isFolder) throw new UsageError(`${folder} is a file: --package takes a folder.`)
  const entries = await told(folder, () => readdir(folder, { withFileTypes: true }))
  const files = entries
    .filter((entry) => !entry.isDirectory() && entry.name.endsWith('.go') && !/^[._]/.test(entry.name))
    .map(({ name }) => name)
    .sort()
  const inFolder = (name: string): HandedIn => ({ name, path: join(folder, name), followsLinks: false })
  const hasGoMod = entries.some(({ name }) => name === 'go.mod')
  return { files: files.map(inFolder), goMod: hasGoMod ? inFolder('go.mod') : null }
}

/** The texts of Go files. Nothing is opened before it is known to be an ordinary file and of no more than the limits allow. */
export async function readSources(files: readonly HandedIn[]): Promise<{ name: string; text: string }[] | Rejection> {
  const tooMany = checkSizes(
    files.map(({ name }) => ({ name, bytes: 0 })),
    DEFAULT_LIMITS,
  )
  if (tooMany) return tooMany
  const sized: { name: string; bytes: number }[] = []
  for (const file of files) {
    const stats = await statsOf(file)
    const refused = refusedKind(file, stats)
    if (refused) return refused
    sized.push({ name: file.name, bytes: stats.size })
  }
  const tooMuch = checkSizes(sized, DEFAULT_LIMITS)
  if (tooMuch) return tooMuch
  const texts: { name: string; text: string }[] = []
  for (const file of files) {
    const text = await readText(file, DEFAULT_LIMITS.sourceBytes)
    if (typeof text !== 'string') return text
    texts.push({ name: file.name, text })
  }
  return texts
}

/** The text of a folder's go.mod. */
export function readGoModFile(file: HandedIn): Promise<string | Rejection> {
  return readText(file, MAX_GO_MOD_BYTES)
}

/** The text of one ordinary file of at most so many bytes. */
export async function readText(file: HandedIn, mostBytes: number): Promise<string | Rejection> {
  const refused = refusedKind(file, await statsOf(file))
  if (refused) return refused
  return told(file.path, async () => {
    // What took the file's place since may be a link, or a pipe that nobody writes to: neither is followed or waited for.
    const noLinks = file.followsLinks ? 0 : constants.O_NOFOLLOW
    const handle = await open(file.path, constants.O_RDONLY | constants.O_NONBLOCK | noLinks)
    try {
      const other = refusedKind(file, await handle.stat())
      if (other) return other
      const bytes = await readAtMost(handle, mostBytes + 1)
      return bytes.length > mostBytes ? tooLarge(file, mostBytes) : decodeSource(file.name, bytes)
    } finally {
      await handle.close()
    }
  })
}

function statsOf(file: HandedIn): Promise<Stats> {
  return told(file.path, () => (file.followsLinks ? stat(file.path) : lstat(file.path)))
}

function refusedKind(file: HandedIn, stats: Stats): Rejection | null {
  if (stats.isFile()) return null
  return rejectedFile(file.name, kindSentence(stats))
}

function kindSentence(stats: Stats): string {
  if (stats.isSymbolicLink()) return 'this is a link, and links are not followed; put the file itself here.'
  if (stats.isDirectory()) return 'this is a folder where a file is expected.'
  return 'this is no ordinary file but a pipe, a socket or a device.'
}

function tooLarge({ name }: HandedIn, mostBytes: number): Rejection {
  return rejectedFile(name, `this file is larger than ${mostBytes} bytes.`)
}

/** Some files have more than their size says: those of /proc, and one that grows. */
async function readAtMost(handle: FileHandle, most: number): Promise<Buffer> {
  const buffer = Buffer.alloc(most)
  let filled = 0
  while (filled < most) {
    const { bytesRead } = await handle.read(buffer, filled, most - filled)
    if (bytesRead === 0) break
    filled += bytesRead
  }
  return buffer.subarray(0, filled)
}

/** With a sentence that names the path in place of Node's own words. */
async function told<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    const sentence = SENTENCES[code]
    if (sentence === undefined) throw new Error(`${path} cannot be read (${code || error}).`, { cause: error })
    throw new UsageError(`${path}: ${sentence}`, { cause: error })
  }
}
