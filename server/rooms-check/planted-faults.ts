import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const PLANT = pathToFileURL(join(import.meta.dirname, 'plant-fault.ts')).href

/** Flags of a Node whose server has this fault. */
export function withFault(name: string): string[] {
  return ['--import', `${PLANT}?fault=${name}`]
}
