import type { DraftServer } from '../draft-sync.ts'

/** A server that keeps whatever it is told. */
export const anyDraft: DraftServer = {
  read: async () => null,
  keep: async (_, { base, ...content }) => ({ kept: true, draft: { ...content, revision: base + 1, savedAt: 1 } }),
}
