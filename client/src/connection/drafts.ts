import { type DraftUpdate, KeptDraft } from '@sandbox/protocol'
import type { DraftServer } from '../state/draft-sync.ts'

/** The drafts that the server keeps of this person. Fails with a sentence where it cannot be reached. */
export function httpDrafts(ask: typeof fetch): DraftServer {
  return {
    async read(exercise) {
      const response = await ask(pathOf(exercise))
      if (response.status === 204) return null
      if (!response.ok) throw new Error(`The server answered ${response.status}.`)
      return KeptDraft.parse(await response.json())
    },
    async keep(exercise, update: DraftUpdate) {
      const response = await ask(pathOf(exercise), {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(update),
      })
      if (!response.ok && response.status !== 409) throw new Error(`The server answered ${response.status}.`)
      return { kept: response.ok, draft: KeptDraft.parse(await response.json()) }
    },
  }
}

function pathOf(exercise: string): string {
  return `/api/drafts/${encodeURIComponent(exercise)}`
}
