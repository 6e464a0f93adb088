import { KeptLink, KeptRun } from '@sandbox/protocol'
import { z } from 'zod'
import type { KeptRunSource } from '../state/ports.ts'

/** Kept runs of this page's own server. Fails with a sentence for the page. */
export function httpKeptRuns(ask: typeof fetch): KeptRunSource {
  return {
    async keep(run) {
      const response = await answerOf(ask, `${pathOf(run)}/keep`, { method: 'POST' })
      return KeptLink.parse(await response.json())
    },
    async read(id) {
      const response = await answerOf(ask, pathOf(id), {}, [404])
      if (response.status === 404) return null
      const parsed = KeptRun.safeParse(await response.json().catch(() => null))
      if (!parsed.success) throw new Error('This page does not understand the kept run: reload it.')
      return { kept: parsed.data, own: response.headers.get('allow')?.includes('DELETE') ?? false }
    },
    async remove(id) {
      // What is not there any more needs no deletion.
      await answerOf(ask, pathOf(id), { method: 'DELETE' }, [404])
    },
  }
}

function pathOf(id: string): string {
  return `/api/runs/${encodeURIComponent(id)}`
}

const Complaint = z.object({ error: z.string() })

async function answerOf(ask: typeof fetch, path: string, options: RequestInit = {}, expected: number[] = []) {
  let response: Response
  try {
    response = await ask(path, options)
  } catch (cause) {
    throw new Error('The server cannot be reached.', { cause })
  }
  if (response.ok || expected.includes(response.status)) return response
  const complaint = Complaint.safeParse(await response.json().catch(() => null))
  throw new Error(complaint.success ? complaint.data.error : `The server answered ${response.status}.`)
}
