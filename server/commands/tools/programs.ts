import { spawn } from 'node:child_process'
import { accessSync, constants, existsSync, statSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The project's root folder. */
export const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../../..')

/** What a program writes beyond this is dropped: nothing here needs more. */
const MAX_CAPTURED_BYTES = 64 * 1024 * 1024

const GO_FOLDERS = ['/usr/local/go/bin', '/usr/lib/go/bin']

export interface Finished {
  /** Null when a signal ended it. */
  code: number | null
  stdout: string
  stderr: string
}

export interface RunOptions {
  cwd?: string
  env?: Readonly<Record<string, string>>
  /** Get what comes as it comes, besides its being captured. */
  onOutput?: (text: string) => void
  onError?: (text: string) => void
  signal?: AbortSignal
}

/** Runs a program to its end, whatever that is. Throws only when it cannot be started. */
export function run(program: string, args: readonly string[], options: RunOptions = {}): Promise<Finished> {
  const child = spawn(program, args, {
    cwd: options.cwd ?? ROOT,
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(options.signal ? { signal: options.signal } : {}),
  })
  const stdout = capture(child.stdout, options.onOutput)
  const stderr = capture(child.stderr, options.onError)
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, stdout: stdout(), stderr: stderr() }))
  })
}

/** Runs a JavaScript program of a dependency, for example `knip/bin/knip.js`, on this Node. */
export function runTool(script: string, args: readonly string[], options: RunOptions = {}): Promise<Finished> {
  return run(process.execPath, [join(ROOT, 'node_modules', script), ...args], options)
}

/** The program's path, or null when it is not on the PATH. */
export function find(name: string): string | null {
  const folders = (process.env.PATH ?? '').split(delimiter)
  return folders.map((folder) => join(folder, name)).find(isExecutable) ?? null
}

/** Go's usual place is often missing from the PATH of services and of root: adds it. False when there is no Go. */
export function bringGoToPath(): boolean {
  if (find('go')) return true
  const folder = GO_FOLDERS.find((candidate) => existsSync(join(candidate, 'go')))
  if (!folder) return false
  process.env.PATH = `${process.env.PATH ?? ''}${delimiter}${folder}`
  return true
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}

function capture(stream: NodeJS.ReadableStream, onOutput?: (text: string) => void): () => string {
  let text = ''
  stream.setEncoding('utf8')
  stream.on('data', (chunk: string) => {
    if (text.length < MAX_CAPTURED_BYTES) text += chunk
    onOutput?.(chunk)
  })
  return () => text
}
