import { existsSync } from 'node:fs'
import { compileAhead, ensureTree, hasTree } from '../../../sandbox-images/go/build.ts'
import { canInstall, installPackages, type Say } from './apt.ts'
import { dockerAnswers } from './docker-ping.ts'
import { bringGoToPath, find } from './programs.ts'

const LIBC_HEADER = '/usr/include/stdlib.h'

/** What running code needs and this machine may lack. The server itself decides which sandbox it uses. */
export async function prepareSandbox(say: Say): Promise<void> {
  bringGoToPath()
  const stopCompiling = (await willCompile()) ? compileAhead() : () => Promise.resolve()
  try {
    await ensureTechnology(say)
    if (await willCompile()) await ensureCompiler(say)
  } finally {
    await stopCompiling()
  }
  await ensureTree(say)
}

/** True where the tree is missing or stale and will be built by the host's own Go. */
async function willCompile(): Promise<boolean> {
  return process.platform === 'linux' && find('go') !== null && !(await hasTree())
}

/** A Docker engine that answers, else bubblewrap; where neither is there, the small bubblewrap package is installed. */
async function ensureTechnology(say: Say): Promise<void> {
  if ((await dockerAnswers()) || find('bwrap')) return
  const why = 'There is neither a Docker engine that answers nor bubblewrap to run code in.'
  if (canInstall()) await installPackages(['bubblewrap'], why, say)
  else
    say(`${why} ${process.platform === 'linux' ? 'Install it: sudo apt-get install -y bubblewrap' : 'Start Docker.'}`)
}

/** The root tree that every sandbox shows to its program. Throws with a sentence that names what is missing. */
export async function ensureSandboxTree(say: Say): Promise<void> {
  bringGoToPath()
  if (await willCompile()) await ensureCompiler(say)
  await ensureTree(say)
}

/** The race detector's std is compiled with cgo: a C compiler and libc's headers are needed once. */
async function ensureCompiler(say: Say): Promise<void> {
  if (find('gcc') && existsSync(LIBC_HEADER)) return
  await installPackages(
    ['gcc', 'libc6-dev'],
    'Building the race detector’s standard library needs gcc and libc’s headers.',
    say,
  )
}
