import type { Crash, RacePair } from './account.ts'

const RACE_REPORT = /^={18}\nWARNING: DATA RACE\n[\s\S]*?^={18}\n/gm
const RACES_COUNTED = /^Found \d+ data race\(s\)\n/gm
/** A panic or fatal error together with the dump that follows: a text that was only printed has none. */
const CRASH =
  /^(?:panic: |fatal error: )(?:(?!^goroutine )[^\n]*\n)*?\n(?:runtime stack:\n[\s\S]*?\n\n)?goroutine \d+ [^\n]*:\n[\s\S]*/m

/** Splits the race detector's reports from the text around them. */
export function takeRaces(text: string): { rest: string; reports: string[] } {
  const reports = text.match(RACE_REPORT) ?? []
  return { rest: text.replace(RACE_REPORT, '').replace(RACES_COUNTED, ''), reports: [...reports] }
}

/** Splits the crash that ended the program, with its goroutine dump, from the text before it. */
export function takeCrash(text: string): { rest: string; crash: string | null } {
  const found = CRASH.exec(text)
  if (!found) return { rest: text, crash: null }
  return { rest: text.slice(0, found.index), crash: found[0] }
}

/** Reads a crash: its message, and the first goroutine's calls in the package's own files. `own` tells those by path. */
export function readCrash(crash: string, own: OwnFile): Crash {
  const [message = '', , dump = ''] = crash.split(/\n(\n)(?=goroutine \d+ )/)
  const first = dump.split('\n\n')[0] ?? ''
  return { message: bareMessage(message), calls: ownCalls(first.split('\n').slice(1), own) }
}

/** A crash's message without what the runtime puts around it. */
export function bareMessage(message: string): string {
  return message
    .replace(/^(?:panic|fatal error): /, '')
    .replace(/ \[recovered(?:, repanicked)?\]/g, '')
    .replace(/\n\[signal [\s\S]*$/, '')
    .trimEnd()
}

/** The bare name of a file of the package, null for every other path. */
export type OwnFile = (path: string) => string | null

function ownCalls(lines: readonly string[], own: OwnFile): string[] {
  const calls: string[] = []
  for (const [index, line] of lines.entries()) {
    const place = /^\s+(.+):(\d+)(?: \+0x[0-9a-f]+)?$/.exec(line)
    const call = lines[index - 1]
    if (!place || !call || call.startsWith('created by ')) continue
    const file = own(place[1] ?? '')
    if (file) calls.push(`${bareFunction(call)} ${file}:${place[2]}`)
  }
  return calls
}

/** `example.com/ring.(*Ring).Push(0xc000…, …)` → `(*Ring).Push`; the package's path is not part of the comparison. */
export function bareFunction(call: string): string {
  const name = call.replace(/\([^()]*\)$/, '')
  const path = name.slice(0, name.indexOf('(') < 0 ? undefined : name.indexOf('('))
  const afterPath = name.slice(path.lastIndexOf('/') + 1)
  return afterPath.slice(afterPath.indexOf('.') + 1)
}

/** The two accesses of a race report, each by its innermost call in the package's own files. */
export function readRace(report: string, own: OwnFile): RacePair {
  const accesses = report
    .split('\n\n')
    .slice(0, 2)
    .map((block) => readAccess(block, own))
  const [one = '', two = ''] = accesses.sort()
  return [one, two]
}

function readAccess(block: string, own: OwnFile): string {
  const kind = /^(?:Previous )?(read|write) at /im.exec(block)?.[1]?.toLowerCase() ?? 'unknown'
  for (const [, path = '', line = ''] of block.matchAll(/^ {6}(.+):(\d+)(?: \+0x[0-9a-f]+)?$/gm)) {
    const file = own(path)
    if (file) return `${kind} ${file}:${line}`
  }
  return kind
}
