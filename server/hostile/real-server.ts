import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { type RawClient, type UpgradeOptions, upgrade } from './raw-client.ts'

const MAIN = fileURLToPath(new URL('../src/main.ts', import.meta.url))
const READY_DEADLINE_MS = 60_000
const READY_POLL_MS = 100

/** The server as it ships, in a process of its own, on a port of its own. */
export type RealServer = {
  port: number
  pid: number
  /** A new person's Cookie header. */
  cookie(): Promise<string>
  /** A socket of this person; throws where it is refused. */
  connect(cookie: string, more?: Partial<UpgradeOptions>): Promise<RawClient>
  /** Status of a plain GET with these headers. */
  get(path: string, headers?: Record<string, string>): Promise<{ status: number; body: string }>
  /** Resident memory of the server's process. */
  residentBytes(): Promise<number>
  stop(): Promise<void>
}

/** Starts the server on the driver and waits until it is ready to run code. `tree` is `<folder>/current` or beside it. */
export async function startRealServer(driver: string, tree: string): Promise<RealServer> {
  const data = await mkdtemp(join(tmpdir(), 'hostile-server-'))
  const child = spawn(process.execPath, [MAIN], {
    env: {
      PATH: process.env.PATH ?? '/usr/bin:/bin',
      TMPDIR: tmpdir(),
      PORT: '0',
      DATA_DIR: data,
      SANDBOX: driver,
      SANDBOX_DIR: dirname(tree),
      NEW_PEOPLE_PER_MINUTE: '1000',
      LOG_LEVEL: 'error',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  // Should this command be ended, the server must not stay.
  process.once('exit', () => child.kill('SIGTERM'))
  try {
    const port = await portOf(child)
    await ready(port)
    return { ...facade(child, port), stop: () => stop(child, data) }
  } catch (error) {
    await stop(child, data)
    throw error
  }
}

async function portOf(child: ChildProcess): Promise<number> {
  let said = ''
  for await (const chunk of child.stdout ?? []) {
    said += String(chunk)
    const port = /http:\/\/[^:]+:(\d+)\//.exec(said)?.[1]
    if (port !== undefined) return Number(port)
  }
  throw new Error('the server ended before it listened')
}

async function ready(port: number): Promise<void> {
  const deadline = performance.now() + READY_DEADLINE_MS
  for (;;) {
    const { status, body } = await get(port, '/readyz')
    if (status === 200) return
    if (performance.now() > deadline) throw new Error(`the server did not become ready: ${body}`)
    await delay(READY_POLL_MS)
  }
}

function facade(child: ChildProcess, port: number): Omit<RealServer, 'stop'> {
  return {
    port,
    pid: child.pid ?? 0,
    get: (path, headers) => get(port, path, headers),
    cookie: async () => {
      const answer = await fetch(`http://127.0.0.1:${port}/api/exercises`)
      return answer.headers.get('set-cookie')?.split(';')[0] ?? ''
    },
    connect: async (cookie, more = {}) => {
      const upgraded = await upgrade({ port, ...more, headers: { cookie, ...more.headers } })
      if (upgraded.type === 'refused') throw new Error(`the socket was refused with ${upgraded.status}`)
      return upgraded.client
    },
    residentBytes: async () => {
      const status = await readFile(`/proc/${child.pid}/status`, 'utf8')
      return Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0) * 1024
    },
  }
}

/** Not fetch: that would correct the path and the Host header. */
function get(
  port: number,
  path: string,
  headers: Record<string, string> = {},
): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, path, headers }, (answer) => {
      let body = ''
      answer.setEncoding('utf8')
      answer.on('data', (text: string) => {
        body += text
      })
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body }))
    })
    asked.on('error', reject)
    asked.end()
  })
}

async function stop(child: ChildProcess, data: string): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) {
    const gone = once(child, 'exit')
    child.kill('SIGTERM')
    await gone
  }
  await rm(data, { recursive: true, force: true })
}
