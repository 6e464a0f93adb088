import type { RunEvent } from '@sandbox/protocol'
import { assertNever } from '../assert-never.ts'
import type { Artifact } from '../reports/artifact.ts'
import type { Sources } from '../reports/sources.ts'

/** What a collected file tells: always something, and a sentence where it cannot be read. It decides no verdict. */
export function artifactEvents(_sources: Sources, { kind }: Artifact): RunEvent[] {
  switch (kind) {
    case 'cpu':
    case 'heap':
    case 'block':
    case 'mutex':
    case 'goroutine':
    case 'trace':
      return []
    default:
      return assertNever(kind)
  }
}
