import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import serverProcess from '../commands/server-process.json' with { type: 'json' }
import { ROOT } from '../commands/tools/programs.ts'

/** Importing the image into an engine that does not have it yet takes the longest. */
const READY_DEADLINE_MS = 120_000
const ASK_AGAIN_MS = 100

/** The real server in a process of its own, on a free port. */
export interface LaunchedServer {
  url: string
  pid: number
  /** What it printed last. */
  said(): string
  /** Ends it as a crash would: nothing in it runs any more. */
  kill(): Promise<void>
  stop(): Promise<void>
}

/** A server with a data folder of its own, which goes with it. */
export type PracticeServer = Pick<LaunchedServer, 'url' | 'pid' | 'stop'>

export interface LaunchOptions {
  dataDir: string
  /** Further variables of its environment. */
  settings?: Readonly<Record<string, string>>
  /** Further flags of its Node. */
  flags?: readonly string[]
}

/** Starts the server as `npm start` does and waits until it listens. Throws with what it printed when it does not. */
export async function launchServer({ dataDir, settings = {}, flags = [] }: LaunchOptions): Promise<LaunchedServer> {
  const own = { PORT: '0', DATA_DIR: dataDir, LOG_LEVEL: 'warn', ...settings }
  const child = spawn(process.execPath, [...serverProcess.flags, ...flags, join(ROOT, 'server/src/main.ts')], {
    env: { ...process.env, ...serverProcess.environment, ...own },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const said = collect(child)
  const stop = () => end(child, 'SIGTERM')
  try {
    const url = await addressOf(child, said)
    return { url, pid: child.pid ?? 0, said, stop, kill: () => end(child, 'SIGKILL') }
  } catch (error) {
    await stop()
    throw error
  }
}

/**
 * Starts the server and waits until it can run code. `settings` are further variables of its environment, `flags` of its
 * Node. Throws with what it printed when it does not get there.
 */
export async function startServer(
  sandbox: 'auto' | 'docker' | 'bubblewrap',
  settings: Readonly<Record<string, string>> = {},
  flags: readonly string[] = [],
): Promise<PracticeServer> {
  const dataDir = await mkdtemp(join(tmpdir(), 'practice-e2e-'))
  const forget = () => rm(dataDir, { recursive: true, force: true })
  const launched = launchServer({ dataDir, settings: { SANDBOX: sandbox, ...settings }, flags })
  const server = await launched.catch(async (error: unknown) => {
    await forget()
    throw error
  })
  const stop = async () => {
    await server.stop()
    await forget()
  }
  try {
    await untilReady(server)
    return { url: server.url, pid: server.pid, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

async function end(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, 'exit')
  child.kill(signal)
  await gone
}

function collect(child: ChildProcess): () => string {
  let text = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      text = (text + chunk).slice(-20_000)
    })
  }
  return () => text
}

/** The address from the one line that the server prints when it listens. */
function addressOf(child: ChildProcess, said: () => string): Promise<string> {
  return new Promise((resolve, reject) => {
    child.stdout?.on('data', () => {
      const found = /http:\/\/[\w.:[\]-]+/.exec(said())
      if (found) resolve(found[0])
    })
    child.on('exit', (code) => reject(new Error(`The server ended with code ${code}:\n${said()}`)))
  })
}

async function untilReady({ url, said }: LaunchedServer): Promise<void> {
  for (let waited = 0; waited < READY_DEADLINE_MS; waited += ASK_AGAIN_MS) {
    if ((await fetch(`${url}/readyz`)).ok) return
    await pause(ASK_AGAIN_MS)
  }
  throw new Error(`The server was not ready after ${READY_DEADLINE_MS / 1000} s:\n${said()}`)
}
