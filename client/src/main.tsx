import './connection/without-eval.ts'
import { type ReactElement, StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import TimelineWorker from './connection/timeline-worker.ts?worker'
import { workerTimelines } from './connection/worker-timelines.ts'
import { openKeptRun } from './kept-run-entry.tsx'
import { openPractice } from './practice-entry.tsx'
import { parseRoute } from './state/route.ts'
import './ui/tokens.css'
import './ui/base.css'

const root = document.getElementById('page')
if (!root) throw new Error('index.html has no element #page')
const reactRoot = createRoot(root)
const show = (page: ReactElement) => reactRoot.render(<StrictMode>{page}</StrictMode>)

/** Timelines of the runs under an address; without one a person's own. */
const timelinesOf = (runs?: string) => workerTimelines(() => new TimelineWorker(), runs)

const route = parseRoute(location.pathname)
// What only interviews need is no part of practice.
if (route.type === 'interview')
  void import('./interview-entry.tsx').then(({ openInterview }) => show(openInterview(route.key, timelinesOf)))
else if (route.type === 'interviews')
  void import('./interviews-entry.tsx').then(({ openInterviews }) => show(openInterviews()))
else if (route.type === 'replay')
  void import('./replay-entry.tsx').then(({ openReplay }) => show(openReplay(route.key)))
else show(route.type === 'run' ? openKeptRun(route.id, timelinesOf()) : openPractice(timelinesOf()))
