import type { Catalogue } from '../state/ports.ts'
import { decodeDetail, decodeSummaries } from './decode.ts'

/** The catalogue of this page's own server. Fails with a sentence for the page, the reason as its cause. */
export function httpCatalogue(get: typeof fetch): Catalogue {
  return {
    async list() {
      const response = await request(get, '/api/exercises')
      return decodeSummaries(await response.json())
    },
    async detail(slug) {
      const response = await request(get, `/api/exercises/${encodeURIComponent(slug)}`)
      return response.status === 404 ? null : decodeDetail(await response.json())
    },
  }
}

async function request(get: typeof fetch, path: string): Promise<Response> {
  let response: Response
  try {
    response = await get(path)
  } catch (cause) {
    throw new Error('The server cannot be reached.', { cause })
  }
  if (!response.ok && response.status !== 404) throw new Error(`The server answered ${response.status}.`)
  return response
}
