import type { Clock } from '../state/ports.ts'
import type { Socket } from './connection.ts'

/** The browser's clock and chance. */
export const browserClock: Clock = {
  now: () => Date.now(),
  random: () => Math.random(),
  after(ms, act) {
    const id = setTimeout(act, ms)
    return () => clearTimeout(id)
  },
}

/** A WebSocket to `/ws` of this page's own server. */
export function openSocket(location: Location): Socket {
  const scheme = location.protocol === 'https:' ? 'wss' : 'ws'
  const webSocket = new WebSocket(`${scheme}://${location.host}/ws`)
  const socket: Socket = {
    send: (text) => webSocket.send(text),
    close: () => webSocket.close(),
    onopen: null,
    onmessage: null,
    onclose: null,
  }
  webSocket.onopen = () => socket.onopen?.()
  webSocket.onmessage = (event: MessageEvent<unknown>) => socket.onmessage?.({ data: event.data })
  webSocket.onclose = ({ code, reason }) => socket.onclose?.({ code, reason })
  return socket
}
