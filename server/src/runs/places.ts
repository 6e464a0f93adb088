import type { Access, Frame, Goroutine } from '@sandbox/protocol'
import { readableName } from '../reports/function-name.ts'
import { inHidden, isHiddenName, lineText, type Sources } from '../reports/sources.ts'
import { libraryWait } from './library-wait.ts'
import { waitsForOnce } from './once.ts'

/** `at counter.go:31`, or words where the place is not shown. */
export function atPlace(frame: Frame): string {
  return isHiddenName(frame.file) || frame.line === 0 ? inHidden(frame.file) : `at ${frame.file}:${frame.line}`
}

/** `` `Hit` `` or ``a function literal in `TestHit` ``. */
export function functionOf(frame: Frame): string {
  const { name, literal } = readableName(frame.function)
  return literal ? `a function literal in \`${name}\`` : `\`${name}\``
}

/** The code of a frame's line without comments and strings, or null where it is not known or holds two statements. */
export function codeAt(sources: Sources, frame: Frame): string | null {
  const code = lineOfCode(sources, frame)
  return code?.includes(';') ? null : code
}

function lineOfCode(sources: Sources, frame: Frame): string | null {
  const line = lineText(sources, frame)
  if (line === null) return null
  return line
    .replace(/"(?:[^"\\]|\\.)*"|`[^`]*`|'(?:[^'\\]|\\.)+'/g, '""')
    .replace(/\/\/.*$|\/\*.*?\*\//g, '')
    .trim()
}

/** A variable, a field, or an element of either: `s.locks[key].mu`, `c.shard(key).mu`. */
const OPERAND = '[A-Za-z_][\\w.]*(?:(?:\\[[^\\[\\]]*\\]|\\([^()]*\\)(?=\\.))[\\w.]*)*'

/** How a line names what a goroutine in that state waits for. */
const NAMED_BY: Record<string, string> = {
  'chan send': `(?:^|[\\s{])(${OPERAND}) *<-`,
  'chan receive': `(?:<-|\\brange )(${OPERAND})(?![\\w.(])`,
  'sync.Mutex.Lock': `(${OPERAND})\\.R?Lock\\(\\)`,
  'sync.RWMutex.Lock': `(${OPERAND})\\.R?Lock\\(\\)`,
  'sync.RWMutex.RLock': `(${OPERAND})\\.R?Lock\\(\\)`,
  'sync.WaitGroup.Wait': `(${OPERAND})\\.Wait\\(\\)`,
  'sync.Cond.Wait': `(${OPERAND})\\.Wait\\(\\)`,
}

/** What a blocked goroutine waits for, as its line names it, or null where the line leaves a doubt. */
export function waitedName(sources: Sources, { state, site }: Pick<Goroutine, 'state' | 'site'>): string | null {
  const pattern = NAMED_BY[state]
  const code = site ? codeAt(sources, site) : null
  if (!pattern || !code) return null
  const found = [...code.matchAll(new RegExp(pattern, 'g'))]
  // The text of strings was left out.
  return found.length === 1 ? (found[0]?.[1]?.replaceAll('""', '"…"') ?? null) : null
}

/** The context whose end a line waits for, or null. */
function contextAt(sources: Sources, { state, site }: Pick<Goroutine, 'state' | 'site'>): string | null {
  const code = site && state === 'chan receive' ? codeAt(sources, site) : null
  return /<- *([A-Za-z_][\w.]*)\.Done\(\)/.exec(code ?? '')?.[1] ?? null
}

/** How far above the end of a function its `defer` is looked for, in lines. */
const MAX_DEFER_LINES = 60

/** `, deferred at p.go:7`: calls that were deferred stand at the end of their function. Empty where a line leaves a doubt. */
export function deferredTold(sources: Sources, { stack, site }: Pick<Goroutine, 'stack' | 'site'>): string {
  const called = site && stack[stack.indexOf(site) - 1]?.function
  const code = site && codeAt(sources, site)
  const method = called && /\w+$/.exec(called)?.[0]
  if (!site || !method || !code || !/^(?:\}|return\b)/.test(code) || code.includes(`.${method}(`)) return ''
  const found: Frame[] = []
  for (let line = site.line - 1; line > 0 && line > site.line - MAX_DEFER_LINES; line--) {
    const above = codeAt(sources, { ...site, line }) ?? ''
    if (above.startsWith('defer ') && above.endsWith(`.${method}()`)) found.push({ ...site, line })
    if (lineText(sources, { ...site, line })?.startsWith('func ')) break
  }
  const [only, ...others] = found
  return only && others.length === 0 ? `, deferred ${atPlace(only)}` : ''
}

