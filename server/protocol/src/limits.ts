import { z } from 'zod'

/** Limits of one run. An exercise may lower them, never raise them. */
export const Limits = z.object({
  buildWallMs: z.number().int().positive(),
  runWallMs: z.number().int().positive(),
  runCpuMs: z.number().int().positive(),
  memoryBytes: z.number().int().positive(),
  processes: z.number().int().positive(),
  outputBytes: z.number().int().positive(),
  lineBytes: z.number().int().positive(),
  workBytes: z.number().int().positive(),
  workFiles: z.number().int().positive(),
  sourceBytes: z.number().int().positive(),
  sourceFiles: z.number().int().positive(),
})
export type Limits = z.infer<typeof Limits>
