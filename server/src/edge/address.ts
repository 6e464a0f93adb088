import type { IncomingMessage } from 'node:http'
import { isIPv4, isIPv6 } from 'node:net'

/**
 * Whom quotas take for one place: the IPv4 address, or the /64 of an IPv6 address, which one household has whole.
 * With trusted proxies, the entry of X-Forwarded-For that the outermost of them wrote; what stands before it is hearsay.
 */
export function addressOf(request: IncomingMessage, trustedProxies: number): string {
  const header = request.headers['x-forwarded-for']
  const forwarded = String(header ?? '')
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')
  const path = [...forwarded, request.socket.remoteAddress ?? 'unknown']
  return place(path[Math.max(0, path.length - 1 - trustedProxies)] ?? 'unknown')
}

function place(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '')
  if (isIPv4(plain)) return plain
  if (!isIPv6(plain)) return 'unknown'
  return `${groups(plain).slice(0, 4).join(':')}::/64`
}

/** The eight groups of an IPv6 address, without its zone. */
function groups(address: string): string[] {
  const [left = '', right] = (address.split('%')[0] ?? '').split('::')
  const before = left === '' ? [] : left.split(':')
  if (right === undefined) return before
  const after = right === '' ? [] : right.split(':')
  return [...before, ...Array<string>(Math.max(0, 8 - before.length - after.length)).fill('0'), ...after]
}
