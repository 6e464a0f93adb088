import type { ClientMessage, Diagnostic, ServerMessage } from '@sandbox/protocol'
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

/** Why gofmt would not format a file, until the file is edited. */
export interface FormatProblem {
  file: string
  text: string
  diagnostics: Diagnostic[]
}

export interface EditingParts {
  workspace: Store<Workspace | null>
  /** Takes in what a person did to the files. */
  change(change: (workspace: Workspace) => Workspace): void
  newId(): string
  /** Sends to the server; false where there is no connection. */
  send(message: ClientMessage): boolean
}

/** What a person can do to the files. */
export class Editing {
  readonly formatProblem: Store<FormatProblem | null> = createStore<FormatProblem | null>(null)
  readonly #parts: EditingParts
  /** Format requests under way: what was sent, by request id. */
  readonly #formats = new Map<string, { file: string; text: string }>()

  constructor(parts: EditingParts) {
    this.#parts = parts
    parts.workspace.subscribe(() => this.#forgetOldProblem())
  }

  /** What gofmt said of a file holds until the file reads otherwise, whoever changed it. */
  #forgetOldProblem(): void {
    const problem = this.formatProblem.get()
    const workspace = this.#parts.workspace.get()
    if (problem && (!workspace || fileNamed(workspace, problem.file)?.text !== problem.text))
      this.formatProblem.set(null)
  }

  /** Takes in what was typed. */
  edit(name: string, text: string): void {
    this.#parts.change((workspace) => editFile(workspace, name, text))
  }

  activateFile(name: string): void {
    this.#parts.change((workspace) => activate(workspace, name))
  }

  addFile(name: string): void {
    this.#parts.change((workspace) => addFile(workspace, name))
  }

  renameFile(from: string, to: string): void {
    this.#parts.change((workspace) => renameFile(workspace, from, to))
  }

  deleteFile(name: string): void {
    this.#parts.change((workspace) => deleteFile(workspace, name))
  }

  /** Takes in the answer to a question: chosen options, or one line. */
  answer(question: string, given: number[]): void {
    this.#parts.change((workspace) => answer(workspace, question, given))
  }

  resetToStarter(): void {
    this.#parts.change(resetToStarter)
  }

  /** Formats the open file with gofmt. */
  format(): void {
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
