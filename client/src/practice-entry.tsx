import type { ReactElement } from 'react'
import { browserClock, openSocket } from './connection/browser.ts'
import { httpCatalogue } from './connection/catalogue.ts'
import { Connection, MAX_RESUMED } from './connection/connection.ts'
import { httpDrafts } from './connection/drafts.ts'
import { httpKeptRuns } from './connection/kept-runs.ts'
import { newId } from './connection/new-id.ts'
import { httpRecords } from './connection/records.ts'
import { PracticePage } from './features/page/practice-page.tsx'
import type { TimelineSource } from './state/ports.ts'
import { Practice } from './state/practice.ts'
import { resumeList } from './state/session.ts'

/** The practice page, with its connection. */
export function openPractice(timelines: TimelineSource): ReactElement {
  const practice = new Practice({
    catalogue: httpCatalogue((input) => fetch(input)),
    records: httpRecords((input, init) => fetch(input, init)),
    draftServer: httpDrafts((input, init) => fetch(input, init)),
    timelines,
    keptRuns: httpKeptRuns((input, init) => fetch(input, init)),
    storage: localStorage,
    tabStorage: sessionStorage,
    clock: browserClock,
    address: {
      path: () => location.pathname,
      go: (path, replace) => (replace ? history.replaceState(null, '', path) : history.pushState(null, '', path)),
    },
    newId,
    send: (message) => connection.send(message),
    resync: () => connection.restart(),
  })

  const connection = new Connection({
    open: () => openSocket(location),
    clock: browserClock,
    resume: () => resumeList(practice.session.get(), MAX_RESUMED),
    onMessage: (message) => practice.receive(message),
    onState: (state) => practice.connectionChanged(state),
  })

  connection.connect()
  void practice.start()

  window.addEventListener('popstate', () => void practice.openAddress())
  window.addEventListener('storage', (event) => {
    if (event.storageArea === localStorage) practice.drafts.storageChanged(event.key)
  })
  window.addEventListener('pagehide', () => practice.leave())
  window.addEventListener('online', () => connection.connect())
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') practice.leave()
    // A tab that slept may have missed what others wrote.
    else practice.drafts.storageChanged(null)
  })
  return <PracticePage practice={practice} onReconnect={() => connection.connect()} />
}
