import type { RunEvent } from '@sandbox/protocol'
import type { Artifact } from '../reports/artifact.ts'
import type { Sources } from '../reports/sources.ts'
import { profileEvent } from './profile-events.ts'

/** What a collected file tells of `runs` runs of the tests: always something, and it decides no verdict. */
export function artifactEvents(sources: Sources, { kind, ...artifact }: Artifact, runs: number): RunEvent[] {
  return kind === 'trace' ? [] : [profileEvent(sources, { kind, ...artifact }, runs)]
}
