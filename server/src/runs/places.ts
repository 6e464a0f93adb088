import type { Frame, Goroutine } from '@sandbox/protocol'
import { readableName } from '../reports/function-name.ts'
import { HIDDEN_FILE, lineText, type Sources } from '../reports/sources.ts'

/** `at counter.go:31`, or words where the place is not shown. */
export function atPlace(frame: Frame): string {
  return frame.file === HIDDEN_FILE || frame.line === 0 ? 'in a hidden test' : `at ${frame.file}:${frame.line}`
}

/** `` `Hit` `` or ``a function literal in `TestHit` ``. */
export function functionOf(frame: Frame): string {
  const { name, literal } = readableName(frame.function)
  return literal ? `a function literal in \`${name}\`` : `\`${name}\``
}

/** The code of a frame's line without comments and strings, or null where it is not known or holds two statements. */
export function codeAt(sources: Sources, frame: Frame): string | null {
  const line = lineText(sources, frame)
  if (line === null) return null
  const code = line
    .replace(/"(?:[^"\\]|\\.)*"|`[^`]*`|'(?:[^'\\]|\\.)+'/g, '""')
    .replace(/\/\/.*$|\/\*.*?\*\//g, '')
    .trim()
  return code.includes(';') ? null : code
}

const OPERAND = '[A-Za-z_][\\w.]*'

/** What a blocked goroutine does at its line, with the name of what it waits for where the line leaves no doubt. */
export function waitOf(sources: Sources, { state, site }: Goroutine): { doing: string; still: string; why: string } {
  const code = site ? codeAt(sources, site) : null
  const named = (pattern: string, otherwise: string) => {
    const found = code ? [...code.matchAll(new RegExp(pattern, 'g'))] : []
    return found.length === 1 && found[0]?.[1] ? `\`${found[0][1]}\`` : otherwise
  }
  const at = site ? ` ${atPlace(site)}` : ''
  switch (state) {
    case 'chan send': {
      const channel = named(`(?:^|[\\s{])(${OPERAND}) *<-`, 'a channel')
      return { doing: `sends on ${channel}${at}`, still: `sending on ${channel}${at}`, why: 'nobody receives' }
    }
    case 'chan receive': {
      const channel = named(`(?:<-|\\brange )(${OPERAND})(?![\\w.(])`, 'a channel')
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
    case 'select':
      return { doing: `waits in a select${at}`, still: `waiting in a select${at}`, why: 'none of its cases can go on' }
    case 'select (no cases)':
      return {
        doing: `waits in an empty select${at}`,
        still: `waiting in an empty select${at}`,
        why: 'that blocks for ever',
      }
    case 'sync.Mutex.Lock':
    case 'sync.RWMutex.Lock':
    case 'sync.RWMutex.RLock': {
      const lock = named(`(${OPERAND})\\.R?Lock\\(\\)`, 'a lock')
      return { doing: `waits for ${lock}${at}`, still: `waiting for ${lock}${at}`, why: 'nobody unlocks it' }
    }
    case 'sync.WaitGroup.Wait': {
      const group = named(`(${OPERAND})\\.Wait\\(\\)`, 'a WaitGroup')
      return {
        doing: `waits for ${group}${at}`,
        still: `waiting for ${group}${at}`,
        why: 'its counter never reaches zero',
      }
    }
    case 'sync.Cond.Wait': {
      const condition = named(`(${OPERAND})\\.Wait\\(\\)`, 'a condition')
      return { doing: `waits for ${condition}${at}`, still: `waiting for ${condition}${at}`, why: 'nobody signals it' }
    }
    default:
      return { doing: `is blocked (${state})${at}`, still: `blocked (${state})${at}`, why: 'nothing wakes it' }
  }
}

/**
 * The variable that two racing lines share, or null unless it is sure: the write's line assigns to exactly one
 * operand, its own code (or a map operation of the runtime) makes the access, and the other line names it too.
 */
export function racedVariable(sources: Sources, write: Frame, other: Frame): string | null {
  const code = codeAt(sources, write)
  const target = code ? assignmentTarget(code) : null
  const selector = target?.split('.').at(-1)
  if (!target || !selector) return null
  const there = codeAt(sources, other)
  return there && new RegExp(`(?<![\\w"])${selector}(?!\\w)`).test(there) ? sharedName(target, there) : null
}

/** `c.hits++`, `m[k] = v`, `n += 2` → the operand; null for declarations, several targets and anything longer. */
function assignmentTarget(code: string): string | null {
  const match = /^([A-Za-z_][\w.]*)(?:\[[^[\]]*\])? *(?:\+\+|--|(?:[-+*/%&|^]|<<|>>|&\^)?= *[^=].*|=)$/.exec(code)
  return match?.[1] ?? null
}

/** The whole selector where both lines write it the same way, otherwise the field's name alone. */
function sharedName(target: string, there: string): string {
  return there.includes(target) ? target : (target.split('.').at(-1) ?? target)
}
