import { readFileSync } from 'node:fs'
import type { OwnFile, Sources } from '../sources.ts'

/** One captured sample. */
export function sample(name: string): Buffer {
  return readFileSync(new URL(name, import.meta.url))
}

/** The sources of one of the programs; `hidden…` files are hidden, other tests are shown. */
export function sourcesOf(program: string, names: readonly string[]): Sources {
  const files = names.map((name): [string, OwnFile] => {
    const origin = name.startsWith('hidden') ? 'hidden' : name.endsWith('_test.go') ? 'test' : 'candidate'
    return [name, { origin, text: sample(`programs/${program}/${name}`).toString() }]
  })
  return { importPath: `sandbox/${program}`, files: new Map(files) }
}

/** How a stream may arrive: whole, and in small pieces. */
export const CHUNK_SIZES = [Number.MAX_SAFE_INTEGER, 64, 7, 1]

export function chunks(bytes: Buffer, size: number): Buffer[] {
  const pieces: Buffer[] = []
  for (let at = 0; at < bytes.length; at += size) pieces.push(bytes.subarray(at, at + size))
  return pieces
}

/** Junk made of pieces of real samples, broken bytes included: the same for the same seed. */
export function junk(seed: number, material: Buffer): Buffer {
  let state = seed
  const next = (below: number) => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff
    return (state >>> 8) % below
  }
  const pieces: Buffer[] = []
  for (let count = next(200); count > 0; count--) {
    const at = next(material.length)
    const piece = Buffer.from(material.subarray(at, at + next(120)))
    if (piece.length > 0 && next(3) === 0) piece[next(piece.length)] = next(256)
    pieces.push(piece)
  }
  return Buffer.concat(pieces)
}
