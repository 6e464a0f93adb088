import { createHash } from 'node:crypto'
import { lstat, readdir, readFile, readlink } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { IMAGE_NAME } from '../src/sandbox/docker-image.ts'
import type { Target } from './target.ts'
import { get } from './traces.ts'

/**
 * A digest of the tree and of the image that was made of it. `quick` reads what every change of content, owner or mode must change (size, inode, times) and is
 * for after every case; `full` reads every byte.
 */
export async function sealOf({ tree, traces }: Target, depth: 'quick' | 'full'): Promise<string> {
  const hash = createHash('sha256').update(await imageOf(tree, traces.socketPath))
  const entries = await readdir(tree, { recursive: true })
  for (const entry of entries.sort()) {
    const path = join(tree, entry)
    const info = await lstat(path)
    hash.update(
      `${entry}\0${info.mode} ${info.uid} ${info.gid} ${info.size} ${info.ino} ${info.mtimeMs} ${info.ctimeMs}\n`,
    )
    if (info.isSymbolicLink()) hash.update(await readlink(path))
    else if (depth === 'full' && info.isFile()) hash.update(await readFile(path))
  }
  return hash.digest('hex')
}

/** The image's id, which is the digest of its content (Docker Engine API, ImageInspect). */
async function imageOf(tree: string, socketPath: string | null): Promise<string> {
  if (socketPath === null) return ''
  const tag = basename(tree).replace(/^tree-/, '')
  const image = JSON.parse(await get(socketPath, `/images/${IMAGE_NAME}:${tag}/json`)) as { Id?: string }
  return image.Id ?? 'there is no image'
}
