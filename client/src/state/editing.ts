import type { ClientMessage, Diagnostic, ServerMessage } from '@sandbox/protocol'
import type { DraftKeeper } from './draft-keeper.ts'
import type { Clock } from './ports.ts'
import { createStore, type Store } from './store.ts'
import {
  activate,
  addFile,
  answer,
  deleteFile,
  editFile,
  fileNamed,
  renameFile,
  resetToStarter,
  type Workspace,
} from './workspace.ts'

/** Pause after the last keystroke before the draft is written, in milliseconds. */
export const DRAFT_PAUSE_MS = 300

/** Why gofmt would not format a file, until the file is edited. */
export interface FormatProblem {
  file: string
  text: string
  diagnostics: Diagnostic[]
}

export interface EditingParts {
  workspace: Store<Workspace | null>
  drafts: DraftKeeper
  clock: Clock
  newId(): string
  /** Sends to the server; false where there is no connection. */
  send(message: ClientMessage): boolean
}

/** What a person can do to the files. Every change is written to the draft after a pause. */
export class Editing {
  readonly formatProblem: Store<FormatProblem | null> = createStore<FormatProblem | null>(null)
  readonly #parts: EditingParts
  /** Format requests under way: what was sent, by request id. */
  readonly #formats = new Map<string, { file: string; text: string }>()
  #cancelSave: (() => void) | null = null

  constructor(parts: EditingParts) {
    this.#parts = parts
  }

  /** Takes in what was typed. */
  edit(name: string, text: string): void {
    this.#change((workspace) => editFile(workspace, name, text))
    if (this.formatProblem.get()?.file === name) this.formatProblem.set(null)
  }

  activateFile(name: string): void {
    this.#change((workspace) => activate(workspace, name))
  }

  addFile(name: string): void {
    this.#change((workspace) => addFile(workspace, name))
  }

  renameFile(from: string, to: string): void {
    this.#change((workspace) => renameFile(workspace, from, to))
  }

  deleteFile(name: string): void {
    this.#change((workspace) => deleteFile(workspace, name))
  }

  /** Takes in the answer to a question: chosen options, or one line. */
  answer(question: string, given: number[]): void {
    this.#change((workspace) => answer(workspace, question, given))
  }

  resetToStarter(): void {
    this.#change(resetToStarter)
  }

  #change(change: (workspace: Workspace) => Workspace): void {
    const before = this.#parts.workspace.get()
    if (!before) return
    this.#parts.workspace.set(change(before))
    if (this.#parts.workspace.get() !== before) this.#saveSoon()
  }

  #saveSoon(): void {
    this.#cancelSave?.()
    this.#cancelSave = this.#parts.clock.after(DRAFT_PAUSE_MS, () => this.saveNow())
  }

  /** Writes the draft at once, where something waits to be written. */
  saveNow(): void {
    if (!this.#cancelSave && !this.#parts.drafts.isHomeless()) return
    this.#cancelSave?.()
    this.#cancelSave = null
    this.#parts.drafts.save()
  }

  /** Formats the open file with gofmt, and keeps the draft. */
  format(): void {
    this.saveNow()
    const workspace = this.#parts.workspace.get()
    const file = workspace && fileNamed(workspace, workspace.active)
    if (file?.role !== 'editable') return
    const request = this.#parts.newId()
    if (this.#parts.send({ type: 'format', request, file: { name: file.name, text: file.text } })) {
      this.#formats.set(request, { file: file.name, text: file.text })
    }
  }

  /** Takes in the answer to a format request. */
  applyFormat(message: Extract<ServerMessage, { type: 'formatted' }>): void {
    const asked = this.#formats.get(message.request)
    this.#formats.delete(message.request)
    const workspace = this.#parts.workspace.get()
    // What was typed since is worth more than the format of what stood before.
    if (!asked || !workspace || fileNamed(workspace, asked.file)?.text !== asked.text) return
    if (message.text !== null) this.edit(asked.file, message.text)
    else this.formatProblem.set({ ...asked, diagnostics: message.diagnostics })
  }

  /** A format request that gets no answer any more; without a name, all of them. */
  forgetFormat(request?: string): void {
    if (request === undefined) this.#formats.clear()
    else this.#formats.delete(request)
  }
}
