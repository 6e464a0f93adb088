import { existsSync } from 'node:fs'
import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { parseArgs } from 'node:util'
import { Kind, SCRATCH, Slug } from '@sandbox/protocol'
import { readConfig } from '../src/config.ts'
import { folders } from '../src/exercises/files.ts'
import { type Skeleton, skeletonOf } from './tools/exercise-skeleton.ts'

const USAGE = `npm run new:exercise -- <slug> [--topic patterns] [--kind build|fix|optimize|diagnose|write-tests] [--package name]

Makes exercises/<topic>/<slug>/ with every file that an exercise needs. Then
  npm run check:exercises -- --only <slug>
says what is to be written where, until it is complete.
`

/** Names that a package cannot have, or that its tests could not import beside package testing. */
const UNFIT_PACKAGES: ReadonlySet<string> = new Set(
  `break case chan const continue default defer else fallthrough for func go goto if import interface map package range
  return select struct switch type var main init testing`.split(/\s+/),
)

/** Makes the folder of a new exercise and says what comes next. Throws one sentence where it cannot be made. */
async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      topic: { type: 'string', default: 'patterns' },
      kind: { type: 'string', default: 'build' },
      package: { type: 'string' },
    },
  })
  const [slug = '', ...others] = positionals
  if (slug === '' || others.length > 0) throw new Error(USAGE)
  const root = readConfig(process.env).exercisesDir
  checkName('slug', slug)
  if (slug === SCRATCH) throw new Error(`The slug ${SCRATCH} is reserved: it stands for a person's own code.`)
  checkName('topic', values.topic)
  await checkUnused(root, slug)
  const dir = join(root, values.topic, slug)
  const name = values.package ?? slug.replaceAll('-', '').replace(/^\d+/, '')
  checkPackage(name)
  const topics = existsSync(root) ? await folders(root) : []
  await write(dir, { slug, kind: kindOf(values.kind), package: name })
  process.stdout.write(`${relative(process.cwd(), dir)} is made.\n`)
  if (!topics.includes(values.topic))
    process.stdout.write(`${values.topic} is a new topic. There are: ${topics.join(', ')}.\n`)
  process.stdout.write('What is to be written where, first what a candidate sees and then the solutions:\n')
  process.stdout.write(`  npm run check:exercises -- --only ${slug}\n`)
}

/** A folder and a part of an address. */
function checkName(what: string, name: string): void {
  if (Slug.safeParse(name).success) return
  throw new Error(`The ${what} ${name} is not lower-case words joined by hyphens, of 64 characters at most.`)
}

function checkPackage(name: string): void {
  if (/^[a-z][a-z0-9]*$/.test(name) && !UNFIT_PACKAGES.has(name)) return
  const own = 'a Go package is lower-case letters and digits, and neither a keyword nor main, init or testing.'
  throw new Error(`"${name}" is no name for the package: ${own} Choose one with --package.`)
}

function kindOf(kind: string): Skeleton['kind'] {
  const known = Kind.safeParse(kind)
  if (known.success) return known.data
  throw new Error(`--kind ${kind}: ${Kind.options.join(', ')}`)
}

/** A slug is an address: no two topics may share one. */
async function checkUnused(root: string, slug: string): Promise<void> {
  for (const topic of existsSync(root) ? await readdir(root) : []) {
    if (existsSync(join(root, topic, slug))) throw new Error(`There is an exercise ${slug} already, in ${topic}/.`)
  }
}

async function write(dir: string, skeleton: Skeleton): Promise<void> {
  for (const { path, text } of skeletonOf(skeleton)) {
    const file = join(dir, path)
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, text, { flag: 'wx' })
  }
}

try {
  await main()
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 2
}
