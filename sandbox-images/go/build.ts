import { execFile, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, rename, rm, symlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

/** A built root tree: `hash` names its content and is part of `path`. */
export type Tree = { path: string; hash: string }

/** Tells a person what is going on, one sentence at a time. */
export type Progress = (sentence: string) => void

const SOURCE = dirname(fileURLToPath(import.meta.url))
const TREES = join(SOURCE, '../../.sandbox')

/**
 * The sandbox's root tree, built from the host's Go toolchain when it is missing or stale (about 80 s with an empty
 * build cache, 10 s with a full one). Throws with a sentence that names what is missing.
 */
export async function ensureTree(progress: Progress): Promise<Tree> {
  const hash = await treeHash()
  const path = join(TREES, `tree-${hash}`)
  if (!existsSync(path)) await buildTree(path, progress)
  await pointTo(path)
  return { path, hash }
}

/** True when the tree of this toolchain and these sources stands already, so that nothing needs to be compiled. */
export async function hasTree(): Promise<boolean> {
  return existsSync(join(TREES, `tree-${await treeHash()}`))
}

/** Changes whenever the toolchain or a source of the tree does: 12 hexadecimal digits. */
async function treeHash(): Promise<string> {
  const hash = createHash('sha256').update(await goVersion())
  for (const file of await sourceFiles()) hash.update(file).update(await readFile(join(SOURCE, file)))
  return hash.digest('hex').slice(0, 12)
}

async function sourceFiles(): Promise<string[]> {
  const files = await readdir(SOURCE, { recursive: true })
  return files.filter((file) => /\.(go|mod|sum)$/.test(file) && !file.endsWith('_test.go')).sort()
}

async function goVersion(): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)('go', ['env', 'GOVERSION', 'GOOS', 'GOARCH'], { cwd: SOURCE })
    return stdout
  } catch (cause) {
    throw new Error('Go is not installed, or not in PATH: install Go 1.26 or newer to build the sandbox tree.', { cause })
  }
}

async function buildTree(path: string, progress: Progress): Promise<void> {
  await mkdir(TREES, { recursive: true })
  const partial = `${path}.partial-${process.pid}`
  progress('Building the sandbox tree from the Go toolchain: about 80 s the first time, 10 s later.')
  try {
    await runTreebuild(partial, progress)
    await rename(partial, path)
  } finally {
    await rm(partial, { recursive: true, force: true })
  }
  await removeOthers(path)
}

function runTreebuild(out: string, progress: Progress): Promise<void> {
  const child = spawn('go', ['run', './treebuild', '-out', out], { cwd: SOURCE, stdio: ['ignore', 'ignore', 'pipe'] })
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-8000)
    for (const line of text.split('\n')) if (/: \d+\.\d s$/.test(line)) progress(`  ${line}`)
  })
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => (code === 0 ? resolve() : reject(new Error(`the sandbox tree could not be built:\n${said}`))))
  })
}

/** Older trees are of no use once a new one stands. */
async function removeOthers(path: string): Promise<void> {
  for (const name of await readdir(TREES)) {
    const other = join(TREES, name)
    if (/^tree-[0-9a-f]{12}$/.test(name) && other !== path) await rm(other, { recursive: true, force: true })
  }
}

async function pointTo(path: string): Promise<void> {
  const link = join(TREES, 'current')
  const fresh = `${link}-${process.pid}`
  await rm(fresh, { force: true })
  await symlink(path, fresh)
  await rename(fresh, link)
}
