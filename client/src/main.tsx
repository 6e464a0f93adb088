import './connection/without-eval.ts'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { browserClock, openSocket } from './connection/browser.ts'
import { httpCatalogue } from './connection/catalogue.ts'
import { Connection } from './connection/connection.ts'
import { httpDrafts } from './connection/drafts.ts'
import { newId } from './connection/new-id.ts'
import { httpRecords } from './connection/records.ts'
import { httpTimelines } from './connection/timelines.ts'
import { PracticePage } from './features/page/practice-page.tsx'
import { Practice } from './state/practice.ts'
import { resumeList } from './state/session.ts'
import './ui/tokens.css'
import './ui/base.css'

/** hello names at most so many runs; the protocol's own cap. */
const MAX_RESUMED = 8

const practice = new Practice({
  catalogue: httpCatalogue((input) => fetch(input)),
  records: httpRecords((input, init) => fetch(input, init)),
  draftServer: httpDrafts((input, init) => fetch(input, init)),
  timelines: httpTimelines((input) => fetch(input)),
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

const root = document.getElementById('page')
if (!root) throw new Error('index.html has no element #page')
createRoot(root).render(
  <StrictMode>
    <PracticePage practice={practice} onReconnect={() => connection.connect()} />
  </StrictMode>,
)
