import { posix } from 'node:path'
import { parseSync } from 'oxc-parser'

/** One import that goes the wrong way. */
export interface Break {
  file: string
  line: number
  specifier: string
  reason: string
}

interface Area {
  name: string
  /** A folder (with its slash) or one file. */
  path: string
  mayImport: readonly string[]
  /** Pure areas touch nothing outside. Their tests may read files all the same. */
  pure?: true
}

const PAGE = ['page', 'features', 'editor', 'connection', 'state', 'ui', 'protocol']
const SERVER = [
  'edge',
  'sessions',
  'interviews',
  'interview-report',
  'runs',
  'sandbox',
  'reports',
  'exercises',
  'store',
  'root',
  'protocol',
]

/**
 * Who may import whom; an area may always import itself. A file belongs to the first area whose path it starts with. A
 * test of the server may put together what it needs of the server.
 */
const AREAS: readonly Area[] = [
  { name: 'protocol', path: 'server/protocol/src/', mayImport: [], pure: true },
  {
    name: 'editor',
    path: 'client/src/features/editor/',
    mayImport: ['features', 'state', 'ui', 'protocol'],
    pure: true,
  },
  { name: 'features', path: 'client/src/features/', mayImport: ['editor', 'state', 'ui', 'protocol'], pure: true },
  { name: 'connection', path: 'client/src/connection/', mayImport: ['state', 'protocol'], pure: true },
  { name: 'state', path: 'client/src/state/', mayImport: ['protocol'], pure: true },
  { name: 'ui', path: 'client/src/ui/', mayImport: ['state', 'protocol'], pure: true },
  { name: 'page', path: 'client/src/', mayImport: PAGE, pure: true },
  {
    name: 'edge',
    path: 'server/src/edge/',
    mayImport: ['sessions', 'interviews', 'interview-report', 'runs', 'exercises', 'store', 'root', 'protocol'],
  },
  {
    name: 'sessions',
    path: 'server/src/sessions/',
    mayImport: ['interviews', 'runs', 'exercises', 'store', 'root', 'protocol'],
  },
  { name: 'interview-report', path: 'server/src/interviews/report/', mayImport: ['root', 'protocol'], pure: true },
  {
    name: 'interviews',
    path: 'server/src/interviews/',
    mayImport: ['interview-report', 'runs', 'exercises', 'store', 'root', 'protocol'],
  },
  {
    name: 'runs',
    path: 'server/src/runs/',
    mayImport: ['sandbox', 'reports', 'exercises', 'root', 'protocol'],
  },
  { name: 'sandbox', path: 'server/src/sandbox/', mayImport: ['root', 'protocol'] },
  { name: 'reports', path: 'server/src/reports/', mayImport: ['protocol'], pure: true },
  { name: 'exercises', path: 'server/src/exercises/', mayImport: ['root', 'protocol'] },
  { name: 'store', path: 'server/src/store/', mayImport: ['root', 'protocol'] },
  { name: 'main', path: 'server/src/main.ts', mayImport: [...SERVER, 'images'] },
  { name: 'root', path: 'server/src/', mayImport: ['protocol'] },
  { name: 'tools', path: 'server/', mayImport: [...SERVER, 'main', 'images'] },
  { name: 'images', path: 'sandbox-images/', mayImport: [] },
]

/** Libraries that shape what imports them: shipped code meets each in one place. Tests may drive them directly. */
const HEAVY: Readonly<Record<string, readonly string[]>> = {
  'monaco-editor': ['client/src/features/editor/'],
  '@monaco-editor/react': ['client/src/features/editor/'],
  dockerode: ['server/src/sandbox/docker-engine.ts'],
  express: ['server/src/edge/'],
  ws: ['server/src/edge/'],
  pino: ['server/src/log.ts'],
  yjs: [
    'server/src/interviews/document.ts',
    'server/src/interviews/update-check.ts',
    'client/src/state/interview/',
    'client/src/features/editor/shared-text.ts',
  ],
  'node:sqlite': ['server/src/store/'],
  'playwright-core': ['server/e2e/'],
}

/** Modules of Node that compute and do nothing else. */
const WITHOUT_EFFECT: readonly string[] = ['node:path', 'node:buffer', 'node:string_decoder']

const WORKSPACES: Readonly<Record<string, string>> = {
  '@sandbox/protocol': 'server/protocol/src/index.ts',
  '@sandbox/server': 'server/',
  '@sandbox/client': 'client/src/',
}

/** Every import of `source` that breaks the direction. `file` is the path from the project's root, with slashes. */
export function findBreaks(file: string, source: string): Break[] {
  const from = areaOf(file)
  if (!from) return []
  return importsOf(file, source).flatMap(({ specifier, offset }) => {
    const reason = specifier === null ? 'computed imports cannot be checked' : reasonAgainst(from, file, specifier)
    return reason === null ? [] : [{ file, line: lineAt(source, offset), specifier: specifier ?? '…', reason }]
  })
}

