import type { ClientMessage, Insight } from '@sandbox/protocol'
import type { RunState } from './run.ts'
import { activeRun, runsOf, type Session } from './session.ts'
import { snapshotName } from './snapshot.ts'
import type { Store } from './store.ts'
import type { View } from './view.ts'
import { draftFiles, ownFiles, type Workspace } from './workspace.ts'

export interface RunsParts {
  session: Store<Session>
  workspace: Store<Workspace | null>
  view: Store<View>
  newId(): string
  /** Sends to the server; false where there is no connection. */
  send(message: ClientMessage): boolean
}

export interface RunOptions {
  /** Other schedules are tried for much longer than usual. */
  longer?: boolean
  /** A closer look in place of a run that counts. */
  insight?: Insight
}

/** The runs of the open exercise: starts, stops and finds them. */
export class Runs {
  readonly #parts: RunsParts

  constructor(parts: RunsParts) {
    this.#parts = parts
  }

  /** Whether Run would do something now; otherwise the sentence that says why not. */
  problem(): string | null {
    const { connection, sandbox } = this.#parts.session.get()
    if (connection.type !== 'connected') return 'There is no connection to the server.'
    if (sandbox && !sandbox.ready) return 'The server has no sandbox to run code in.'
    if (!this.#parts.workspace.get()) return 'No exercise is open.'
    return null
  }

  /** Runs the code as it stands. */
  start({ longer = false, insight }: RunOptions = {}): void {
    const { session, newId, send } = this.#parts
    const workspace = this.#parts.workspace.get()
    if (!workspace || this.problem() || this.active() || session.get().asked.length > 0) return
    const request = newId()
    const files = ownFiles(workspace)
    const { exercise, answers } = workspace
    const snapshot = snapshotName(draftFiles(workspace))
    const given = {
      ...(Object.keys(answers).length > 0 ? { answers } : {}),
      ...(longer ? { longer } : {}),
      ...(insight ? { insight } : {}),
    }
    const sent = send({ type: 'run', request, run: { exercise, files, snapshot, ...given } })
    if (sent) session.update((state) => ({ ...state, asked: [...state.asked, request], notice: null }))
  }

  /** Cancels the run that goes on for this exercise. */
  cancel(): void {
    const run = this.active()
    if (run) this.#parts.send({ type: 'cancel', run: run.description.id })
  }

  /** The run of the open exercise that has not ended. */
  active(): RunState | null {
    const workspace = this.#parts.workspace.get()
    return workspace ? activeRun(this.#parts.session.get(), workspace.exercise) : null
  }

  /** The run that the results show: the one that was chosen, else the newest. */
  shown(): RunState | null {
    const workspace = this.#parts.workspace.get()
    if (!workspace) return null
    const runs = runsOf(this.#parts.session.get(), workspace.exercise)
    const chosen = this.#parts.view.get().run
    return runs.find((run) => run.description.id === chosen) ?? runs.at(-1) ?? null
  }

  dismissNotice(): void {
    this.#parts.session.update((session) => ({ ...session, notice: null }))
  }
}
