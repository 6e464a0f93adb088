import { PLACEHOLDER } from '../../src/exercises/placeholders.ts'

/** What an author has decided before anything is written. */
export interface Skeleton {
  slug: string
  kind: 'build' | 'fix'
  /** The package clause of the candidate's files. */
  package: string
}

/** A file of a new exercise: path below its folder, and text. */
export interface SkeletonFile {
  path: string
  text: string
}

const FEWEST_WRONG = 5

/**
 * The files of a new exercise. It compiles, and every place where the author has something to write says what; until
 * the last of them is gone the exercise is not served.
 */
export function skeletonOf(skeleton: Skeleton): SkeletonFile[] {
  const source = `${skeleton.package}.go`
  return [
    { path: 'exercise.json', text: `${JSON.stringify(exerciseJson(skeleton, source), null, 2)}\n` },
    { path: 'README.md', text: statement(skeleton) },
    { path: `starter/${source}`, text: code(skeleton, starterTask(skeleton), 'return 0') },
    { path: 'tests/visible_test.go', text: tests(skeleton, 'TestCounts', 'the tests that show how the API is used') },
    {
      path: 'tests/hidden_test.go',
      text: tests(skeleton, 'TestCountsUnderLoad', 'the tests that catch what the visible ones do not'),
    },
    { path: `reference/${source}`, text: code(skeleton, 'the solution that you would be proud of', 'return 1') },
    {
      path: 'reference/NOTES.md',
      text: `# Notes on the reference\n\n${PLACEHOLDER} why it is right, and what else would be\n`,
    },
    {
      path: `alternatives/another-design/${source}`,
      text: code(skeleton, 'a correct solution of another design (a channel instead of a lock, …)', 'return 1'),
    },
    ...Array.from({ length: FEWEST_WRONG }, (_, index) => wrong(skeleton, source, index + 1)).flat(),
  ]
}

function exerciseJson({ kind, package: name }: Skeleton, source: string) {
  return {
    title: `${PLACEHOLDER} a title that one remembers`,
    kind,
    level: 'medium',
    minutes: 20,
    seed: ['Q2'],
    tags: [`${PLACEHOLDER} what one would search for`],
    package: name,
    editable: [source],
    imports: ['context', 'errors', 'fmt', 'sync', 'sync/atomic', 'time'],
    ...(kind === 'fix' ? { starterSymptom: 'race' } : {}),
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

function wrong(skeleton: Skeleton, source: string, number: number): SkeletonFile[] {
  const dir = `wrong/mistake-${number}`
  const mistake = {
    what: task('what is wrong, in a sentence for a learner; and name the folder after it'),
    symptom: 'failed',
    names: { test: 'TestCounts' },
  }
  return [
    {
      path: `${dir}/${source}`,
      text: code(skeleton, 'a complete solution with one mistake that people make', 'return 2'),
    },
    { path: `${dir}/mistake.json`, text: `${JSON.stringify(mistake, null, 2)}\n` },
  ]
}
