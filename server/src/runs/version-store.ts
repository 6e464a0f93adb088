import type { RunRequest, SubmittedFile } from '@sandbox/protocol'

/** Of everybody, by the length of the source. What was used longest ago goes first. */
export const MAX_VERSION_STORE_CHARS = 16 * 1024 * 1024
/** Of one person and exercise: one stays when the newest is what is being measured. */
const KEPT_VERSIONS = 2

type Version = readonly SubmittedFile[]

/** The last versions of their code with which people's tests passed: what benchmarks compare with. */
export class VersionStore {
  /** Newest version last. */
  readonly #kept = new Map<string, Version[]>()
  readonly #mostChars: number
  #chars = 0

  constructor(mostChars = MAX_VERSION_STORE_CHARS) {
    this.#mostChars = mostChars
  }

  /** Keeps code that passed. The same code again is no new version. */
  keep(person: string, { exercise, files }: RunRequest): void {
    const code = codeOf(files)
    const key = keyOf(person, exercise)
    const others = (this.#kept.get(key) ?? []).filter((version) => !isSame(version, code))
    this.#drop(key)
    const versions = [...others, code].slice(-KEPT_VERSIONS)
    this.#kept.set(key, versions)
    this.#chars += sizeOf(versions)
    for (const oldest of this.#kept.keys()) {
      if (this.#chars <= this.#mostChars) break
      this.#drop(oldest)
    }
  }

  /** The newest kept code of this person and exercise that is other than that of the request. */
  before(person: string, { exercise, files }: RunRequest): Version | null {
    const code = codeOf(files)
    return this.#kept.get(keyOf(person, exercise))?.findLast((version) => !isSame(version, code)) ?? null
  }

  #drop(key: string): void {
    this.#chars -= sizeOf(this.#kept.get(key) ?? [])
    this.#kept.delete(key)
  }
}

/** Without tests: all versions are measured by the same ones. */
export function codeOf(files: readonly SubmittedFile[]): Version {
  return files.filter(({ name }) => !name.endsWith('_test.go')).toSorted((a, b) => (a.name < b.name ? -1 : 1))
}

function keyOf(person: string, exercise: string): string {
  return JSON.stringify([person, exercise])
}

function isSame(a: Version, b: Version): boolean {
  return a.length === b.length && a.every(({ name, text }, index) => name === b[index]?.name && text === b[index]?.text)
}

function sizeOf(versions: readonly Version[]): number {
  return versions.flat().reduce((sum, { name, text }) => sum + name.length + text.length, 0)
}
