import { PROTOCOL_VERSION, type RunEvent, type RunRequest, ServerMessage, type VerdictEvent } from '@sandbox/protocol'
import { WebSocket } from 'ws'

/**
 * What one click came to: milliseconds from sending it to its result, and each event with its time of arrival. The result
 * is the verdict, or what comes before other schedules are tried.
 */
export interface Click {
  ms: number
  verdict: Omit<VerdictEvent, 'type'>
  /** Resolves at the verdict: nothing of this run goes on any more. */
  ended: Promise<void>
  /** `at` is the wall clock in ms since the epoch. */
  events: { at: number; event: RunEvent }[]
}

/** One person with one open socket, as a page would have it. */
export interface Person {
  /** `onEvent` hears of each event as it arrives. */
  click(run: RunRequest, onEvent?: (event: RunEvent) => void): Promise<Click>
  close(): void
}

/** A new person, welcomed by the server. */
export async function meet(url: string): Promise<Person> {
  const page = await fetch(url)
  const cookie = page.headers
    .getSetCookie()
    .map((set) => set.split(';')[0])
    .join('; ')
  await page.arrayBuffer()
  const socket = new WebSocket(`${url.replace(/^http/, 'ws').replace(/\/$/, '')}/ws`, {
    headers: { Cookie: cookie, Origin: new URL(url).origin },
  })
  await opened(socket)
  socket.send(JSON.stringify({ type: 'hello', version: PROTOCOL_VERSION, resume: [] }))
  let clicks = 0
  return {
    click(run, onEvent = () => {}) {
      clicks++
      return clickOn(socket, { run, request: `bench-${clicks}`, onEvent })
    },
    close: () => socket.close(),
  }
}

function opened(socket: WebSocket): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once('open', () => resolve())
    socket.once('error', reject)
  })
}

type Clicking = { run: RunRequest; request: string; onEvent: (event: RunEvent) => void }

function clickOn(socket: WebSocket, { run, request, onEvent }: Clicking): Promise<Click> {
  return new Promise((resolve, reject) => {
    const events: Click['events'] = []
    const end = Promise.withResolvers<void>()
    let id: string | null = null
    const begun = performance.now()
    const done = () => {
      socket.off('message', onMessage)
      socket.off('close', onClose)
    }
    const onClose = (code: number) => {
      done()
      reject(new Error(`the socket was closed with ${code}`))
    }
    const onMessage = (data: Buffer) => {
      const message = ServerMessage.parse(JSON.parse(data.toString()))
      if (message.type === 'run' && message.run.request === request) id = message.run.id
      if (message.type === 'error' && message.request === request) {
        done()
        reject(new Error(message.message))
      }
      if (message.type !== 'event' || message.run !== id) return
      events.push({ at: performance.timeOrigin + performance.now(), event: message.event })
      onEvent(message.event)
      const { event } = message
      if (event.type !== 'result' && event.type !== 'verdict') return
      resolve({ ms: performance.now() - begun, verdict: event, events, ended: end.promise })
      if (event.type !== 'verdict') return
      done()
      end.resolve()
    }
    socket.on('message', onMessage)
    socket.on('close', onClose)
    socket.send(JSON.stringify({ type: 'run', request, run }))
  })
}
