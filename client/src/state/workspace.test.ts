import { describe, expect, test } from 'vitest'
import { hitCounter } from './testdata/recorded.ts'
import {
  addFile,
  deleteFile,
  differsFromStarter,
  editFile,
  fileNamed,
  openExercise,
  openScratch,
  ownFiles,
  renameFile,
  resetToStarter,
} from './workspace.ts'

describe('an exercise', () => {
  test('opens its editable file first, then what is only shown', () => {
    const workspace = openExercise(hitCounter(), null)
    expect(workspace.files.map((file) => [file.name, file.role])).toEqual([
      ['hits.go', 'editable'],
      ['visible_test.go', 'test'],
    ])
    expect(workspace.active).toBe('hits.go')
  })

  test('takes the text of a draft, but no file that is not the person’s own', () => {
    const files = [
      { name: 'hits.go', text: 'package hits // mine' },
      { name: 'visible_test.go', text: 'package hits // cheating' },
    ]
    const workspace = openExercise(hitCounter(), { files, active: 'visible_test.go' })
    expect(fileNamed(workspace, 'hits.go')?.text).toBe('package hits // mine')
    expect(fileNamed(workspace, 'visible_test.go')?.text).toContain('func TestCountsByPage')
    expect(workspace.active).toBe('visible_test.go')
  })

  test('is run and kept by its editable files only, and read-only files cannot be edited', () => {
    const workspace = openExercise(hitCounter(), null)
    expect(ownFiles(workspace).map((file) => file.name)).toEqual(['hits.go'])
    expect(editFile(workspace, 'visible_test.go', 'x')).toBe(workspace)
  })

  test('goes back to the starter', () => {
    const workspace = openExercise(hitCounter(), null)
    const edited = editFile(workspace, 'hits.go', 'package hits')
    expect(differsFromStarter(edited)).toBe(true)
    expect(differsFromStarter(resetToStarter(edited))).toBe(false)
  })
})

describe('scratch', () => {
  const scratch = openScratch(null)

  test('begins with code and a test of one package', () => {
    expect(scratch.files.map((file) => file.name)).toEqual(['scratch.go', 'scratch_test.go'])
  })

  test('adds files in the same package and opens them', () => {
    const more = addFile(addFile(scratch, 'pool.go'), 'pool_test.go')
    expect(fileNamed(more, 'pool.go')?.text).toBe('package scratch\n')
    expect(fileNamed(more, 'pool_test.go')?.text).toContain('import "testing"')
    expect(more.active).toBe('pool_test.go')
  })

  test('renames and deletes, and keeps the last file', () => {
    const renamed = renameFile(scratch, 'scratch.go', 'main.go')
    expect(renamed.active).toBe('main.go')
    const one = deleteFile(renamed, 'main.go')
    expect(one.active).toBe('scratch_test.go')
    expect(deleteFile(one, 'scratch_test.go')).toBe(one)
  })

  test('comes back from its draft with every file', () => {
    const files = [{ name: 'own.go', text: 'package own\n' }]
    expect(ownFiles(openScratch({ files, active: 'own.go' }))).toEqual(files)
  })
})
