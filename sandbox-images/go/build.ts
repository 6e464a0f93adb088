import { execFile, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, rename, rm, stat, symlink } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

/** A built root tree: `hash` names its content and is part of `path`. */
export type Tree = { path: string; hash: string }

/** Tells a person what is going on, one sentence at a time. */
export type Progress = (sentence: string) => void

const SOURCE = dirname(fileURLToPath(import.meta.url))
/** Characters kept of what a build says, for the message when it fails. */
const MAX_SAID = 8000
/** How long after its making a replaced tree is kept. */
const MAY_BE_IN_USE_MS = 60 * 60_000
/** As treebuild's `experiment`: what treebuild itself is made of is then compiled for the tree already. */
const GO_EXPERIMENT = 'goroutineleakprofile'
const TREES = join(SOURCE, '../../.sandbox')

/**
 * The sandbox's root tree, built when it is missing or stale: from the host's Go toolchain (about 80 s with an empty
 * build cache, 10 s with a full one), or in Docker from a golang base image where the host has no Go for Linux. Throws
 * with a sentence that names what is missing.
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

/**
 * Compiles std into Go's build cache while something else is waited for. Returns what stops it and waits until it has.
 * Failures are left to the build.
 */
export function compileAhead(): () => Promise<void> {
  const env = { ...process.env, GOEXPERIMENT: GO_EXPERIMENT }
  const child = spawn('go', ['run', './treebuild', '-warm'], { cwd: SOURCE, env, stdio: ['pipe', 'ignore', 'ignore'] })
  const ended = new Promise<void>((resolve) => {
    child.on('error', () => resolve())
    child.on('close', () => resolve())
  })
  child.stdin.on('error', () => {})
  return () => {
    child.stdin.end()
    return ended
  }
}

/** Changes whenever the toolchain or a source of the tree does: 12 hexadecimal digits. */
async function treeHash(): Promise<string> {
  const hash = createHash('sha256').update(await toolchain())
  for (const file of await sourceFiles()) hash.update(file).update(await readFile(join(SOURCE, file)))
  return hash.digest('hex').slice(0, 12)
}

async function sourceFiles(): Promise<string[]> {
  const files = await readdir(SOURCE, { recursive: true })
  return files.filter((file) => /\.(go|mod|sum|go\.txt)$/.test(file) && !file.endsWith('_test.go')).sort()
}

/** `GOVERSION GOOS GOARCH` of the host's toolchain, or what stands for the one in the golang base image. */
async function toolchain(): Promise<string> {
  return (await hostToolchain()) ?? `Dockerfile ${process.arch}`
}

/** Null where the host has no Go that builds for this Linux. */
async function hostToolchain(): Promise<string | null> {
  if (process.platform !== 'linux') return null
  const asked = promisify(execFile)('go', ['env', 'GOVERSION', 'GOOS', 'GOARCH'], { cwd: SOURCE })
  return asked.then(({ stdout }) => stdout).catch(() => null)
}

async function buildTree(path: string, progress: Progress): Promise<void> {
  await mkdir(TREES, { recursive: true })
  const partial = `${path}.partial-${process.pid}`
  try {
    if (await hostToolchain()) await buildOnHost(partial, progress)
    else await buildInDocker(partial, progress)
    await rename(partial, path).catch((error: unknown) => {
      // Another process has built the same tree meanwhile; it is as good as ours.
      if (!existsSync(path)) throw error
    })
  } finally {
    await rm(partial, { recursive: true, force: true })
  }
  await removeOthers(path)
}

async function buildOnHost(out: string, progress: Progress): Promise<void> {
  progress('Building the sandbox tree from the Go toolchain: about 80 s the first time, 10 s later.')
  await command('go', ['run', './treebuild', '-out', out], (line) => {
    if (/: \d+\.\d s$/.test(line)) progress(`  ${line}`)
  })
}

/** Untried where no registry has a golang image: it uses nothing but docker's own command line. */
async function buildInDocker(out: string, progress: Progress): Promise<void> {
  progress('There is no Go for Linux here: building the sandbox tree in Docker from a golang image, some minutes.')
  const image = `${basename(out)}:tree`.toLowerCase()
  try {
    await command('docker', ['build', '--tag', image, SOURCE], (line) => progress(`  ${line}`))
  } catch (cause) {
    throw new Error(
      'The sandbox tree needs Go 1.26 or newer in PATH, or a Docker engine that can get a golang image.',
      { cause },
    )
  }
  try {
    await mkdir(out)
    await command('sh', [
      '-c',
      'set -e; id=$(docker create "$1"); docker export "$id" | tar -x -C "$2"; docker rm "$id"',
      'sh',
      image,
      out,
    ])
  } finally {
    await command('docker', ['image', 'rm', image])
  }
}

/** Runs a command to its end, line by line of what it says on stderr; a failure carries the last of it. */
function command(name: string, args: readonly string[], onLine: (line: string) => void = () => {}): Promise<void> {
  const env = { ...process.env, GOEXPERIMENT: GO_EXPERIMENT }
  const child = spawn(name, args, { cwd: SOURCE, env, stdio: ['ignore', 'ignore', 'pipe'] })
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-MAX_SAID)
    for (const line of text.split('\n')) if (line !== '') onLine(line)
  })
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => (code === 0 ? resolve() : reject(new Error(`${name} failed:\n${said}`))))
  })
}

/** Older trees are of no use once a new one stands, but a server that is still running may show its own to a sandbox. */
async function removeOthers(path: string): Promise<void> {
  for (const name of await readdir(TREES)) {
    const other = join(TREES, name)
    if (!/^tree-[0-9a-f]{12}$/.test(name) || other === path) continue
    const { mtimeMs } = await stat(other)
    if (Date.now() - mtimeMs > MAY_BE_IN_USE_MS) await rm(other, { recursive: true, force: true })
  }
}

async function pointTo(path: string): Promise<void> {
  const link = join(TREES, 'current')
  const fresh = `${link}-${process.pid}`
  await rm(fresh, { force: true })
  await symlink(path, fresh)
  await rename(fresh, link)
}
