/** An import that the direction check must refuse, or must let pass. */
export interface Plant {
  file: string
  source: string
  verdict: 'break' | 'fine'
}

function forbidden(file: string, source: string): Plant {
  return { file, source, verdict: 'break' }
}

function allowed(file: string, source: string): Plant {
  return { file, source, verdict: 'fine' }
}

const EVERY_FORM = [
  "import { serve } from '../edge/http.ts'",
  "import type { Http } from '../edge/http.ts'",
  "import { type Http } from '../edge/http.ts'",
  "import '../edge/http.ts'",
  "export { serve } from '../edge/http.ts'",
  "export type { Http } from '../edge/http.ts'",
  "export * from '../edge/http.ts'",
  "export type * from '../edge/http.ts'",
  "type Http = import('../edge/http.ts').Http",
  "type Http = typeof import('../edge/http.ts')",
  "const http = await import('../edge/http.ts')",
  "const http = await import('../../src/edge/http.ts')",
  'const http = await import(`../edge/http.ts`)',
  "const http = await import('../ed' + 'ge/http.ts')",
  "const http = require('../edge/http.ts')",
  "import http = require('../edge/http.ts')",
  "new Worker(new URL('../edge/http.ts', import.meta.url))",
]

/**
 * What the check is tried on each time it runs: a rule that has stopped catching is worse than none, because it is
 * trusted. Every direction of the architecture and every form that an import can take.
 */
export const PLANTS: readonly Plant[] = [
  ...EVERY_FORM.map((source) => forbidden('server/src/runs/planted.ts', source)),
  forbidden('client/src/state/planted.ts', "import type { Run } from '../../../server/src/runs/run-registry.ts'"),
  forbidden('client/src/main.tsx', "import type { Run } from '@sandbox/server/src/runs/run-registry.ts'"),
  forbidden('server/src/edge/planted.ts', "import type { Page } from '../../../client/src/main.tsx'"),
  forbidden('server/protocol/src/planted.ts', "import type { Run } from '../../src/runs/run-registry.ts'"),
  forbidden('server/protocol/src/planted.ts', "import { readFileSync } from 'node:fs'"),
  forbidden('server/src/edge/planted.ts', "import type { SandboxDriver } from '../sandbox/driver.ts'"),
  forbidden('server/src/sessions/planted.ts', "import type { Http } from '../edge/http.ts'"),
  forbidden('server/src/sandbox/planted.ts', "import type { Run } from '../runs/run-registry.ts'"),
  forbidden('server/src/reports/planted.ts', "import type { Driver } from '../sandbox/driver.ts'"),
  forbidden('server/src/reports/planted.ts', "import { readFileSync } from 'node:fs'"),
  forbidden('server/src/exercises/planted.ts', "import type { Run } from '../runs/run-registry.ts'"),
  forbidden('client/src/ui/planted.tsx', "import { connect } from '../connection/connection.ts'"),
  forbidden('client/src/features/race/planted.tsx', "import type { editor } from 'monaco-editor'"),
  forbidden('client/src/features/race/planted.tsx', "import 'monaco-editor/esm/vs/editor/editor.api.js'"),
  forbidden('server/src/sandbox/planted.ts', "import type Docker from 'dockerode'"),
  forbidden('server/src/sessions/planted.ts', "import type { Request } from 'express'"),
  allowed('server/src/runs/planted.ts', "import type { Sandbox } from '../sandbox/driver.ts'"),
  forbidden('client/src/state/planted.ts', "import type { Clock } from '../connection/connection.ts'"),
  allowed('server/src/runs/planted.ts', "import { parseRace } from '../reports/race-report.ts'"),
  allowed('server/src/sandbox/docker-engine.ts', "import Docker from 'dockerode'"),
  allowed('client/src/features/editor/planted.ts', "import type { editor } from 'monaco-editor'"),
  allowed('client/src/state/planted.ts', "import { RunEvent } from '@sandbox/protocol'"),
  allowed('server/src/main.ts', "import { createHttp } from './edge/http.ts'"),
]
