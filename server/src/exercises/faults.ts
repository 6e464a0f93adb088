import { join } from 'node:path'
import { FaultFile, Slug } from '@sandbox/protocol'
import type { Exercise } from './catalogue.ts'
import { folders, goFiles, type NamedText, readJson } from './files.ts'
import { type Report, testsIn } from './modes.ts'

/** Something that goes wrong around the candidate's code when an interviewer switches it on: more hidden tests. */
export interface Fault extends FaultFile {
  /** Name of its folder. */
  id: string
  tests: NamedText[]
}

/** The one file of a fault beside fault.json, so that it cannot stand for a file of tests/. */
const TEST_FILE = 'fault_test.go'

/** Reads the folders of `faults/`, and tells what is wrong with them. `external` is the package of hidden tests. */
export async function loadFaults(dir: string, external: string, report: Report): Promise<Fault[]> {
  const found = await folders(join(dir, 'faults'))
  const faults = await Promise.all(found.map((id) => loadFault(dir, { id, external }, report)))
  return faults.flatMap((fault) => fault ?? [])
}

async function loadFault(
  dir: string,
  { id, external }: { id: string; external: string },
  report: Report,
): Promise<Fault | null> {
  const path = join('faults', id)
  if (!Slug.safeParse(id).success) report(path, '', 'is not lower-case words joined by hyphens')
  const said = await readJson(join(dir, path, 'fault.json'), FaultFile)
  const tests = await goFiles(join(dir, path))
  checkTests(tests, { path, external }, report)
  if (!Array.isArray(said)) return { ...said, id, tests }
  for (const { field, reason } of said) report(join(path, 'fault.json'), field, reason)
  return null
}

function checkTests(tests: NamedText[], { path, external }: { path: string; external: string }, report: Report): void {
  const [test, ...others] = tests
  if (test?.name !== TEST_FILE || others.length > 0) report(path, '', `has other Go files than ${TEST_FILE}`)
  else if (testsIn(test.text).length === 0) report(join(path, TEST_FILE), '', 'has no test')
  else if (!new RegExp(`^package ${external}$`, 'm').test(test.text))
    report(join(path, TEST_FILE), 'package', `is not ${external}`)
}

/** The exercise as it is judged while a fault is on; null where it has none of that name. */
export function withFault(exercise: Exercise, id: string): Exercise | null {
  const fault = exercise.faults.find((one) => one.id === id)
  return fault === undefined ? null : { ...exercise, hiddenTests: [...exercise.hiddenTests, ...fault.tests] }
}
