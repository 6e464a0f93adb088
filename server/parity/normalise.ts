import type { Crash } from './account.ts'

/** Paths that differ between two runs of the same package. */
export interface Folders {
  /** Where the package lay; what is below it is named relative to it. */
  work: string
  /** Root of the toolchain. */
  goroot: string
}

/**
 * Takes out of a text what no two runs have in common: times, addresses, goroutine numbers and the paths of temporary
 * folders. Nothing else. Both sides go through it.
 */
export function normalise(text: string, folders: Folders): string {
  return withoutFolder(text, folders.work)
    .replaceAll(`${folders.work}/`, '')
    .replaceAll(folders.work, '.')
    .replaceAll(`${folders.goroot}/`, 'GOROOT/')
    .replace(/ \(GOROOT\/src\/[^)]*\)/g, '')
    .replace(/\((?:\d+m)?\d+(?:\.\d+)?s\)/g, '(0s)')
    .replace(/\b\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d\b/g, 'TIME')
    .replace(/\b0x[0-9a-f]+/g, '0x0')
    .replace(/\bgoroutine \d+/gi, 'goroutine N')
}

/** `no Go files in /tmp/x` → `no Go files`: we have no folder to name. */
function withoutFolder(text: string, folder: string): string {
  const end = ` in ${folder}`
  const lines = text.split('\n')
  return lines.map((line) => (line.endsWith(end) ? line.slice(0, -end.length) : line)).join('\n')
}

/** The same for a crash. */
export function normaliseCrash({ message, calls }: Crash, folders: Folders): Crash {
  return { message: normalise(message, folders), calls: calls.map((call) => normalise(call, folders)) }
}
