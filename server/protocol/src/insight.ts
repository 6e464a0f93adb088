import { z } from 'zod'

/**
 * What a person may want to look at more closely: `profile` is where time, memory and waiting go, `timeline` is what the
 * scheduler did, `benchmarks` is how fast the code is beside other versions of it. Such a run has no race detector and counts
 * for nothing.
 */
export const Insight = z.enum(['profile', 'timeline', 'benchmarks'])
export type Insight = z.infer<typeof Insight>

/** Files that package testing, or package evidence, writes while the tests run, by what is in them. */
export const ArtifactKind = z.enum(['cpu', 'heap', 'block', 'mutex', 'goroutine', 'trace'])
export type ArtifactKind = z.infer<typeof ArtifactKind>

/** What is not a profile: the execution trace. */
export const ProfileKind = ArtifactKind.exclude(['trace'])
export type ProfileKind = z.infer<typeof ProfileKind>

/** Bytes that are taken of one collected file; the supervisor's own cap (artifacts.go) is the same. */
export const MAX_ARTIFACT_BYTES: Readonly<Record<ArtifactKind, number>> = {
  cpu: 1024 * 1024,
  heap: 1024 * 1024,
  block: 1024 * 1024,
  mutex: 1024 * 1024,
  goroutine: 1024 * 1024,
  trace: 8 * 1024 * 1024,
}
