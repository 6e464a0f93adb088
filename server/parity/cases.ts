import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Verdict } from '@sandbox/protocol'
import { z } from 'zod'
import { GoVerdict } from './account.ts'

/** One package below packages/: what both sides say of it. Its name says what it is about. */
export const ParityCase = z.strictObject({
  go: GoVerdict,
  ours: Verdict,
  /** Only where our verdict does not stand for go's by the mapping: why that is right. */
  because: z.string().min(1).optional(),
})
export type ParityCase = z.infer<typeof ParityCase>

const ParityCases = z.record(z.string().regex(/^[a-z0-9-]+$/), ParityCase)
export type ParityCases = z.infer<typeof ParityCases>

export const PARITY_FOLDER = import.meta.dirname
export const PACKAGES_FOLDER = join(PARITY_FOLDER, 'packages')

/** Reads cases.json. Throws where it does not follow the schema. */
export async function readCases(): Promise<ParityCases> {
  return ParityCases.parse(JSON.parse(await readFile(join(PARITY_FOLDER, 'cases.json'), 'utf8')))
}
