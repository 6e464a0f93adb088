import { z } from 'zod'
import { MAX_SOURCE_BYTES, MAX_SUBMITTED_FILES, SubmittedFile } from './run.ts'

/** What a person has written in one exercise, as the editor holds it. */
export const DraftContent = z.object({
  files: z
    .array(SubmittedFile)
    .max(MAX_SUBMITTED_FILES)
    .refine(
      (files) => files.reduce((sum, { name, text }) => sum + name.length + text.length, 0) <= MAX_SOURCE_BYTES,
      `a draft has at most ${MAX_SOURCE_BYTES / 1024} KiB`,
    ),
  /** The file that is open. */
  active: z.string().max(256),
})
export type DraftContent = z.infer<typeof DraftContent>

/** A draft to be kept, and the revision that it was made from; 0 where there was none. */
export const DraftUpdate = DraftContent.extend({ base: z.number().int().nonnegative() })
export type DraftUpdate = z.infer<typeof DraftUpdate>

/** A draft as the server keeps it. Every change of one counts its revision up by one. */
export const KeptDraft = DraftContent.extend({
  revision: z.number().int().positive(),
  /** Milliseconds since the epoch, server clock. */
  savedAt: z.number(),
})
export type KeptDraft = z.infer<typeof KeptDraft>
