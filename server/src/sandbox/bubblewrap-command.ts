import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { promisify } from 'node:util'
import { SandboxError } from './driver.ts'

/** Nobody's number on ordinary systems; the same in every sandbox of every driver. */
export const SANDBOX_UID = 65532
/** Descriptors of the launched process: where it tells its child's number, and the tree's folder. */
export const INFO_FD = 3
export const TREE_FD = 4
/** Most open files of one process inside. */
export const MAX_OPEN_FILES = 4096

const DEVICES = ['/dev/null', '/dev/zero', '/dev/full', '/dev/random', '/dev/urandom']
/** What Docker masks too: kernel addresses, keys, other people's timers. */
const MASKED = ['/proc/kcore', '/proc/keys', '/proc/latency_stats', '/proc/sched_debug', '/proc/timer_list']
const MASKED_FOLDERS = ['/proc/acpi', '/proc/asound', '/proc/scsi']

/** What the installed bubblewrap can do. */
export interface BubblewrapFeatures {
  version: string
  /** Binds a folder by descriptor (0.8): works where the sandbox's user cannot reach its path. */
  bindsDescriptors: boolean
}

/** Throws a SandboxError with the remedy when bubblewrap is not installed. */
export async function bubblewrapFeatures(): Promise<BubblewrapFeatures> {
  const run = promisify(execFile)
  try {
    const [version, help] = await Promise.all([run('bwrap', ['--version']), run('bwrap', ['--help'])])
    return { version: version.stdout.trim(), bindsDescriptors: help.stdout.includes('--ro-bind-fd') }
  } catch (cause) {
    throw new SandboxError('bubblewrap is not installed; on Debian or Ubuntu: sudo apt-get install bubblewrap', {
      cause,
    })
  }
}

export interface BubblewrapPlan {
  tree: string
  features: BubblewrapFeatures
  workBytes: number
  /** The server is root: then the sandbox is started as another user, so that its root outside is nobody. */
  asRoot: boolean
  oomCounter: { host: string; inside: string } | null
}

/** The command that becomes the sandbox. CAP_SYS_ADMIN is for one remount of /tmp, after which the supervisor drops it. */
export function bubblewrapCommand(plan: BubblewrapPlan): string[] {
  const uid = String(SANDBOX_UID)
  const asNobody = ['setpriv', `--reuid=${uid}`, `--regid=${uid}`, '--clear-groups', '--']
  return [
    ...(plan.asRoot ? asNobody : []),
    'bwrap',
    ...['--unshare-all', '--uid', uid, '--gid', uid, '--hostname', 'sandbox'],
    ...['--die-with-parent', '--new-session', '--as-pid-1', '--clearenv', '--info-fd', String(INFO_FD)],
    ...(plan.features.bindsDescriptors ? ['--ro-bind-fd', String(TREE_FD), '/'] : ['--ro-bind', plan.tree, '/']),
    ...['--proc', '/proc', ...masks()],
    ...['--tmpfs', '/dev', ...DEVICES.flatMap((device) => ['--dev-bind', device, device]), '--remount-ro', '/dev'],
    ...sysArguments(plan.oomCounter),
    ...['--size', String(plan.workBytes), '--tmpfs', '/tmp'],
    ...['--cap-drop', 'ALL', '--cap-add', 'CAP_SYS_ADMIN', '--chdir', '/', '--', '/supervisor'],
  ]
}

/**
 * Arguments of /bin/sh that first put the shell itself into the groups (so that not even the first instruction runs
 * outside of them) and then become the command.
 */
export function launcherArguments(procsFiles: readonly string[], command: readonly string[]): string[] {
  const script = `ulimit -c 0; ulimit -n ${MAX_OPEN_FILES}
while [ "$1" != -- ]; do echo $$ > "$1" || exit 97; shift; done
shift
exec "$@"`
  return ['-c', script, 'sh', ...procsFiles, '--', ...command]
}

function masks(): string[] {
  const files = MASKED.filter((path) => existsSync(path)).flatMap((path) => ['--ro-bind', '/dev/null', path])
  const folders = MASKED_FOLDERS.filter((path) => existsSync(path))
  return [...files, ...folders.flatMap((path) => ['--tmpfs', path, '--remount-ro', path])]
}

/** An own empty /sys with nothing but the counter in it. */
function sysArguments(counter: BubblewrapPlan['oomCounter']): string[] {
  const bind = counter === null ? [] : ['--ro-bind', counter.host, counter.inside]
  return ['--tmpfs', '/sys', ...bind, '--remount-ro', '/sys']
}
