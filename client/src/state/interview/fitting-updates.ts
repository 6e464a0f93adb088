import { MAX_UPDATE_BYTES, MAX_UPDATE_DELETIONS, MAX_UPDATE_STRUCTS } from '@sandbox/protocol'
import { decodeUpdate, mergeUpdates } from 'yjs'

interface Size {
  bytes: number
  structs: number
  deletions: number
}

const NOTHING: Size = { bytes: 0, structs: 0, deletions: 0 }

/** Whether the server takes an update in as one. */
export function fits(update: Uint8Array): boolean {
  return isWithinBounds(sizeOf(update))
}

/**
 * The same changes as few updates, in order, each of which the server takes in. One that is too much by itself stays as it
 * is. Yjs lays updates together without joining what is in them: each character that came by itself stays a struct.
 */
export function fittingUpdates(updates: readonly Uint8Array[]): Uint8Array[] {
  const groups: { updates: [Uint8Array, ...Uint8Array[]]; size: Size }[] = []
  for (const update of updates) {
    const own = sizeOf(update)
    const last = groups.at(-1)
    const size = sum(last?.size ?? NOTHING, own)
    if (last && isWithinBounds(size)) {
      last.updates.push(update)
      last.size = size
    } else groups.push({ updates: [update], size: own })
  }
  return groups.map(({ updates: [first, ...others] }) =>
    others.length === 0 ? first : mergeUpdates([first, ...others]),
  )
}

function sizeOf(update: Uint8Array): Size {
  const { structs, ds } = decodeUpdate(update)
  const deletions = [...ds.clients.values()].reduce((count, items) => count + items.length, 0)
  return { bytes: update.length, structs: structs.length, deletions }
}

/** Updates that are laid together are no more than this. */
function sum(a: Size, b: Size): Size {
  return { bytes: a.bytes + b.bytes, structs: a.structs + b.structs, deletions: a.deletions + b.deletions }
}

function isWithinBounds({ bytes, structs, deletions }: Size): boolean {
  return bytes <= MAX_UPDATE_BYTES && structs <= MAX_UPDATE_STRUCTS && deletions <= MAX_UPDATE_DELETIONS
}
