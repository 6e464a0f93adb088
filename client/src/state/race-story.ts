import type { Access, Frame, Race } from '@sandbox/protocol'
import { goroutineName, lanesOf, placeOf } from './marks.ts'

/** One lane of the story: a goroutine from where it was started to its access. */
export interface Lane {
  letter: 'A' | 'B'
  access: Access
  /** `writes in Hit`. */
  title: string
  /** `goroutine 8 · finished`. */
  subtitle: string
  /** Calls of the run's own files from the goroutine's first function down to the access, without the access itself. */
  path: Frame[]
}

export interface Story {
  lanes: [Lane, Lane]
  /** The lane whose goroutine started the other one, where the stacks prove it. */
  starter: 'A' | 'B' | null
}

/** What the page tells of a race. */
export function storyOf(race: Race): Story {
  const [a, b] = lanesOf(race)
  return { lanes: [laneOf(a, 'A'), laneOf(b, 'B')], starter: starterOf(a, b) }
}

function laneOf(access: Access, letter: 'A' | 'B'): Lane {
  const verb = access.kind === 'write' ? 'writes' : 'reads'
  const where = access.site ?? access.stack[0]
  return {
    letter,
    access,
    title: where ? `${verb} in ${shortFunction(where.function)}` : verb,
    subtitle: access.state === 'main' ? goroutineName(access) : `${goroutineName(access)} · ${access.state}`,
    path: access.stack
      .filter((frame) => frame.origin !== 'go' && frame !== access.site && !samePlace(frame, access.site))
      .reverse(),
  }
}

function samePlace(frame: Frame, site: Frame | null): boolean {
  return site !== null && frame.file === site.file && frame.line === site.line && frame.function === site.function
}

/** A test function runs in one goroutine: a `go` statement below it and an access below it belong to the same. */
function starterOf(a: Access, b: Access): 'A' | 'B' | null {
  const testOf = (stack: Frame[] | undefined) => {
    const root = shortFunction(stack?.findLast((frame) => frame.origin !== 'go')?.function ?? '')
    return /^(Test|Example|Fuzz)\w*$/.test(root) ? root : null
  }
  if (testOf(a.stack) !== null && testOf(a.stack) === testOf(b.created?.stack)) return 'A'
  return testOf(b.stack) !== null && testOf(b.stack) === testOf(a.created?.stack) ? 'B' : null
}

/** `sandbox/pool.(*Pool).Submit` → `Pool.Submit`; type arguments and package paths say nothing here. */
export function shortFunction(name: string): string {
  const last =
    name
      .replace(/\[[^\]]*\]/g, '')
      .split('/')
      .at(-1) ?? name
  const dot = last.indexOf('.')
  const own = dot > 0 ? last.slice(dot + 1) : last
  return own.replace(/\(\*?([\w.]+)\)/g, '$1')
}

/** The story as text for a note or a chat, with a link to its run where there is one. */
export function storyMarkdown(
  race: Race,
  line: (file: string, line: number) => string | null,
  link: string | null,
): string {
  const { lanes } = storyOf(race)
  const parts = lanes.map(({ letter, access, subtitle }) => {
    const site = access.site
    const source = site && line(site.file, site.line)
    return [
      `- **${letter}** ${access.kind === 'write' ? 'writes' : 'reads'} at ${site ? `\`${placeOf(site)}\`` : 'an unknown place'} (${subtitle})`,
      ...(source ? [`  \`${source}\``] : []),
      ...(access.created?.site ? [`  started at \`${placeOf(access.created.site)}\``] : []),
    ].join('\n')
  })
  const run = link ? `\n[The run, with its code](${link})\n` : ''
  return `**Data race**${race.test ? ` in ${race.test}` : ''}: nothing orders the two.\n\n${parts.join('\n')}\n${run}`
}
