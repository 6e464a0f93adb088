import { createServer, type Server } from 'node:net'
import { networkInterfaces } from 'node:os'
import type { Catalogue } from '../src/exercises/catalogue.ts'
import type { SandboxDriver } from '../src/sandbox/driver.ts'
import type { TraceOptions } from './traces.ts'

/** What the corpus is run against: one driver, with all that is needed to look at it from outside. */
export type Target = {
  driver: SandboxDriver
  /** The sandbox tree's folder on this machine. */
  tree: string
  traces: TraceOptions
  /** The folder of this corpus. */
  dir: string
  catalogue: Catalogue
  bait: Bait
}

/** What one case came to: `broken` is empty when every rule held; `got` says in a word what happened. */
export type Result = { got: string; broken: string[] }

/** One executable case of the corpus. */
export type HostileCase = {
  name: string
  what: string
  residual: string | undefined
  /** What must be there before anything is looked at. */
  prepare?(target: Target): Promise<unknown>
  /** Rule A where an honest run on the driver would not show it: what an honest person now finds broken. */
  stillAnswers?(target: Target): Promise<string[]>
  run(target: Target): Promise<Result>
}

/** Listeners on the host that no sandbox may reach; `touched` names those that were. */
export type Bait = {
  port: number
  abstractName: string
  addresses: string[]
  touched: string[]
  close(): Promise<void>
}

export async function setBait(): Promise<Bait> {
  const touched: string[] = []
  const abstractName = `go-concurrency-sandbox-bait-${process.pid}`
  const tcp = await listen({ port: 0, host: '0.0.0.0' }, () => touched.push('a TCP port of the host'))
  const unix = await listen({ path: `\0${abstractName}` }, () => touched.push('an abstract socket of the host'))
  const address = tcp.address()
  if (address === null || typeof address === 'string') throw new Error('the bait has no port')
  const close = async () => {
    for (const server of [tcp, unix]) await new Promise((resolve) => server.close(resolve))
  }
  return { port: address.port, abstractName, addresses: ownAddresses(), touched, close }
}

function listen(where: { port: number; host: string } | { path: string }, touch: () => void): Promise<Server> {
  const server = createServer((socket) => {
    touch()
    socket.destroy()
  })
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(where, () => resolve(server))
  })
}

function ownAddresses(): string[] {
  return Object.values(networkInterfaces()).flatMap((list = []) => list.map((each) => each.address))
}

/** Puts the bait's whereabouts into a submission: HOST_PORT, HOST_ABSTRACT_SOCKET, HOST_ADDRESSES. */
export function withBait(text: string, bait: Bait): string {
  return text
    .replaceAll('HOST_PORT', String(bait.port))
    .replaceAll('HOST_ABSTRACT_SOCKET', bait.abstractName)
    .replaceAll('/* HOST_ADDRESSES */', bait.addresses.map((each) => JSON.stringify(each)).join(', '))
}
