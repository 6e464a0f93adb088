// Runs a command of this project on the Node that package.json pins, whatever Node started it:
//
//   node server/commands/bootstrap.mjs <command> [arguments]
//
// It makes sure that the dependencies are installed and belong to this checkout, then hands over to
// server/commands/<command>.ts. Plain JavaScript without dependencies: it is what runs before there are any.
// stdout belongs to the command; everything said here goes to stderr.

import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { constants } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const OLDEST_NODE = 20
const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))))
const STAMP = join(ROOT, 'node_modules', '.installed')
const PINNED_NODE = join(ROOT, 'node_modules', 'node', 'bin', 'node')
/** The server makes much short-lived garbage: a small young generation (MiB) collects it before it has grown. */
const SERVER_PROCESS = JSON.parse(readFileSync(join(ROOT, 'server/commands/server-process.json'), 'utf8'))
/** The binary comes with the other dependencies where its package is one of the optional ones; else it is fetched. */
const SHIPPED_NODE = join(ROOT, 'node_modules', `node-${process.platform}-${process.arch}`, 'bin', 'node')
const PINNED_NODE_INSTALLER = join(ROOT, 'node_modules', 'node', 'installArchSpecificPackage.js')
const MANIFESTS = ['package.json', 'client/package.json', 'server/package.json', 'server/protocol/package.json']

function say(sentence) {
  process.stderr.write(`${sentence}\n`)
}

function fail(sentence) {
  say(sentence)
  process.exit(1)
}

/** What the installed dependencies depend on: the manifests, the lock file and the machine they were installed for. */
function fingerprint() {
  const hash = createHash('sha256').update(`${process.platform} ${process.arch}\n`)
  for (const name of [...MANIFESTS, 'package-lock.json']) {
    const file = join(ROOT, name)
    hash.update(`${name}\n`).update(existsSync(file) ? readFileSync(file) : '')
  }
  return hash.digest('hex')
}

function isInstalled() {
  return existsSync(STAMP) && existsSync(PINNED_NODE) && readFileSync(STAMP, 'utf8') === fingerprint()
}

/** npm's own file when npm started us (it need not be on the PATH then), else the command. */
function npmCommand() {
  const script = process.env.npm_execpath
  return script?.endsWith('.js') ? [process.execPath, script] : ['npm']
}

/** Runs to its end; its output goes to stderr. Returns null when it went well, else why not. */
function run(command, args, cwd) {
  const result = spawnSync(command, args, { cwd, stdio: ['ignore', 2, 2] })
  if (result.error) return result.error.code === 'ENOENT' ? `${command} was not found` : result.error.message
  if (result.signal) return `it was ended by ${result.signal}`
  return result.status === 0 ? null : `it ended with code ${result.status}`
}

/**
 * Install scripts stay off: of all dependencies only `node` needs one (it fetches the binary for this machine), and
 * that one is called by name. So nothing is compiled and no other package's code runs during installation.
 */
function install() {
  const fresh = !existsSync(join(ROOT, 'node_modules'))
  say(fresh ? 'Installing the dependencies (about half a minute)…' : 'The dependencies have changed: updating them…')
  const stopCompiling = compileAhead()
  const [npm, ...npmArgs] = npmCommand()
  const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--no-progress', '--loglevel=error']
  const problem = run(npm, [...npmArgs, fresh ? 'ci' : 'install', ...flags], ROOT)
  if (problem === 'npm was not found') {
    fail('npm was not found. Install Node 20 or newer together with npm (on Debian: apt-get install nodejs npm).')
  }
  if (problem) fail(`The dependencies could not be installed: ${problem}. Is the npm registry reachable?`)
  installPinnedNode()
  stopCompiling()
  writeFileSync(STAMP, fingerprint())
}

/**
 * The sandbox tree takes a minute of compiling, and npm mostly waits for the network: on a new machine with Go the one
 * begins while the other goes on. It stops when its standard input ends, with us at the latest.
 */
function compileAhead() {
  if (existsSync(join(ROOT, '.sandbox', 'current'))) return () => {}
  const path = `${process.env.PATH ?? ''}${delimiter}/usr/local/go/bin`
  // As build.ts does it, so that nothing is compiled twice.
  const env = { ...process.env, PATH: path, GOEXPERIMENT: 'goroutineleakprofile' }
  const cwd = join(ROOT, 'sandbox-images/go')
  const compiler = spawn('go', ['run', './treebuild', '-warm'], { cwd, env, stdio: ['pipe', 'ignore', 'ignore'] })
  compiler.on('error', () => {})
  compiler.stdin.on('error', () => {})
  compiler.unref()
  return () => compiler.stdin.end()
}

function installPinnedNode() {
  const version = pinnedVersion()
  if (existsSync(PINNED_NODE)) {
    const found = spawnSync(PINNED_NODE, ['--version'], { encoding: 'utf8' })
    if (found.status === 0 && found.stdout.trim() === `v${version}`) return
  }
  if (existsSync(SHIPPED_NODE)) {
    mkdirSync(dirname(PINNED_NODE), { recursive: true })
    rmSync(PINNED_NODE, { force: true })
    linkSync(SHIPPED_NODE, PINNED_NODE)
    return
  }
  say(`Fetching Node ${version}, on which this project runs…`)
  const problem = run(process.execPath, [PINNED_NODE_INSTALLER], dirname(PINNED_NODE_INSTALLER))
  if (problem || !existsSync(PINNED_NODE)) {
    fail(`Node ${version} could not be fetched for ${process.platform}-${process.arch}: ${problem ?? 'nothing came'}.`)
  }
}

function pinnedVersion() {
  return JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).dependencies.node
}

/** Becomes the command as far as a parent can tell: same streams, same signals, same end. */
function handOver(command, args) {
  const file = join(ROOT, 'server', 'commands', `${command}.ts`)
  if (!/^[a-z-]+$/.test(command) || !existsSync(file)) fail(`There is no command "${command}".`)
  const env = {
    // Keeps compiled and type-stripped modules: the next start is quicker, and the stripper's memory is not needed.
    NODE_COMPILE_CACHE: join(ROOT, 'node_modules/.cache/node'),
    ...(command === 'start' ? SERVER_PROCESS.environment : {}),
    ...process.env,
    PATH: `${dirname(PINNED_NODE)}${delimiter}${process.env.PATH ?? ''}`,
  }
  const flags = ['--disable-warning=ExperimentalWarning', ...(command === 'start' ? SERVER_PROCESS.flags : [])]
  const child = spawn(PINNED_NODE, [...flags, file, ...args], { stdio: 'inherit', env })
  child.on('error', (error) => fail(`The pinned Node could not be started: ${error.message}.`))
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      // A terminal's Ctrl+C reaches the child by itself; a second one would look like impatience.
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal)
    })
  }
  child.on('exit', (code, signal) => process.exit(signal ? 128 + constants.signals[signal] : code))
}

const [command, ...args] = process.argv.slice(2)
if (Number(process.versions.node.split('.')[0]) < OLDEST_NODE) {
  fail(`Node ${process.versions.node} is too old: Node ${OLDEST_NODE} or newer is needed to start.`)
}
if (!command) fail('Which command? For example: node server/commands/bootstrap.mjs start')
if (!isInstalled()) install()
handOver(command, args)
