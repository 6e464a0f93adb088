import { find, run } from './programs.ts'

export type Say = (sentence: string) => void

/** True where packages can be installed without asking anybody: a Debian or Ubuntu machine, and we are root. */
export function canInstall(): boolean {
  return find('apt-get') !== null && process.getuid?.() === 0
}

/** What a person types to get the packages. */
export function installCommand(packages: readonly string[]): string {
  return `sudo apt-get install -y ${packages.join(' ')}`
}

/** Installs Debian packages, saying so. Throws with a sentence that names the exact command when it cannot. */
export async function installPackages(packages: readonly string[], why: string, say: Say): Promise<void> {
  if (!canInstall()) throw new Error(`${why} Install it with: ${installCommand(packages)}`)
  say(`${why} Installing ${packages.join(', ')} with apt-get…`)
  if ((await aptGet(['install', ...packages])).code === 0) return
  // A new machine has no package lists yet, and old lists name files that are gone.
  const update = await aptGet(['update'])
  const install = await aptGet(['install', ...packages])
  if (install.code === 0) return
  throw new Error(
    `apt-get could not install ${packages.join(', ')}:\n${`${update.stderr}${install.stderr}`.slice(-2000)}`,
  )
}

function aptGet(args: readonly string[]) {
  const options = ['-y', '-q', '--no-install-recommends', '-o', 'Dpkg::Use-Pty=0', '-o', 'DPkg::Lock::Timeout=120']
  return run('apt-get', [...options, ...args], { env: { DEBIAN_FRONTEND: 'noninteractive' } })
}
