import type { IncomingMessage } from 'node:http'
import { describe, expect, it } from 'vitest'
import { addressOf } from './address.ts'

function from(remoteAddress: string, forwarded?: string): IncomingMessage {
  const headers = forwarded === undefined ? {} : { 'x-forwarded-for': forwarded }
  return { headers, socket: { remoteAddress } } as unknown as IncomingMessage
}

describe('the address of a request', () => {
  const cases: [string, string, string | undefined, number, string][] = [
    ['an IPv4 peer', '10.0.0.7', undefined, 0, '10.0.0.7'],
    ['an IPv4 peer on an IPv6 socket', '::ffff:10.0.0.7', undefined, 0, '10.0.0.7'],
    ['the household of an IPv6 peer', '2001:db8:1:2:aaaa::1', undefined, 0, '2001:db8:1:2::/64'],
    ['the same household', '2001:db8:1:2:bbbb:c:d:e', undefined, 0, '2001:db8:1:2::/64'],
    ['IPv6 loopback', '::1', undefined, 0, '0:0:0:0::/64'],
    ['a link-local peer with its zone', 'fe80::1%eth0', undefined, 0, 'fe80:0:0:0::/64'],
    ['the peer itself where no proxy is trusted', '10.0.0.7', '1.2.3.4', 0, '10.0.0.7'],
    ['what the one trusted proxy wrote', '10.0.0.7', '6.6.6.6, 1.2.3.4', 1, '1.2.3.4'],
    ['what the outer of two trusted proxies wrote', '10.0.0.7', '6.6.6.6, 1.2.3.4, 10.0.0.6', 2, '1.2.3.4'],
    ['the peer where a proxy wrote nothing', '10.0.0.7', undefined, 1, '10.0.0.7'],
    ['nobody in particular where a proxy wrote junk', '10.0.0.7', 'junk', 1, 'unknown'],
  ]
  it.each(cases)('is %s', (_, remote, forwarded, proxies, expected) => {
    expect(addressOf(from(remote, forwarded), proxies)).toBe(expected)
  })
})
