import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PACKAGES_FOLDER } from './cases.ts'

const GO_VERSION = '1.26'

/** Runs `use` with a fresh copy of a package, go.mod included, and removes the copy afterwards. */
export async function withCopy<T>(name: string, use: (folder: string) => Promise<T>): Promise<T> {
  const parent = await mkdtemp(join(tmpdir(), 'parity-'))
  try {
    const folder = join(parent, name)
    await mkdir(folder)
    await cp(join(PACKAGES_FOLDER, name), folder, { recursive: true })
    const names = await readdir(folder)
    if (!names.includes('go.mod'))
      await writeFile(join(folder, 'go.mod'), `module example.com/${name}\n\ngo ${GO_VERSION}\n`)
    return await use(folder)
  } finally {
    await rm(parent, { recursive: true, force: true })
  }
}
