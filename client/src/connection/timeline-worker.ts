import './without-eval.ts'
import { httpTimelines } from './timelines.ts'
import type { TimelineAnswer, TimelineQuestion } from './worker-timelines.ts'

/** Fetches and checks one timeline, away from the page: of a full one that takes several frames. */
addEventListener('message', ({ data }: MessageEvent<TimelineQuestion>) => {
  const source = httpTimelines((input) => fetch(input), data.runs)
  const answer = (value: TimelineAnswer) => postMessage(value)
  source.timeline(data.run).then(
    (timeline) => answer({ timeline }),
    (error: unknown) => answer({ sentence: error instanceof Error ? error.message : String(error) }),
  )
})
