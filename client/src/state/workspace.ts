import { ANSWERS_FILE, type Answers, type ExerciseDetail, type RunDescription, SCRATCH } from '@sandbox/protocol'
import { answersFile, readAnswers } from './answers.ts'

/** Why a file stands in the editor: the person's own, shown beside it, a visible test, what questions are about, or what a kept run took. */
export type FileRole = 'editable' | 'read-only' | 'test' | 'material' | 'kept'

export interface WorkFile {
  name: string
  text: string
  role: FileRole
}

/** The files of one exercise as the editor has them. */
export interface Workspace {
  exercise: string
  files: WorkFile[]
  active: string
  /** What "Reset to starter" brings back, by file name. */
  starter: { name: string; text: string }[]
  /** To the exercise's questions, by their id. */
  answers: Answers
  /** The code of a kept run, or of an interview that is over: nothing of it can be changed, and no draft belongs to it. */
  frozen?: true
}

/** What is kept of a workspace across a reload. Answers are one of its files, so that they are kept and compared with the code. */
export interface Draft {
  files: { name: string; text: string }[]
  active: string
}

const SCRATCH_STARTER = [
  {
    name: 'scratch.go',
    text: `package scratch

import "sync"

// Counter counts from many goroutines.
type Counter struct {
	mu sync.Mutex
	n  int
}

// Add adds one.
func (c *Counter) Add() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.n++
}

// Value returns the count.
func (c *Counter) Value() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.n
}
`,
  },
  {
    name: 'scratch_test.go',
    text: `package scratch

import (
	"sync"
	"testing"
)

func TestCounter(t *testing.T) {
	var c Counter
	var wg sync.WaitGroup
	for range 100 {
		wg.Go(c.Add)
	}
	wg.Wait()
	if got := c.Value(); got != 100 {
		t.Errorf("after 100 adds: got %d", got)
	}
}
`,
  },
]

/** The editor of an exercise: the draft's text where there is one, the starter's elsewhere. */
export function openExercise(detail: ExerciseDetail, draft: Draft | null): Workspace {
  const kept = new Map(draft?.files.map((file) => [file.name, file.text]))
  const starter = detail.starter.filter((file) => file.editable)
  const files: WorkFile[] = [
    ...starter.map(({ name, text }): WorkFile => ({ name, text: kept.get(name) ?? text, role: 'editable' })),
    ...givenFiles(detail),
  ]
  return {
    exercise: detail.slug,
    files,
    active: pickActive(files, draft?.active),
    starter: starter.map(({ name, text }) => ({ name, text })),
    answers: readAnswers(kept.get(ANSWERS_FILE), detail.questions),
  }
}

/** What an exercise shows beside the files that a person writes. */
function givenFiles(detail: ExerciseDetail): WorkFile[] {
  return [
    ...detail.material.map(({ name, text }): WorkFile => ({ name, text, role: 'material' })),
    ...detail.starter
      .filter((file) => !file.editable)
      .map(({ name, text }): WorkFile => ({ name, text, role: 'read-only' })),
    ...detail.visibleTests.map(({ name, text }): WorkFile => ({ name, text, role: 'test' })),
  ]
}

/** The editor of a person's own code and tests. */
export function openScratch(draft: Draft | null): Workspace {
  const kept = draft && draft.files.length > 0 ? draft.files : SCRATCH_STARTER
  const files = kept.map(({ name, text }): WorkFile => ({ name, text, role: 'editable' }))
  return { exercise: SCRATCH, files, active: pickActive(files, draft?.active), starter: SCRATCH_STARTER, answers: {} }
}

/** The code that a kept run took, to be read. */
export function openFrozen(
  { exercise, files, answers = {} }: RunDescription,
  detail: ExerciseDetail | null,
): Workspace {
  const own = files.map(({ name, text }): WorkFile => ({ name, text, role: 'kept' }))
  const all = [...own, ...(detail ? givenFiles(detail) : [])]
  return { exercise, files: all, active: pickActive(all, undefined), starter: [], answers, frozen: true }
}

function pickActive(files: WorkFile[], wanted: string | undefined): string {
  return files.find((file) => file.name === wanted)?.name ?? files[0]?.name ?? ''
}

