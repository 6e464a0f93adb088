import { MAX_SOURCE_BYTES } from '@sandbox/protocol'
import { describe, expect, it } from 'vitest'
import { decode } from './decode.ts'

const decodeText = (text: string) => decode(Buffer.from(text))

describe('a frame', () => {
  it('is decoded to its message, whatever brackets, commas and quotes its sources hold', () => {
    const text = `package a // ${'[{,"\\'.repeat(2000)} ünï \u2028 \\" \\\\`
    const files = Array.from({ length: 20 }, (_, index) => ({ name: `f${index}.go`, text }))
    const message = { type: 'run', request: 'r', run: { exercise: 'scratch', files, snapshot: 's' } }
    expect(decodeText(JSON.stringify(message))).toEqual({ type: 'message', message })
    expect(decodeText(JSON.stringify(message, null, 2))).toEqual({ type: 'message', message })
  })

  it('loses the fields that the protocol does not know', () => {
    const decoded = decodeText('{"type":"cancel","run":"r","__proto__":{"x":1},"more":[1,2]}')
    expect(decoded).toEqual({ type: 'message', message: { type: 'cancel', run: 'r' } })
  })

  const malformed: [string, string, string][] = [
    ['an empty text', '', 'JSON'],
    ['a string that does not end', '{"type":"cancel', 'JSON'],
    ['backslashes without end', `"${'\\'.repeat(10_001)}`, 'JSON'],
    ['too deep', '[[[[[[[[[]]]]]]]]]', 'JSON'],
    ['too wide', `[${'1,'.repeat(300)}1]`, 'JSON'],
    ['closing brackets only', ']]]]]]', 'JSON'],
    ['a foreign type', '{"type":"x"}', 'type'],
    ['a number for a name', '{"type":"cancel","run":1}', 'run:'],
    ['a lone surrogate as a type', '{"type":"\\ud800"}', 'type'],
  ]
  it.each(malformed)('that is %s is malformed, with a reason', (_, text, reason) => {
    expect(decodeText(text)).toMatchObject({ type: 'malformed', reason: expect.stringContaining(reason) })
  })

  it('that is malformed keeps the name of its request', () => {
    const run = { exercise: 'scratch', files: [{ name: 'a.go', text: 1 }], snapshot: 's' }
    const decoded = decodeText(JSON.stringify({ type: 'run', request: 'r7', run }))
    expect(decoded).toMatchObject({
      type: 'malformed',
      request: 'r7',
      reason: expect.stringContaining('run.files.0.text'),
    })
  })

  it('with too much source is well-formed: the run is rejected, not the message', () => {
    const big = { name: '../a.go', text: 'x'.repeat(MAX_SOURCE_BYTES + 1) }
    const run = { exercise: 'scratch', files: [big], snapshot: 's' }
    expect(decodeText(JSON.stringify({ type: 'run', request: 'r8', run })).type).not.toBe('malformed')
  })

  it('of random bytes never throws', () => {
    let seed = 42
    const random = () => {
      seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31
      return seed
    }
    const alphabet = '{}[]",:\\truefalsn0189 \u0000ü'
    for (let round = 0; round < 2000; round++) {
      const text = Array.from({ length: random() % 60 }, () => alphabet[random() % alphabet.length]).join('')
      expect(decodeText(text).type).toBe('malformed')
    }
  })
})
