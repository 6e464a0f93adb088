import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { TestClient } from './edge/test-server.ts'

const NODE = fileURLToPath(new URL('../../node_modules/node/bin/node', import.meta.url))
const MAIN = fileURLToPath(new URL('main.ts', import.meta.url))

let dir: string
const children: ChildProcess[] = []

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'main-'))
})

afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  await rm(dir, { recursive: true })
})

/** A real server process, without a sandbox. */
function launch(environment: Record<string, string> = {}) {
  const env = {
    PATH: '/usr/bin:/bin',
    PORT: '0',
    DATA_DIR: join(dir, 'data'),
    SANDBOX_DIR: join(dir, 'no-sandbox'),
    CLIENT_DIR: join(dir, 'no-page'),
    ...environment,
  }
  const child = spawn(NODE, [MAIN], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  children.push(child)
  const output = { stdout: '', stderr: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output.stdout += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    output.stderr += text
  })
  const exited = once(child, 'close').then(([code]) => code as number | null)
  const address = Promise.race([once(child.stdout, 'data'), exited]).then(() => {
    const found = /http:\S+(?=\/\n)/.exec(output.stdout)?.[0]
    if (found === undefined) throw new Error(`the server did not start: ${output.stderr}`)
    return found
  })
  // A test that does not want the address expects that there is none.
  address.catch(() => {})
  return { child, output, exited, address }
}

// Six processes are started, on a machine that may be busy.
describe('the server process', { timeout: 60_000 }, () => {
  it('says in one line where it is, lives, and names what it lacks to be ready', async () => {
    const { child, output, exited, address } = launch()
    const base = await address
    expect((await fetch(`${base}/healthz`)).status).toBe(200)
    expect((await (await fetch(`${base}/api/exercises`)).json()).length).toBeGreaterThan(0)
    const readiness = await fetch(`${base}/readyz`)
    expect(readiness.status).toBe(503)
    child.kill('SIGTERM')
    expect(await exited).toBe(0)
    expect(output.stdout).toBe(`Go Practice is at ${base}/\n`)
  })

  it('has a guide for interviews, and starts without one that is broken', async () => {
    const guidesDir = join(dir, 'guides')
    await mkdir(guidesDir)
    await writeFile(join(guidesDir, 'broken.json'), '{}')
    const [whole, broken] = [launch(), launch({ GUIDES_DIR: guidesDir })]
    const guides = async (base: string) => (await fetch(`${base}/api/guides`)).json()
    expect(await guides(await whole.address)).toMatchObject([{ id: 'senior-go', guide: { minutes: 90 } }])
    expect(await guides(await broken.address)).toEqual([])
    broken.child.kill('SIGTERM')
    await broken.exited
    expect(broken.output.stderr).toContain('"file":"broken.json","field":"parts"')
  })

  it('takes leave of its sockets when it is stopped', async () => {
    const { child, exited, address } = launch()
    const base = await address
    const cookie = (await fetch(`${base}/api/exercises`)).headers.get('set-cookie')?.split(';')[0] ?? ''
    const client = new TestClient(new WebSocket(`${base.replace('http', 'ws')}/ws`, { headers: { cookie } }))
    await client.hello()
    child.kill('SIGINT')
    expect(await client.closed).toBe(1001)
    expect(await exited).toBe(0)
  })

  it('names a variable that is wrong', async () => {
    const { output, exited } = launch({ PORT: 'eighty', LOG_LEVEL: 'silent' })
    expect(await exited).toBe(1)
    expect(output.stderr).toBe('PORT="eighty" is not valid: it must be a whole number from 0 to 65535.\n')
  })

  it('says that its address is not this machine’s', async () => {
    const { output, exited } = launch({ HOST: '203.0.113.9', LOG_LEVEL: 'silent' })
    expect(await exited).toBe(1)
    expect(output.stderr).toMatch(/^203\.0\.113\.9 is no address of this machine\. Set HOST.*\n$/)
  })

  it('says that its port is taken, and how to choose another', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const address = other.address()
    const port = typeof address === 'object' ? String(address?.port) : ''
    const { output, exited } = launch({ PORT: port, LOG_LEVEL: 'silent' })
    expect(await exited).toBe(1)
    expect(output.stderr).toMatch(
      new RegExp(`^Something else listens on 127\\.0\\.0\\.1:${port} already\\. .*: PORT=\\d+ npm start\\n$`),
    )
    other.close()
  })
})
