const FNV_PRIME = 0x01000193

/**
 * A short name for a state of the editor: the same files give the same name.
 * Two FNV-1a hashes of 32 bits; a clash would only make two runs share a label.
 */
export function snapshotName(files: { name: string; text: string }[]): string {
  const text = files.map((file) => `${file.name}\0${file.text}`).join('\0')
  return [0x811c9dc5, 0x01234567].map((seed) => fnv(text, seed).toString(16).padStart(8, '0')).join('')
}

function fnv(text: string, seed: number): number {
  let hash = seed
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), FNV_PRIME)
  return hash >>> 0
}