/** How far below a select its cases are looked for, in lines. */
const MAX_SELECT_LINES = 60

/** The context among the cases of a select, where there is one: who does not cancel it is the reason of many a wait. */
function contextOfSelect(sources: Sources, site: Frame | null): string | null {
  const head = site && codeAt(sources, site)
  if (!site || !head || !/\bselect *\{$/.test(head)) return null
  const indent = /^\s*/.exec(lineText(sources, site) ?? '')?.[0] ?? ''
  for (let line = site.line + 1; line < site.line + MAX_SELECT_LINES; line++) {
    const text = lineText(sources, { ...site, line })
    if (text === null || text.startsWith(`${indent}}`)) return null
    const context = text.startsWith(`${indent}case `) ? /<- *([A-Za-z_][\w.]*)\.Done\(\) *:/.exec(text)?.[1] : undefined
    if (context) return context
  }
  return null
}

/** What a blocked goroutine does at its line, with the name of what it waits for where the line leaves no doubt. */
export function waitOf(sources: Sources, goroutine: Goroutine): { doing: string; still: string; why: string } {
  const { state, site } = goroutine
  const name = waitedName(sources, goroutine)
  const named = (otherwise: string) => (name ? `\`${name}\`` : otherwise)
  const at = site ? ` ${atPlace(site)}` : ''
  switch (state) {
    case 'chan send': {
      const channel = named('a channel')
      return { doing: `sends on ${channel}${at}`, still: `sending on ${channel}${at}`, why: 'nobody receives' }
    }
    case 'chan receive': {
      const context = contextAt(sources, goroutine)
      if (context) {
        const why = 'nobody cancels it'
        return { doing: `waits for \`${context}\` to end${at}`, still: `waiting for \`${context}\` to end${at}`, why }
      }
      const channel = named('a channel')
      return {
        doing: `receives from ${channel}${at}`,
        still: `receiving from ${channel}${at}`,
        why: 'nobody sends or closes it',
      }
    }
    case 'chan send (nil chan)':
      return {
        doing: `sends on a nil channel${at}`,
        still: `sending on a nil channel${at}`,
        why: 'that blocks for ever',
      }
    case 'chan receive (nil chan)':
      return {
        doing: `receives from a nil channel${at}`,
        still: `receiving from a nil channel${at}`,
        why: 'that blocks for ever',
      }
    case 'select': {
      const library = libraryWait(goroutine)
      if (library) return { doing: `${library.doing}${at}`, still: `${library.still}${at}`, why: library.why }
      const context = contextOfSelect(sources, site)
      const why = `none of its cases can go on${context ? `, nor does anybody cancel \`${context}\`` : ''}`
      return { doing: `waits in a select${at}`, still: `waiting in a select${at}`, why }
    }
    case 'select (no cases)':
      return {
        doing: `waits in an empty select${at}`,
        still: `waiting in an empty select${at}`,
        why: 'that blocks for ever',
      }
    case 'sync.Mutex.Lock':
    case 'sync.RWMutex.Lock':
    case 'sync.RWMutex.RLock': {
      const isOnce = waitsForOnce(goroutine)
      const lock = isOnce ? 'a `sync.Once`' : named('a lock')
      const why = isOnce ? 'its function does not return' : 'nobody unlocks it'
      const deferred = deferredTold(sources, goroutine)
      return { doing: `waits for ${lock}${at}${deferred}`, still: `waiting for ${lock}${at}${deferred}`, why }
    }
    case 'sync.WaitGroup.Wait': {
      const group = named('a WaitGroup')
      return {
        doing: `waits for ${group}${at}`,
        still: `waiting for ${group}${at}`,
        why: 'its counter never reaches zero',
      }
    }
    case 'sync.Cond.Wait': {
      const condition = named('a condition')
      return { doing: `waits for ${condition}${at}`, still: `waiting for ${condition}${at}`, why: 'nobody signals it' }
    }
    default:
      return { doing: `is blocked (${state})${at}`, still: `blocked (${state})${at}`, why: 'nothing wakes it' }
  }
}

/**
 * The variable that a racing write changes, or null unless it is sure: the line holds one assignment, to one operand,
 * and where the other access's line is known it names that operand too. Only for a write that the line's own code makes.
 */
export function racedVariable(sources: Sources, write: Frame, other: Frame): string | null {
  const code = lineOfCode(sources, write)
  const target = code ? assignmentTarget(code) : null
  const selector = target?.split('.').at(-1)
  if (!target || !selector) return null
  const there = lineOfCode(sources, other)
  // A hidden line contradicts nothing: what is written stands in the line of the write.
  if (there === null) return target
  return new RegExp(`(?<![\\w"])${selector}(?!\\w)`).test(there) ? sharedName(target, there) : null
}

/**
 * The variable that an access by the line's own code means, or null unless it is sure. Of what a line reads only `n++`
 * leaves no doubt: in `n = m` and `n += m` it may be either.
 */
export function plainVariable(sources: Sources, access: Access): string | null {
  const code = access.site && isMadeByItsLine(access) ? lineOfCode(sources, access.site) : null
  const target = code ? assignmentTarget(code) : null
  if (access.kind === 'write' || target === null) return target
  return code?.includes(`${target}++`) || code?.includes(`${target}--`) ? target : null
}

const ATOMIC = /^sync\/atomic\./

/** The function of package sync/atomic that made an access, or null. */
export function atomicOf({ stack }: Access): string | null {
  const caller = stack.findIndex((frame) => !ATOMIC.test(frame.function))
  return stack.slice(0, caller < 0 ? stack.length : caller).at(-1)?.function ?? null
}

const MAP_OR_MEMORY = /^(?:runtime\.(?:map|growslice$|wbMove|typedmemmove|memmove|slicecopy)|internal\/runtime\/maps\.)/

/** Whether the code of the access's own line makes it, by itself or by an operation of the language, and no function of a library. */
export function isMadeByItsLine({ site, stack }: Access): boolean {
  const calls = stack.slice(0, site === null ? 0 : stack.indexOf(site))
  return site !== null && stack.includes(site) && calls.every((frame) => MAP_OR_MEMORY.test(frame.function))
}

/** `c.hits++`, `m[k] = v`, `go func() { n += 2 }()` → the operand; null where anything else is written or declared too. */
function assignmentTarget(code: string): string | null {
  const statements = statementsOf(code)
  const written = statements.find((statement) => writesIn(statement) > 0)
  if (written === undefined || writesIn(statements.join(';')) > 1) return null
  if (appendedTo(written)) return null
  const match = /^([A-Za-z_][\w.]*)(?:\[[^[\]]*\])? *(?:\+\+|--|(?:[-+*/%&|^]|<<|>>|&\^)?= *[^=].*|=)$/.exec(written)
  return match?.[1] ?? null
}

/** Of `a[i] = append(b, x)` either may be what is written: the element, or the array behind `b`, which others may share. */
function appendedTo(statement: string): { target: string; array: string } | null {
  const [, target, array] = /^([A-Za-z_][\w.]*)[^=]*= *append\(([A-Za-z_][\w.]*)/.exec(statement) ?? []
  return target && array && target !== array ? { target, array } : null
}

/** The two that a line with such an `append` may write, or null. */
export function appendedAt(sources: Sources, frame: Frame): { target: string; array: string } | null {
  return appendedTo(lineOfCode(sources, frame) ?? '')
}

/** The statements of a line; those of the body where a function or a block stands whole in it. */
function statementsOf(code: string): string[] {
  const [, before = '', body, after = ''] = /^([^{}]*)\{([^{}]*)\}([^{}]*)$/.exec(code) ?? []
  const inner = body === undefined || writesIn(before + after) > 0 ? code : body
  return inner.split(';').map((statement) => statement.trim())
}

/** How many assignments, declarations with a value, `++` and `--` there are; comparisons are none. */
function writesIn(code: string): number {
  return code.match(/\+\+|--|(?<![=!<>])=(?!=)|(?<=<<|>>)=/g)?.length ?? 0
}

/** The whole selector where both lines write it the same way, otherwise the field's name alone. */
function sharedName(target: string, there: string): string {
  return there.includes(target) ? target : (target.split('.').at(-1) ?? target)
}