/** What a run takes of the workspace: the person's own files. */
export function ownFiles(workspace: Workspace): { name: string; text: string }[] {
  return workspace.files.filter((file) => file.role === 'editable').map(({ name, text }) => ({ name, text }))
}

/** What a draft keeps of the workspace: the person's own files, and the answers as one more. */
export function draftFiles(workspace: Workspace): { name: string; text: string }[] {
  return [...ownFiles(workspace), ...answersFile(workspace.answers)]
}

/** The workspace with another answer to one question; an empty one is none. */
export function answer(workspace: Workspace, question: string, given: number[]): Workspace {
  const { [question]: _, ...others } = workspace.answers
  return { ...workspace, answers: given.length === 0 ? others : { ...others, [question]: given } }
}

export function fileNamed(workspace: Workspace, name: string): WorkFile | null {
  return workspace.files.find((file) => file.name === name) ?? null
}

/** The text of a file as the exercise gave it; null where the file is the person's own. */
export function givenText(workspace: Workspace, name: string): string | null {
  const file = fileNamed(workspace, name)
  if (file?.role !== 'editable') return file?.text ?? null
  return workspace.starter.find((given) => given.name === name)?.text ?? null
}

/** The workspace with another text of one editable file. */
export function editFile(workspace: Workspace, name: string, text: string): Workspace {
  const file = fileNamed(workspace, name)
  if (file?.role !== 'editable' || file.text === text) return workspace
  return { ...workspace, files: workspace.files.map((other) => (other === file ? { ...file, text } : other)) }
}

export function activate(workspace: Workspace, name: string): Workspace {
  return fileNamed(workspace, name) && workspace.active !== name ? { ...workspace, active: name } : workspace
}

/** Every own file as it was at the start. */
export function resetToStarter(workspace: Workspace): Workspace {
  const others = workspace.files.filter((file) => file.role !== 'editable')
  const files = [...workspace.starter.map((file): WorkFile => ({ ...file, role: 'editable' })), ...others]
  return { ...workspace, files, active: pickActive(files, workspace.active) }
}

/** Whether something would be lost by a reset. */
export function differsFromStarter(workspace: Workspace): boolean {
  return !sameFiles(ownFiles(workspace), workspace.starter)
}

export function sameFiles(a: { name: string; text: string }[], b: { name: string; text: string }[]): boolean {
  return a.length === b.length && a.every((file) => b.some((o) => o.name === file.name && o.text === file.text))
}

/** Names of the files that are not the same in both, the first ones' order first. */
export function differingFiles(a: { name: string; text: string }[], b: { name: string; text: string }[]): string[] {
  const names = new Set([...a, ...b].map((file) => file.name))
  const textIn = (files: typeof a, name: string) => files.find((file) => file.name === name)?.text
  return [...names].filter((name) => textIn(a, name) !== textIn(b, name))
}

/** The workspace with a new file, opened. A test file begins with what every test file needs. */
export function addFile(workspace: Workspace, name: string): Workspace {
  const clause = packageClause(workspace)
  const text = name.endsWith('_test.go') ? `package ${clause}\n\nimport "testing"\n` : `package ${clause}\n`
  return { ...workspace, files: [...workspace.files, { name, text, role: 'editable' }], active: name }
}

function packageClause(workspace: Workspace): string {
  const found = workspace.files.map((file) => /^package[ \t]+(\w+)/m.exec(file.text)?.[1]).find(Boolean)
  return found?.replace(/_test$/, '') ?? 'scratch'
}

export function renameFile(workspace: Workspace, from: string, to: string): Workspace {
  const files = workspace.files.map((file) => (file.name === from ? { ...file, name: to } : file))
  return { ...workspace, files, active: workspace.active === from ? to : workspace.active }
}

/** The workspace without a file; the last one stays. */
export function deleteFile(workspace: Workspace, name: string): Workspace {
  if (workspace.files.length <= 1) return workspace
  const index = workspace.files.findIndex((file) => file.name === name)
  const files = workspace.files.filter((file) => file.name !== name)
  const neighbour = files[Math.min(index, files.length - 1)]?.name
  return { ...workspace, files, active: workspace.active === name ? (neighbour ?? '') : workspace.active }
}