function areaOf(path: string): Area | undefined {
  return AREAS.find((area) => path.startsWith(area.path))
}

function reasonAgainst(from: Area, file: string, specifier: string): string | null {
  if (specifier.startsWith('/')) return 'absolute paths hide where an import goes'
  const target = resolve(file, specifier)
  return target === null ? reasonAgainstPackage(from, file, specifier) : reasonAgainstArea(from, file, target)
}

function reasonAgainstArea(from: Area, file: string, target: string): string | null {
  const to = areaOf(target)
  if (!to) return `${target} belongs to no area`
  if (to.name === from.name || from.mayImport.includes(to.name)) return null
  if (isTest(file) && file.startsWith('server/src/') && SERVER.includes(to.name)) return null
  return `${from.name} may not import ${to.name}`
}

function reasonAgainstPackage(from: Area, file: string, specifier: string): string | null {
  if (isTest(file)) return null
  const homes = HEAVY[packageOf(specifier)]
  if (homes && isShipped(file) && !homes.some((home) => file.startsWith(home))) {
    return `${packageOf(specifier)} is imported by ${homes.join(', ')} alone`
  }
  if (from.pure && specifier.startsWith('node:') && !WITHOUT_EFFECT.includes(specifier))
    return `${from.name} is pure: no ${specifier}`
  return null
}

function isTest(file: string): boolean {
  return /\.test\.tsx?$/.test(file)
}

/** What runs in production, and the browser's driver; measuring and attacking tools speak to the server as they like. */
function isShipped(file: string): boolean {
  return /^(client|server)\/src\//.test(file) || file.startsWith('server/e2e/')
}

/** Where an import leads inside the project; null for packages and Node's modules. */
function resolve(file: string, specifier: string): string | null {
  if (specifier.startsWith('.')) return posix.join(posix.dirname(file), specifier.replace(/\?.*$/, ''))
  const workspace = WORKSPACES[packageOf(specifier)]
  if (!workspace) return null
  const rest = specifier.slice(packageOf(specifier).length + 1)
  return rest === '' ? workspace : posix.join(workspace.replace(/[^/]*$/, ''), rest)
}

function packageOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
}

interface Found {
  /** Null when it is not a plain string. */
  specifier: string | null
  offset: number
}

/** All imports, type-only ones, `import()` types, worker URLs and `require` among them. */
function importsOf(file: string, source: string): Found[] {
  const found: Found[] = []
  walk(parseSync(file, source).program, (node) => {
    const operand = importedBy(node)
    if (operand !== undefined) found.push({ specifier: literal(operand), offset: node.start })
  })
  return found
}

interface SyntaxNode {
  type: string
  start: number
  [key: string]: unknown
}

/** The expression that names what a node imports; undefined when it imports nothing. */
function importedBy(node: SyntaxNode): unknown {
  switch (node.type) {
    case 'ImportDeclaration':
    case 'ExportAllDeclaration':
    case 'ImportExpression':
    case 'TSImportType':
      return node.source
    case 'ExportNamedDeclaration':
      return node.source ?? undefined
    case 'TSExternalModuleReference':
      return node.expression
    case 'CallExpression':
      return isNamed(node.callee, 'require') ? firstOf(node.arguments) : undefined
    case 'NewExpression':
      return isNamed(node.callee, 'URL') ? moduleUrl(node.arguments) : undefined
    default:
      return undefined
  }
}

/** `new URL('./x.ts', import.meta.url)` starts workers; URLs of other things are no imports. */
function moduleUrl(args: unknown): unknown {
  const text = literal(firstOf(args))
  return text !== null && /^\..*\.m?[jt]sx?$/.test(text) ? firstOf(args) : undefined
}

function isNamed(node: unknown, name: string): boolean {
  return isNode(node) && node.type === 'Identifier' && node.name === name
}

function firstOf(list: unknown): unknown {
  return Array.isArray(list) ? list[0] : undefined
}

function literal(node: unknown): string | null {
  return isNode(node) && node.type === 'Literal' && typeof node.value === 'string' ? node.value : null
}

function isNode(value: unknown): value is SyntaxNode {
  return typeof value === 'object' && value !== null && 'type' in value && 'start' in value
}

function walk(value: unknown, visit: (node: SyntaxNode) => void): void {
  if (Array.isArray(value)) {
    for (const item of value) walk(item, visit)
    return
  }
  if (!isNode(value)) return
  visit(value)
  for (const child of Object.values(value)) walk(child, visit)
}

function lineAt(source: string, offset: number): number {
  return source.slice(0, offset).split('\n').length
}
