import { MAX_SOURCE_BYTES, SourceFile } from '@sandbox/protocol'

/** Why a file cannot be handed over as it is, as a sentence; null where it can. */
export function scratchProblem(file: SourceFile): string | null {
  if (file.text.trim() === '') return 'Paste the code first.'
  if (new TextEncoder().encode(file.text).length > MAX_SOURCE_BYTES)
    return `A file has at most ${MAX_SOURCE_BYTES / 1024} KiB.`
  const parsed = SourceFile.safeParse(file)
  return parsed.success ? null : `${capitalised(parsed.error.issues[0]?.message ?? 'this file cannot be handed over')}.`
}

function capitalised(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1)
}
