import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Config } from './config.ts'

/** What Node throws when a server cannot listen. */
export type ListenError = NodeJS.ErrnoException & { address?: string; hostname?: string; port?: number }

/** Resolves when the server listens; rejects with a ListenError where it cannot. */
export function listen(server: Server, { host, port }: Config): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve()
    })
  })
}

/** The address of a server that listens, as a browser takes it. */
export function addressOf(server: Server, { host }: Config): string {
  const { port } = server.address() as AddressInfo
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}/`
}

/** Whether an error is about where the server should listen. */
export function isListenError(error: unknown): error is ListenError {
  if (!(error instanceof Error && 'syscall' in error)) return false
  return error.syscall === 'listen' || error.syscall === 'getaddrinfo'
}

/** What to tell whoever started the server that cannot listen, and what to do about it. */
export function listenSentence({ code, message, address, hostname, port }: ListenError): string {
  const where = `${address?.includes(':') ? `[${address}]` : address}:${port}`
  switch (code) {
    case 'EADDRINUSE':
      return `Something else listens on ${where} already. Stop it, or choose another port: PORT=${otherPort(port)} npm start`
    case 'EACCES':
      return `You may not listen on ${where}. Choose a port from 1024 on: PORT=8080 npm start`
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `${address ?? hostname} is no address of this machine. Set HOST to one that is, for example HOST=127.0.0.1.`
    default:
      return message
  }
}

/** The next one, for an example. */
function otherPort(port = 0): number {
  return port < 65_535 ? port + 1 : port - 1
}
