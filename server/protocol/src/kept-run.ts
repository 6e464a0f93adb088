import { z } from 'zod'
import { EventMessage, RunMessage } from './messages.ts'

/** The name of a kept run: 128 random bits. Whoever knows it may read the run. */
export const KeptRunId = z.string().regex(/^[A-Za-z0-9_-]{22}$/)

/** Answer to the wish to keep a run. */
export const KeptLink = z.object({
  id: KeptRunId,
  /** Milliseconds since the epoch, server clock. */
  expiresAt: z.number(),
})
export type KeptLink = z.infer<typeof KeptLink>

/** A kept run, as the sockets of its person got it: what introduces it, then its events from 1 to the verdict. */
export const KeptRun = z.object({
  /** Milliseconds since the epoch, server clock. */
  expiresAt: z.number(),
  messages: z.tuple([RunMessage], EventMessage),
})
export type KeptRun = z.infer<typeof KeptRun>
