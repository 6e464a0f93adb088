import { availableParallelism } from 'node:os'
import { dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'

/** Everything an operator may set. Nothing else reads the environment. */
export type Config = {
  host: string
  port: number
  /** Cookie secret and, later, the store. */
  dataDir: string
  /** The built page. */
  clientDir: string
  exercisesDir: string
  guidesDir: string
  sandboxDir: string
  sandbox: 'auto' | 'docker' | 'bubblewrap'
  /** `lease`: a container serves successive runs of one person. Null leaves the choice to the driver. */
  sandboxMode: 'single-use' | 'lease' | null
  /** Docker runtime, for example `runsc`; null is the engine's default. */
  sandboxRuntime: string | null
  /** Runs at once. */
  slots: number
  /** `https://practice.example.org`: origins that may open a socket besides the page's own host. */
  publicOrigins: string[]
  /** How many proxies in front of us append to X-Forwarded-For. */
  trustedProxies: number
  /** How long a person's runs go on after their last socket has gone. */
  graceMs: number
  /** How long an interview is kept after it was made. */
  keptInterviewsMs: number
  /** New people that one address may become within a minute. */
  newPeoplePerMinute: number
  logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent'
}

/** A value in the environment is wrong. The message names each variable and what it may hold. */
export class ConfigError extends Error {
  override name = 'ConfigError'
}

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '../..')

const wholeNumber = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d+$/, `must be a whole number from ${least} to ${most}`)
    .transform(Number)
    .refine((value) => value >= least && value <= most, `must be a whole number from ${least} to ${most}`)

const folder = z
  .string()
  .min(1, 'must be a path')
  .transform((path) => resolve(ROOT, path))

const origin = z.string().refine(isOrigin, 'must be origins such as https://practice.example.org, separated by commas')

const Environment = z.object({
  HOST: z
    .string()
    .regex(/^[A-Za-z0-9.:-]+$/, 'must be an address or a host name')
    .default('127.0.0.1'),
  PORT: wholeNumber(0, 65_535).default(8080),
  DATA_DIR: folder.default(resolve(ROOT, '.data')),
  CLIENT_DIR: folder.default(resolve(ROOT, 'client/dist')),
  EXERCISES_DIR: folder.default(resolve(ROOT, 'exercises')),
  GUIDES_DIR: folder.default(resolve(ROOT, 'guides')),
  SANDBOX_DIR: folder.default(resolve(ROOT, '.sandbox')),
  SANDBOX: z.enum(['auto', 'docker', 'bubblewrap'], 'must be auto, docker or bubblewrap').default('auto'),
  SANDBOX_MODE: z.enum(['single-use', 'lease'], 'must be single-use or lease').nullable().default(null),
  SANDBOX_RUNTIME: z
    .string()
    .regex(/^[\w.-]+$/, 'must be the name of a Docker runtime')
    .nullable()
    .default(null),
  SLOTS: wholeNumber(1, 256).default(availableParallelism()),
  PUBLIC_ORIGIN: z
    .string()
    .transform((list) => list.split(',').map((entry) => entry.trim().replace(/\/$/, '')))
    .pipe(z.array(origin))
    .default([]),
  TRUSTED_PROXIES: wholeNumber(0, 8).default(0),
  GRACE_SECONDS: wholeNumber(0, 3600).default(60),
  KEEP_INTERVIEWS_DAYS: wholeNumber(1, 3650).default(180),
  NEW_PEOPLE_PER_MINUTE: wholeNumber(1, 10_000).default(60),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], 'must be a pino level such as info')
    .default('info'),
})

/** Reads and checks the environment. An empty value counts as not set. Throws ConfigError. */
export function readConfig(env: Readonly<Record<string, string | undefined>> = process.env): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''))
  const parsed = Environment.safeParse(given)
  if (!parsed.success) throw new ConfigError(parsed.error.issues.map((issue) => sentence(issue, given)).join('\n'))
  const values = parsed.data
  return {
    host: values.HOST,
    port: values.PORT,
    dataDir: values.DATA_DIR,
    clientDir: values.CLIENT_DIR,
    exercisesDir: values.EXERCISES_DIR,
    guidesDir: values.GUIDES_DIR,
    sandboxDir: values.SANDBOX_DIR,
    sandbox: values.SANDBOX,
    sandboxMode: values.SANDBOX_MODE,
    sandboxRuntime: values.SANDBOX_RUNTIME,
    slots: values.SLOTS,
    publicOrigins: values.PUBLIC_ORIGIN,
    trustedProxies: values.TRUSTED_PROXIES,
    graceMs: values.GRACE_SECONDS * 1000,
    keptInterviewsMs: values.KEEP_INTERVIEWS_DAYS * 24 * 60 * 60_000,
    newPeoplePerMinute: values.NEW_PEOPLE_PER_MINUTE,
    logLevel: values.LOG_LEVEL,
  }
}

/** True where only this machine can reach the address. */
export function isLoopback(host: string): boolean {
  const name = host.replace(/^\[|\]$/g, '').toLowerCase()
  return name === 'localhost' || name === '::1' || /^127(\.\d{1,3}){3}$/.test(name)
}

function sentence(issue: z.core.$ZodIssue, given: Record<string, string | undefined>): string {
  const name = String(issue.path[0])
  return `${name}=${JSON.stringify(given[name])} is not valid: it ${issue.message}.`
}

function isOrigin(text: string): boolean {
  return URL.canParse(text) && new URL(text).origin === text && /^https?:/.test(text)
}
