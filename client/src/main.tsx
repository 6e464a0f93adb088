import './connection/without-eval.ts'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import TimelineWorker from './connection/timeline-worker.ts?worker'
import { workerTimelines } from './connection/worker-timelines.ts'
import { openKeptRun } from './kept-run-entry.tsx'
import { openPractice } from './practice-entry.tsx'
import { parseRoute } from './state/route.ts'
import './ui/tokens.css'
import './ui/base.css'

const timelines = workerTimelines(() => new TimelineWorker())
const route = parseRoute(location.pathname)
const root = document.getElementById('page')
if (!root) throw new Error('index.html has no element #page')
createRoot(root).render(
  <StrictMode>{route.type === 'run' ? openKeptRun(route.id, timelines) : openPractice(timelines)}</StrictMode>,
)
