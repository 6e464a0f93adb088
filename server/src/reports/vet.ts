import type { Diagnostic } from '@sandbox/protocol'
import { z } from 'zod'
import { MAX_DIAGNOSTICS, parseCompilerOutput, redactMessage } from './compiler.ts'
import { hiddenName, isHiddenName, ownFileByName, type Sources } from './sources.ts'

/** The analyzers that `go test` runs (cmd/go/internal/test/test.go, defaultVetFlags): their findings stop a run. */
const GATE_ANALYZERS: ReadonlySet<string> = new Set([
  'atomic',
  'bool',
  'bools',
  'buildtag',
  'buildtags',
  'directive',
  'errorsas',
  'ifaceassert',
  'nilfunc',
  'printf',
  'slog',
  'stringintconv',
  'tests',
])

/** One unit's answer: package → analyzer → findings, or an error of the analyzer itself. */
const VetOutput = z.record(
  z.string(),
  z.record(
    z.string(),
    z.union([
      z.array(z.object({ posn: z.string(), end: z.string().optional(), message: z.string() })),
      z.object({ error: z.string() }),
    ]),
  ),
)
type Finding = { posn: string; end?: string | undefined; message: string }

/** Reads the output of `vet -json` of one unit. What is not JSON is read as compiler messages: vet's own type errors. */
export function parseVetOutput(sources: Sources, text: string): Diagnostic[] {
  const json = text.replace(/^#.*\n/gm, '').trim()
  if (json === '') return []
  const parsed = VetOutput.safeParse(parseJson(json))
  if (!parsed.success) return parseCompilerOutput(sources, 'vet', json.replace(/^vet: /gm, ''))
  const findings = Object.values(parsed.data).flatMap((byAnalyzer) =>
    Object.entries(byAnalyzer).flatMap(([analyzer, found]) =>
      Array.isArray(found) ? found.map((finding) => toDiagnostic(sources, analyzer, finding)) : [],
    ),
  )
  // Advice is for the candidate: on a test that is not shown it says nothing.
  const told = findings.filter(({ severity, file }) => severity === 'error' || !isHiddenName(file))
  return withoutDuplicates(told).sort(byPlace).slice(0, MAX_DIAGNOSTICS)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function toDiagnostic(sources: Sources, analyzer: string, finding: Finding): Diagnostic {
  const begin = readPosition(finding.posn)
  const own = ownFileByName(sources, begin.path)
  const severity = GATE_ANALYZERS.has(analyzer) ? 'error' : 'advice'
  const hidden = own?.file.origin === 'hidden'
  const file = hidden ? hiddenName(own.name) : (own?.name ?? begin.path)
  const place = hidden
    ? { line: 0, column: 0 }
    : { line: begin.line, column: begin.column, ...endOf(finding, begin.path) }
  return { source: 'vet', severity, file, ...place, message: redactMessage(sources, file, finding.message), analyzer }
}

function endOf(finding: Finding, path: string): { endLine?: number; endColumn?: number } {
  const end = readPosition(finding.end ?? '')
  return end.path === path && end.line > 0 ? { endLine: end.line, endColumn: end.column } : {}
}

function readPosition(text: string): { path: string; line: number; column: number } {
  const [, path = text, line = '0', column = '0'] = /^(.*?):(\d+)(?::(\d+))?$/.exec(text) ?? []
  return { path, line: Number(line), column: Number(column) }
}

/** A file that belongs to two units (the package and its test variant) is vetted twice. */
function withoutDuplicates(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const seen = new Map(
    diagnostics.map((found) => [`${found.file}:${found.line}:${found.column}:${found.message}`, found]),
  )
  return [...seen.values()]
}

function byPlace(a: Diagnostic, b: Diagnostic): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1
  return a.line - b.line || a.column - b.column
}
