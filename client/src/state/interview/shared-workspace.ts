import { type ExerciseDetail, SCRATCH } from '@sandbox/protocol'
import { openExercise, type WorkFile, type Workspace } from '../workspace.ts'

interface Shared {
  /** Null for scratch. */
  detail: ExerciseDetail | null
  /** What the document has of it. */
  files: { name: string; text: string }[]
  /** The file that is open at this page. */
  active: string
  /** The interview is over: nothing can be changed any more. */
  isOver: boolean
}

/** The editor's files, as the document of an interview has them; null until it has any that are to be edited. */
export function sharedWorkspace({ detail, files, active, isOver }: Shared): Workspace | null {
  const workspace = detail ? openShared(detail, files, active) : openSharedScratch(files, active)
  if (!workspace || !isOver) return workspace
  return { ...workspace, files: workspace.files.map(unchangeable), starter: [], frozen: true }
}

/** The server puts the starter there: to edit a file that the document does not have would be to edit another one. */
function openShared(detail: ExerciseDetail, files: Shared['files'], active: string): Workspace | null {
  const isThere = detail.starter.every(({ name, editable }) => !editable || files.some((file) => file.name === name))
  return isThere ? openExercise(detail, { files, active }) : null
}

function openSharedScratch(files: Shared['files'], active: string): Workspace | null {
  const [first] = files
  if (!first) return null
  const open = files.some(({ name }) => name === active) ? active : first.name
  const own = files.map((file): WorkFile => ({ ...file, role: 'editable' }))
  return { exercise: SCRATCH, files: own, active: open, starter: [], answers: {} }
}

function unchangeable(file: WorkFile): WorkFile {
  return file.role === 'editable' ? { ...file, role: 'read-only' } : file
}
