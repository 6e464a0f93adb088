import type { Goroutine } from '@sandbox/protocol'

const PIPE = /^(?:io|net)\.\(\*pipe\)\.(read|write)$/

/** What a goroutine does whose line does not wait itself, but called a function of a library that does; null of others. */
export function libraryWait({ stack, site }: Pick<Goroutine, 'stack' | 'site'>) {
  const called = stack.slice(0, site ? Math.max(stack.indexOf(site), 0) : 0)
  const by = called.at(-1)
  if (!by) return null
  const [, does] = called.map(({ function: name }) => PIPE.exec(name)).find((found) => found !== null) ?? []
  if (does === 'read')
    return { doing: 'reads from a pipe', still: 'reading from a pipe', why: 'nobody writes to it or closes it' }
  if (does === 'write')
    return { doing: 'writes to a pipe', still: 'writing to a pipe', why: 'nobody reads from it or closes it' }
  const name = by.function.replace(/^.*\//, '')
  return { doing: `waits in \`${name}\``, still: `waiting in \`${name}\``, why: 'nothing wakes it' }
}
