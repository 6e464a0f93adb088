import { copyFile, mkdir } from 'node:fs/promises'
import { join } from 'node:path'

/** Just enough of the real tree for a supervisor to become ready. */
export async function makeTinyTree(folder: string, tree: string): Promise<string> {
  for (const name of ['dev', 'go', 'proc', 'sys', 'tmp']) await mkdir(join(folder, name), { recursive: true })
  for (const name of ['supervisor', 'go/VERSION']) await copyFile(join(tree, name), join(folder, name))
  return folder
}
