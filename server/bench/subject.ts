import type { SourceFile } from '@sandbox/protocol'
import { type Exercise, loadCatalogue, loadSolutions } from '../src/exercises/catalogue.ts'

/** What is measured: one exercise with its reference solution, and all its tests. */
export interface Subject {
  exercise: Exercise
  /** The solution after the n-th edit: another program each time, so that no cache answers. */
  edited(n: number): SourceFile[]
}

export async function readSubject(exercisesDir: string, slug: string): Promise<Subject> {
  const exercise = (await loadCatalogue(exercisesDir)).exercises.get(slug)
  if (!exercise) throw new Error(`There is no exercise ${slug}.`)
  const { reference } = await loadSolutions(exercise)
  const [first, ...others] = reference.files
  if (!first) throw new Error(`${slug} has no reference.`)
  return {
    exercise,
    edited: (n) => [{ ...first, text: `${first.text}${edit(n)}` }, ...others],
  }
}

/** Reaches the linked program: the go command takes a test whose binary has not changed from its cache. */
function edit(n: number): string {
  return `
var edit = ${n}

func init() {
	if edit < 0 {
		panic("an edit is never negative")
	}
}
`
}
