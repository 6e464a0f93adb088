import { randomUUID } from 'node:crypto'
import type { Act, LoggedEntry, RunRequest } from '@sandbox/protocol'
import * as Y from 'yjs'
import type { TestClient } from '../src/edge/test-server.ts'

/** One page at an interview, as the audit leads it: each thing is done when the one before it is on the disk. */
export class Page {
  readonly client: TestClient
  #serial = 0

  constructor(client: TestClient) {
    this.client = client
  }

  /** Resolves once the page is in. */
  async inside(): Promise<this> {
    await this.client.message('room')
    return this
  }

  /** Throws where the server does not take it. */
  async act(act: Act): Promise<void> {
    const serial = ++this.#serial
    this.client.say({ type: 'act', serial, id: randomUUID(), act })
    await this.#kept(serial)
  }

  /** Writes at the beginning of a file. Throws where there is no such file, or the server does not take it. */
  async type(path: string, words: string): Promise<void> {
    const doc = new Y.Doc()
    for (const message of this.client.messages) {
      if (message.type === 'room') Y.applyUpdate(doc, Buffer.from(message.document, 'base64'))
      if (message.type === 'edited') Y.applyUpdate(doc, Buffer.from(message.update, 'base64'))
    }
    const before = Y.encodeStateVector(doc)
    const text = doc.getMap<Y.Text>('files').get(path)
    if (text === undefined) throw new Error(`there is no ${path}`)
    text.insert(0, words)
    const serial = ++this.#serial
    const update = Buffer.from(Y.encodeStateAsUpdate(doc, before)).toString('base64')
    this.client.say({ type: 'edit', serial, update })
    await this.#kept(serial)
  }

  /** Runs files until there is a verdict; returns the run's name and how it ended. Throws where it is not run. */
  async run(run: Omit<RunRequest, 'snapshot'>): Promise<{ id: string; verdict: string }> {
    // Both pages hear of all runs: what one asks for must not be taken for the other's.
    const request = randomUUID()
    this.client.say({ type: 'run', request, run: { ...run, snapshot: request } })
    const answer = await this.client.until((messages) =>
      messages.find(
        (one) =>
          (one.type === 'run' && one.run.request === request) || (one.type === 'error' && one.request === request),
      ),
    )
    if (answer.type !== 'run') throw new Error(`nothing was run: ${JSON.stringify(answer)}`)
    const { id } = answer.run
    const verdict = await this.client.until((messages) =>
      messages
        .flatMap((one) =>
          one.type === 'event' && one.run === id && one.event.type === 'verdict' ? [one.event.verdict] : [],
        )
        .at(0),
    )
    return { id, verdict }
  }

  /** The first entry that is so, shown already or later. */
  entry(isIt: (logged: LoggedEntry) => boolean): Promise<LoggedEntry> {
    return this.client.until((messages) =>
      messages.flatMap((one) => (one.type === 'entries' || one.type === 'room' ? one.entries : [])).find(isIt),
    )
  }

  async #kept(serial: number): Promise<void> {
    const answer = await this.client.until((messages) =>
      messages.find(
        (one) => (one.type === 'kept' && one.serial >= serial) || (one.type === 'dropped' && one.serial === serial),
      ),
    )
    if (answer.type === 'dropped') throw new Error(`the server did not take it: ${answer.message}`)
  }
}
