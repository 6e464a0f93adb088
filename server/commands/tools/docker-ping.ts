import { request } from 'node:http'

const SOCKET = '/var/run/docker.sock'
/** An engine that takes longer is not one to rely on. */
const PING_DEADLINE_MS = 2000

/** Where the engine is, as Docker's own programs read it. Null for forms that are not understood here. */
function engineAddress(): { socketPath: string } | { host: string; port: string } | null {
  const given = process.env.DOCKER_HOST
  if (!given) return { socketPath: SOCKET }
  if (given.startsWith('unix://')) return { socketPath: given.slice('unix://'.length) }
  const url = URL.canParse(given) ? new URL(given) : null
  return url?.protocol === 'tcp:' ? { host: url.hostname, port: url.port } : null
}

/** True when a Docker engine answers. */
export function dockerAnswers(): Promise<boolean> {
  const address = engineAddress()
  if (!address) return Promise.resolve(false)
  return new Promise((resolve) => {
    const ping = request({ ...address, path: '/_ping', timeout: PING_DEADLINE_MS }, (response) => {
      response.resume()
      resolve(response.statusCode === 200)
    })
    ping.on('timeout', () => ping.destroy())
    ping.on('error', () => resolve(false))
    ping.end()
  })
}
