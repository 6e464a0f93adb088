import { createHash } from 'node:crypto'
import { lstat, readdir, readFile, readlink } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * A digest of a tree. `quick` reads what every change of content, owner or mode must change (size, inode, times) and is
 * for after every case; `full` reads every byte.
 */
export async function sealOf(tree: string, depth: 'quick' | 'full'): Promise<string> {
  const hash = createHash('sha256')
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
