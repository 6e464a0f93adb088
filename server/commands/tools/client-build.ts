import { createHash } from 'node:crypto'
import { globSync, readFileSync } from 'node:fs'
import { readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { Say } from './apt.ts'
import { ROOT, runTool } from './programs.ts'

const CLIENT = join(ROOT, 'client')
const DIST = join(CLIENT, 'dist')
const STAMP = join(DIST, '.built')
const SOURCES = [
  'client/{src,public}/**/*',
  'client/*.{html,json,ts}',
  'server/protocol/src/**/*.ts',
  'package-lock.json',
]

/** Smaller files travel in one packet anyway. */
const MIN_COMPRESSED_BYTES = 1400
/** The highest quality takes ten seconds for the editor and saves another tenth. */
const BROTLI_QUALITY = 9

/** Builds the page when it is missing or older than its sources. Throws with the build's own words. */
export async function ensureClient(say: Say): Promise<void> {
  const hash = sourceHash()
  if ((await readFile(STAMP, 'utf8').catch(() => null)) === hash) return
  say('Building the page (a few seconds)…')
  const built = await runTool('vite/bin/vite.js', ['build', '--logLevel', 'warn'], { cwd: CLIENT })
  if (built.code !== 0)
    throw new Error(`The page could not be built:\n${`${built.stdout}${built.stderr}`.slice(-4000)}`)
  await compressAssets()
  await writeFile(STAMP, hash)
}

function sourceHash(): string {
  const hash = createHash('sha256')
  for (const file of globSync(SOURCES, { cwd: ROOT, withFileTypes: true })) {
    if (!file.isFile() || /\.test\.tsx?$/.test(file.name)) continue
    const path = join(file.parentPath, file.name)
    hash.update(path.slice(ROOT.length)).update(readFileSync(path))
  }
  return hash.digest('hex')
}

/** Compressed once here, so that the server only picks a file. */
async function compressAssets(): Promise<void> {
  const files = globSync('assets/*.{js,css,svg}', { cwd: DIST }).map((file) => join(DIST, file))
  for (const file of files) {
    if ((await stat(file)).size < MIN_COMPRESSED_BYTES) continue
    const content = await readFile(file)
    const params = { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY }
    await writeFile(`${file}.br`, await promisify(brotliCompress)(content, { params }))
    await writeFile(`${file}.gz`, await promisify(gzip)(content, { level: 9 }))
  }
}
