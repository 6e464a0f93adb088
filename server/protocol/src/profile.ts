import { z } from 'zod'
import { ProfileKind } from './insight.ts'
import { Frame } from './report.ts'

/** Stacks of one profile; of more the smallest are left out. */
export const MAX_PROFILE_STACKS = 1500
/** Calls of one stack; of a deeper one the outermost are left out. */
export const MAX_PROFILE_DEPTH = 100

/** Escapes that one run lists. */
export const MAX_ESCAPES = 200
/** Rounds of the collector that one run lists; of more some in between are left out. */
export const MAX_COLLECTIONS = 300

/** A value that lives on the heap because it outlives its call, or may. Line and column are 1-based. */
export const Escape = z.object({
  file: z.string(),
  line: z.number().int().positive(),
  column: z.number().int().nonnegative(),
  /** In the compiler's words: `moved to heap: sum`, `make([]byte, n) escapes to heap`. */
  text: z.string(),
})
export type Escape = z.infer<typeof Escape>

/** One round of the garbage collector. */
export const Collection = z.object({
  /** Milliseconds since the program began. */
  atMs: z.number().nonnegative(),
  /** For which the world stood still. */
  pauseMs: z.number().nonnegative(),
  /** Megabytes on the heap when it began, and of these what was still reachable. */
  beforeMb: z.number().nonnegative(),
  liveMb: z.number().nonnegative(),
})
export type Collection = z.infer<typeof Collection>

/** One thing that a profile counts. */
export const Measure = z.object({
  /** For people: `CPU time`, `allocated`, `in use at the end`. */
  name: z.string(),
  unit: z.enum(['nanoseconds', 'bytes', 'count']),
  /** What the profile says by this measure, in one plain sentence. */
  sentence: z.string(),
})
export type Measure = z.infer<typeof Measure>

/** Where something was spent: stacks with a value for each measure, over all repetitions of the tests. */
export const Profile = z.object({
  kind: ProfileKind,
  /** The first is the one to be shown first. */
  measures: z.array(Measure).min(1),
  /** Each place once; stacks refer to it by its index. Frames of the test main and of package testing are left out. */
  frames: z.array(Frame),
  stacks: z.array(
    z.object({
      /** Outermost call first, at most MAX_PROFILE_DEPTH. */
      frames: z.array(z.number().int().nonnegative()),
      /** In the order of `measures`. */
      values: z.array(z.number().nonnegative()),
    }),
  ),
  /** How many stacks were left out because there were more than MAX_PROFILE_STACKS. */
  cut: z.number().int().nonnegative(),
})
export type Profile = z.infer<typeof Profile>
