import type { ExerciseFile } from '@sandbox/protocol'
import { PLACEHOLDER } from '../../src/exercises/placeholders.ts'

/** What an author has decided before anything is written. */
export interface Skeleton {
  slug: string
  kind: ExerciseFile['kind']
  /** The package clause of the candidate's files. */
  package: string
}

/** A file of a new exercise: path below its folder, and text. */
export interface SkeletonFile {
  path: string
  text: string
}

const FEWEST_WRONG = 5
const MATERIAL = 'report.txt'

/** What each kind has in exercise.json beside what all have. */
const KIND_FIELDS: Record<Skeleton['kind'], object> = {
  build: {},
  fix: { starterSymptom: 'race' },
  optimize: { modes: ['race', 'measure'], measure: { TestAllocations: 'too-many-allocations' } },
  diagnose: {
    modes: ['questions', 'race'],
    questions: [
      {
        id: 'what',
        text: task('a question about the report'),
        material: MATERIAL,
        answer: { type: 'choice', options: [task('an answer'), task('another one')], right: [0] },
        explanation: task('why, shown once the answer is right'),
      },
      {
        id: 'where',
        text: task('a question that a line answers'),
        material: MATERIAL,
        answer: { type: 'line', file: MATERIAL, right: [1] },
        explanation: task('why'),
      },
    ],
  },
  'write-tests': { modes: ['variants'], starterSymptom: 'missed-bug' },
}

/**
 * The files of a new exercise. It compiles, and every place where the author has something to write says what; until
 * the last of them is gone the exercise is not served.
 */
export function skeletonOf(skeleton: Skeleton): SkeletonFile[] {
  return [
    { path: 'exercise.json', text: json(exerciseJson(skeleton)) },
    { path: 'README.md', text: statement(skeleton) },
    {
      path: 'reference/NOTES.md',
      text: `# Notes on the reference\n\n${PLACEHOLDER} why it is right, and what else would be\n`,
    },
    ...(skeleton.kind === 'write-tests' ? testsToWrite(skeleton) : codeToWrite(skeleton)),
    ...(skeleton.kind === 'optimize' ? [measureTest(skeleton)] : []),
    ...(skeleton.kind === 'diagnose' ? [{ path: `material/${MATERIAL}`, text: `${task('the report')}\n` }] : []),
  ]
}

/** Exercises whose solution is code, and the tests that judge it. */
function codeToWrite(skeleton: Skeleton): SkeletonFile[] {
  const source = `${skeleton.package}.go`
  const solution = (path: string, what: string, body: string) => ({
    path: `${path}/${source}`,
    text: code(skeleton, what, body),
  })
  return [
    solution('starter', starterTask(skeleton), 'return 0'),
    { path: 'tests/visible_test.go', text: tests(skeleton, 'TestCounts', 'the tests that show how the API is used') },
    {
      path: 'tests/hidden_test.go',
      text: tests(skeleton, 'TestCountsUnderLoad', 'the tests that catch what the visible ones do not'),
    },
    solution('reference', 'the solution that you would be proud of', 'return 1'),
    solution(
      'alternatives/another-design',
      'a correct solution of another design (a channel instead of a lock, …)',
      'return 1',
    ),
    ...mistakes((path) => solution(path, 'a complete solution with one mistake that people make', 'return 2'), {
      symptom: 'failed',
      names: { test: 'TestCounts' },
    }),
  ]
}

