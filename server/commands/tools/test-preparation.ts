import { canInstall, installCommand, installPackages, type Say } from './apt.ts'
import { ensureClient } from './client-build.ts'
import { dockerAnswers } from './docker-ping.ts'
import { bringGoToPath, find } from './programs.ts'
import { ensureSandboxTree } from './sandbox-preparation.ts'

interface Need {
  /** Any of these on the PATH will do. */
  programs: readonly string[]
  packages: readonly string[]
}

const NEEDS: readonly Need[] = [
  { programs: ['bwrap'], packages: ['bubblewrap'] },
  { programs: ['chromium', 'chromium-browser', 'google-chrome'], packages: ['chromium'] },
]

const ENGINE_NEEDS: readonly Need[] = [
  { programs: ['dockerd'], packages: ['docker.io'] },
  { programs: ['iptables'], packages: ['iptables'] },
]

/** Everything that the whole test run uses. Throws with the name of what is missing: tests are never skipped for it. */
export async function prepareTests(say: Say): Promise<void> {
  if (!bringGoToPath()) throw new Error('Go 1.26 or newer is needed for the tests: https://go.dev/doc/install')
  const engine = await dockerAnswers()
  await installWhatIsMissing(engine ? NEEDS : [...NEEDS, ...ENGINE_NEEDS], say)
  await ensureSandboxTree(say)
  await ensureClient(say)
}

async function installWhatIsMissing(needs: readonly Need[], say: Say): Promise<void> {
  const missing = needs.filter(({ programs }) => !programs.some((program) => find(program)))
  if (missing.length === 0) return
  const packages = missing.flatMap((need) => need.packages)
  if (!canInstall()) {
    const names = packages.join(', ')
    throw new Error(`The tests need ${names}. On Debian or Ubuntu: ${installCommand(packages)}`)
  }
  await installPackages(packages, 'The tests need more than running does.', say)
}
