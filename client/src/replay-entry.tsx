import type { ReactElement } from 'react'
import { browserClock } from './connection/browser.ts'
import { httpReplays } from './connection/replays.ts'
import { ReplayPage } from './features/replay/replay-page.tsx'

/** An interview looked at again. It needs no connection: nothing happens in it any more. */
export function openReplay(key: string): ReactElement {
  return <ReplayPage source={httpReplays((input) => fetch(input), key)} clock={browserClock} storage={localStorage} />
}
