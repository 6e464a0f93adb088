import type { IncomingMessage } from 'node:http'
import { isLoopback } from '../config.ts'

export type HostRules = {
  /** Where the server listens. */
  host: string
  /** Origins under which it is published besides. */
  publicOrigins: string[]
}

const HOST = /^(\[[0-9a-f:.]+\]|[a-z0-9.-]+)(:\d{1,5})?$/i

/**
 * Whether the Host header names this server. A page of another site can make its own name resolve to a loopback address
 * (DNS rebinding) and would then be "same origin"; its Host header still carries its own name.
 */
export function isOurHost(request: IncomingMessage, rules: HostRules): boolean {
  const header = request.headers.host ?? ''
  const name = HOST.exec(header)?.[1]
  if (name === undefined) return false
  if (isLoopback(name)) return true
  if (rules.publicOrigins.some((origin) => new URL(origin).host === header.toLowerCase())) return true
  return rules.publicOrigins.length === 0 && !isLoopback(rules.host)
}

/** Whether a page of this origin may open a socket. Only programs send no Origin; they can hold no one's cookie but their own. */
export function isOurOrigin(request: IncomingMessage, rules: HostRules): boolean {
  const { origin, host } = request.headers
  if (origin === undefined) return true
  if (rules.publicOrigins.includes(origin)) return true
  return /^https?:\/\//.test(origin) && URL.canParse(origin) && new URL(origin).host === host?.toLowerCase()
}