/** Exercises whose solution is tests, and the variants that judge them. */
function testsToWrite(skeleton: Skeleton): SkeletonFile[] {
  const { package: name } = skeleton
  const solution = (path: string, what: string) => ({
    path: `${path}/${name}_test.go`,
    text: tests(skeleton, 'TestCounts', what),
  })
  const variant = (path: string, what: string, body: string) => ({
    path: `variants/${path}/${name}.go`,
    text: code(skeleton, what, body),
  })
  return [
    variant('right/one-design', 'code that keeps the contract', 'return 1'),
    variant('right/another-design', 'code of another design that keeps the contract', 'return 1'),
    variant('wrong/broken', 'code that breaks one sentence of the contract', 'return 2'),
    { path: 'variants/wrong/broken/variant.json', text: json({ what: task('what is wrong, for who has caught it') }) },
    {
      path: `starter/${name}.go`,
      text: code(skeleton, 'the documented API, which the tests are written against', 'return 1'),
    },
    solution('starter', 'a first test that catches nothing yet'),
    solution('reference', 'tests that accept the right variants and catch the wrong ones'),
    solution('alternatives/another-design', 'tests of another design that do the same'),
    ...mistakes((path) => solution(path, 'tests that miss a variant, or refuse a right one'), {
      symptom: 'missed-bug',
      names: { variant: 'broken' },
    }),
  ]
}

function mistakes(solution: (path: string) => SkeletonFile, shows: object): SkeletonFile[] {
  return Array.from({ length: FEWEST_WRONG }, (_, index) => {
    const dir = `wrong/mistake-${index + 1}`
    const what = task('what is wrong, in a sentence for a learner; and name the folder after it')
    return [solution(dir), { path: `${dir}/mistake.json`, text: json({ what, ...shows }) }]
  }).flat()
}

function json(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`
}

function exerciseJson({ kind, package: name }: Skeleton) {
  return {
    title: `${PLACEHOLDER} a title that one remembers`,
    kind,
    level: 'medium',
    minutes: 20,
    seed: ['Q2'],
    tags: [`${PLACEHOLDER} what one would search for`],
    package: name,
    editable: [kind === 'write-tests' ? `${name}_test.go` : `${name}.go`],
    imports: [
      'context',
      'errors',
      'fmt',
      'sync',
      'sync/atomic',
      ...(kind === 'write-tests' ? ['testing'] : []),
      'time',
    ],
    ...KIND_FIELDS[kind],
    hints: ['where to look', 'what to think of', 'how it is done, short of the code'].map(task),
    followUps: ['a question that an interviewer asks next', 'another one'].map(task),
    talkingPoints: ['what a senior engineer says of it', 'a second point', 'a third one'].map(task),
  }
}

function task(what: string): string {
  return `${PLACEHOLDER} ${what}`
}

function statement({ slug, package: name }: Skeleton): string {
  return `# ${slug}

${PLACEHOLDER} the situation, in three to five sentences

Write package \`${name}\` in \`${name}.go\`.

\`\`\`go
func Count() int
\`\`\`

## What must hold

${PLACEHOLDER} every promise and every edge case that a test touches; nobody can read the hidden tests

## Example

${PLACEHOLDER} one example of use
`
}

function starterTask({ kind }: Skeleton): string {
  return kind === 'fix' ? 'plausible code with the real bug' : 'types and signatures whose bodies return zero values'
}

function code({ package: name }: Skeleton, what: string, body: string): string {
  return `// Package ${name} counts.
// ${task(what)}
package ${name}

// Count counts.
func Count() int { ${body} }
`
}

function tests({ package: name }: Skeleton, test: string, what: string): string {
  return `package ${name}_test

import (
	"testing"

	"sandbox/${name}"
)

// ${task(what)}
func ${test}(t *testing.T) {
	if got := ${name}.Count(); got != 1 {
		t.Errorf("Count() = %d, want 1: say what was done, what was expected and why it matters", got)
	}
}
`
}

function measureTest({ package: name }: Skeleton): SkeletonFile {
  const text = `package ${name}_test

import (
	"testing"

	"gosandbox/measure"
	"sandbox/${name}"
)

// ${task('what is measured; every bound stands in the statement too. measure.Ratio compares with sandbox/<package>/reference')}
func TestAllocations(t *testing.T) {
	if got := measure.Allocs(func() { ${name}.Count() }); got > 2 {
		t.Errorf("%.0f allocations per call, at most 2 are allowed", got)
	}
}
`
  return { path: 'tests/measure_test.go', text }
}
