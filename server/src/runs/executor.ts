import type { Diagnostic, RunEvent, RunRequest, SourceFile, Timeline, VerdictEvent } from '@sandbox/protocol'

export type RunTask = {
  person: string
  request: RunRequest
  /** Takes what is too large for an event, before the event that announces it. */
  keepTimeline?: (timeline: Timeline) => void
}

/**
 * Carries out one run whose turn has come. Emits everything but `queued` and `verdict` and returns the verdict; an aborted
 * signal makes it return `cancelled` soon. It throws only when the platform fails. The registry fills in timings.queue and
 * timings.total.
 */
export type Execute = (task: RunTask, signal: AbortSignal, emit: (event: RunEvent) => void) => Promise<VerdictEvent>

export type FormatTask = { person: string; file: SourceFile }

/** `text` is null where the file does not parse; `diagnostics` says where. */
export type Formatted = { text: string | null; diagnostics: Diagnostic[] }

/** gofmt of one file. Throws only when the platform fails. */
export type Format = (task: FormatTask, signal: AbortSignal) => Promise<Formatted>
