import { readFile } from 'node:fs/promises'
import { type RunRequest, SCRATCH } from '@sandbox/protocol'
import { type GoFile, loadCatalogue, loadSolutions } from '../src/exercises/catalogue.ts'

/** What is measured: one package that passes, and its tests, which are in an external test package. */
export interface Subject {
  /** Last element of the import path `sandbox/<folder>`. */
  folder: string
  tests: GoFile[]
  /** The package after the n-th edit: another program each time, so that no cache answers. */
  edited(n: number): GoFile[]
  /** The same edit as a page would send it. */
  request(n: number): RunRequest
}

/** A small worker pool with two tests, brought along as a person brings own code. */
export async function smallPool(): Promise<Subject> {
  const [pool, tests] = await Promise.all(['pool.go', 'pool_test.go'].map(readTestdata))
  if (!pool || !tests) throw new Error('the bench’s package is missing')
  const edited = (n: number) => [withEdit(pool, n)]
  return {
    folder: SCRATCH,
    tests: [tests],
    edited,
    request: (n) => ({ exercise: SCRATCH, files: [...edited(n), tests], snapshot: `${n}` }),
  }
}

/** An exercise with its reference solution and all its tests. */
export async function exerciseSubject(exercisesDir: string, slug: string): Promise<Subject> {
  const exercise = (await loadCatalogue(exercisesDir)).exercises.get(slug)
  if (!exercise) throw new Error(`There is no exercise ${slug}.`)
  const [first, ...others] = (await loadSolutions(exercise)).reference.files
  if (!first) throw new Error(`${slug} has no reference.`)
  const edited = (n: number) => [withEdit(first, n), ...others]
  return {
    folder: exercise.file.package,
    tests: [...exercise.visibleTests, ...exercise.hiddenTests],
    edited,
    request: (n) => ({ exercise: slug, files: edited(n), snapshot: `${n}` }),
  }
}

async function readTestdata(name: string): Promise<GoFile> {
  return { name, text: await readFile(new URL(`testdata/${name}`, import.meta.url), 'utf8') }
}

/** Reaches the linked program: the go command takes a test whose binary has not changed from its cache. */
function withEdit(file: GoFile, n: number): GoFile {
  return {
    ...file,
    text: `${file.text}
var edit = ${n}

func init() {
	if edit < 0 {
		panic("an edit is never negative")
	}
}
`,
  }
}
