import type { ReactElement } from 'react'
import { browserClock } from './connection/browser.ts'
import { httpCatalogue } from './connection/catalogue.ts'
import { httpKeptRuns } from './connection/kept-runs.ts'
import { KeptRunPage } from './features/page/kept-run-page.tsx'
import { KeptDesk } from './state/kept-desk.ts'
import type { TimelineSource } from './state/ports.ts'

/** The page of a kept run. It needs no connection: nothing happens in it any more. */
export function openKeptRun(id: string, timelines: TimelineSource): ReactElement {
  const desk = new KeptDesk({
    catalogue: httpCatalogue((input) => fetch(input)),
    keptRuns: httpKeptRuns((input, init) => fetch(input, init)),
    timelines,
    storage: localStorage,
    clock: browserClock,
  })
  void desk.open(id)
  return <KeptRunPage desk={desk} onOpen={(path) => location.assign(path)} />
}
