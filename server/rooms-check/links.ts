import type { Guide } from '@sandbox/protocol'

/** The two links of an interview, as their keys. */
export type Links = { interviewer: string; candidate: string }

export type NewInterview = { cookie: string; title: string; guide: Guide }

/** A new person's Cookie header, got as a browser gets it. Throws where the server gives none. */
export async function newPerson(url: string): Promise<string> {
  const answer = await fetch(`${url}/api/interviews`)
  await answer.arrayBuffer()
  const cookie = answer.headers.get('set-cookie')?.split(';')[0]
  if (cookie === undefined) throw new Error(`the server gave no cookie: status ${answer.status}`)
  return cookie
}

/** Makes an interview as its page does. Throws where the server does not. */
export async function makeInterview(url: string, { cookie, title, guide }: NewInterview): Promise<Links> {
  const answer = await fetch(`${url}/api/interviews`, {
    method: 'POST',
    headers: { cookie, origin: url, 'content-type': 'application/json' },
    body: JSON.stringify({ title, candidate: 'Mira', guide }),
  })
  if (answer.status !== 201) throw new Error(`no interview could be made: ${await answer.text()}`)
  return (await answer.json()) as Links
}
