/** What a runtime function name says to a reader: the innermost named function, and whether the frame is a literal in it. */
export interface ReadableName {
  name: string
  literal: boolean
}

/** Parts that the compiler adds: literals, wrappers of go and defer, method values, bodies of range-over-func. */
const COMPILER_PART = /^(?:func\d+|gowrap\d+|deferwrap\d+|\d+)$/
const COMPILER_SUFFIX = /(?:-fm|-range\d+)$/
const TEST_NAME = /^(?:Test|Benchmark|Fuzz|Example)(?:\P{Ll}|$)/u

/**
 * `sandbox/counter.(*Counter).Hit` is Hit; `sandbox/counter.TestX.func1` is a literal in TestX; an inlined
 * `sandbox/counter.TestX.(*Counter).Start.func1` is a literal in Start.
 */
export function readableName(fn: string): ReadableName {
  const parts = localParts(fn)
  const named = parts.filter((part) => !COMPILER_PART.test(part))
  const last = named.at(-1) ?? fn
  return { name: last.replace(/[()*]/g, ''), literal: isLiteral(parts) }
}

/** The test whose function this is or was inlined into: `sandbox/counter.TestX.func1` belongs to TestX. */
export function testOfFunction(fn: string): string | null {
  const first = localParts(fn)[0] ?? ''
  return TEST_NAME.test(first) ? first : null
}

/** `X.func1` → `X`, `X.func1.2` → `X.func1`; null for a function that is not a literal. */
export function enclosingFunction(fn: string): string | null {
  const match = /^(.*\.func\d+(?:\.\d+)*)\.\d+$/.exec(fn) ?? /^(.*)\.func\d+$/.exec(fn)
  return match?.[1] ?? null
}

function isLiteral(parts: readonly string[]): boolean {
  const last = parts.findLast((part) => !/^(?:gowrap|deferwrap)\d+$/.test(part)) ?? ''
  return /^(?:func\d+|\d+)$/.test(last)
}

/** The name without its package, split at dots; type arguments are dropped, since they contain dots and slashes. */
function localParts(fn: string): string[] {
  let plain = fn.replace(COMPILER_SUFFIX, '')
  while (/\[[^[\]]*\]/.test(plain)) plain = plain.replace(/\[[^[\]]*\]/g, '')
  const inPackage = plain.slice(plain.lastIndexOf('/') + 1)
  const dot = inPackage.indexOf('.')
  return inPackage
    .slice(dot + 1)
    .split('.')
    .map((part) => part.replace(COMPILER_SUFFIX, ''))
    .filter((part) => part !== '')
}
