import { type Rejection, rejectedLine } from './rejection.ts'

/** What a go.mod says that matters to a run. */
interface Module {
  path: string
  goVersion: string
}

/** The newest language version that the tree compiles. */
export const GO_VERSION = '1.26'

/** What is quoted of a go.mod's words. */
const MAX_QUOTED_CHARS = 64

/** What a go.mod without a go line means (go.dev/ref/mod#go-mod-file-go). */
const GO_VERSION_WITHOUT_GO_LINE = '1.16'

const DIRECTIVES = /^(module|go|toolchain|godebug|require|exclude|replace|retract|tool|ignore)[\s(]/

/** The first line, outside of blocks, that begins with no directive of go.mod's. */
function unknownDirective(lines: string[]): Rejection | null {
  let inBlock = false
  for (const [index, line] of lines.entries()) {
    if (!inBlock && line !== '' && !DIRECTIVES.test(line)) {
      return refused(index, `unknown directive: ${shortened(line.split(/[\s(]/, 1)[0])}`)
    }
    inBlock = inBlock ? line !== ')' : line.endsWith('(')
  }
  return null
}

const ALLOWED_MODULES = ['golang.org/x/sync', 'golang.org/x/time', 'go.uber.org/goleak']

/** Reads what matters of a go.mod (go.dev/ref/mod#go-mod-file), or says why it is refused. */
export function readGoMod(text: string): Module | Rejection {
  const lines = text.split('\n').map((line) => (line.split('//', 1)[0] ?? '').trim())
  const unknown = unknownDirective(lines)
  if (unknown) return unknown
  const path = firstMatch(lines, /^module\s+"?([\w.~/-]+)"?$/)
  if (!path) return refused(0, 'there is no module line.')
  const foreign = lines.findIndex((line) => isForeignRequire(line))
  if (foreign >= 0) return refused(foreign, `only ${ALLOWED_MODULES.join(', ')} can be required.`)
  const replaced = lines.findIndex((line) => /^(replace|exclude|tool)\b/.test(line))
  if (replaced >= 0) return refused(replaced, `${lines[replaced]?.split(/\W/, 1)[0]} is not possible here.`)
  const version = firstMatch(lines, /^go\s+(\d+\.\d+(?:\.\d+|(?:rc|beta)\d+)?)/) ?? GO_VERSION_WITHOUT_GO_LINE
  if (Number(version.split('.')[1]) > Number(GO_VERSION.split('.')[1])) {
    const line = lines.findIndex((one) => /^go\s/.test(one))
    return refused(line, `go ${shortened(version)} is newer than the ${GO_VERSION} that is installed here.`)
  }
  return { path, goVersion: version }
}

/** `index` counts lines from 0. */
function refused(index: number, message: string): Rejection {
  return rejectedLine({ file: 'go.mod', line: index + 1, column: 0 }, message)
}

function shortened(word = ''): string {
  return word.length > MAX_QUOTED_CHARS ? `${word.slice(0, MAX_QUOTED_CHARS)}…` : word
}

function firstMatch(lines: string[], pattern: RegExp): string | undefined {
  return lines.map((line) => pattern.exec(line)?.[1]).find((found) => found !== undefined)
}

/** A requirement reads `[require] path version`; indirect ones of allowed modules are harmless, all others are not. The pattern takes linear time. */
function isForeignRequire(line: string): boolean {
  const required = /^(?:require\s+)?"?([\w.~/-]+)"?\s+v\d/.exec(line)?.[1]
  return required?.includes('.') === true && !ALLOWED_MODULES.includes(required)
}
