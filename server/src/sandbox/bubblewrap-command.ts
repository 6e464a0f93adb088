import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { promisify } from 'node:util'
import { SandboxError } from './driver.ts'

/** Nobody's number on ordinary systems; the same in every sandbox of every driver. */
export const SANDBOX_UID = 65532
/** Descriptor on which the launched process tells its child's number. */
export const INFO_FD = 3
/** Most open files of one process inside. */
export const MAX_OPEN_FILES = 4096

const DEVICES = ['/dev/null', '/dev/zero', '/dev/full', '/dev/random', '/dev/urandom']
/** What Docker masks too: kernel addresses, keys, other people's timers. */
const MASKED = ['/proc/kcore', '/proc/keys', '/proc/latency_stats', '/proc/sched_debug', '/proc/timer_list']
const MASKED_FOLDERS = ['/proc/acpi', '/proc/asound', '/proc/scsi']

/** Where a tree that the sandbox's user cannot reach is mounted, in a mount namespace that nobody else sees. */
const STAND_IN = '/mnt'

/** Throws a SandboxError with the remedy when bubblewrap is not installed. */
export async function requireBubblewrap(): Promise<void> {
  try {
    await promisify(execFile)('bwrap', ['--version'])
  } catch (cause) {
    throw new SandboxError('bubblewrap is not installed; on Debian or Ubuntu: sudo apt-get install bubblewrap', {
      cause,
    })
  }
}

/** Whether a folder can be entered by everybody, as the sandbox's user must. */
export async function isReachable(folder: string): Promise<boolean> {
  for (let each = folder; ; each = dirname(each)) {
    const { mode } = await stat(each)
    if ((mode & 0o001) === 0) return false
    if (each === dirname(each)) return true
  }
}

export interface BubblewrapPlan {
  tree: string
  workBytes: number
  /** The server is root: then the sandbox is started as another user, so that its root outside is nobody. */
  asRoot: boolean
  /** False where only root can reach the tree. */
  reachable: boolean
  oomCounter: { host: string; inside: string } | null
}

/** The command that becomes the sandbox, for an ordinary user or root. */
export function bubblewrapCommand(plan: BubblewrapPlan): string[] {
  if (!plan.asRoot) return bwrap(plan)
  const uid = String(SANDBOX_UID)
  const asNobody = ['setpriv', `--reuid=${uid}`, `--regid=${uid}`, '--clear-groups', '--']
  if (plan.reachable) return [...asNobody, ...bwrap(plan)]
  const script = `mount --bind "$1" ${STAND_IN} && shift && exec "$@"`
  const inside = [...asNobody, ...bwrap({ ...plan, tree: STAND_IN })]
  return ['unshare', '--mount', '--', '/bin/sh', '-c', script, 'sh', plan.tree, ...inside]
}

/** CAP_SYS_ADMIN is for one remount of /tmp, CAP_SETPCAP for dropping both for good: the supervisor's first acts. */
function bwrap(plan: BubblewrapPlan): string[] {
  const uid = String(SANDBOX_UID)
  return [
    'bwrap',
    ...['--unshare-all', '--uid', uid, '--gid', uid, '--hostname', 'sandbox'],
    ...['--die-with-parent', '--new-session', '--as-pid-1', '--clearenv', '--info-fd', String(INFO_FD)],
    ...['--ro-bind', plan.tree, '/', '--proc', '/proc', ...masks()],
    ...['--tmpfs', '/dev', ...DEVICES.flatMap((device) => ['--dev-bind', device, device]), '--remount-ro', '/dev'],
    ...sysArguments(plan.oomCounter),
    ...['--size', String(plan.workBytes), '--tmpfs', '/tmp'],
    ...[
      '--cap-drop',
      'ALL',
      '--cap-add',
      'CAP_SYS_ADMIN',
      '--cap-add',
      'CAP_SETPCAP',
      '--chdir',
      '/',
      '--',
      '/supervisor',
    ],
  ]
}

export interface Launch {
  /** The groups' files for process numbers. */
  procsFiles: readonly string[]
  /** Steps of priority that are given up, as nice(1) counts them. */
  yields: number
  command: readonly string[]
}

/**
 * Arguments of /bin/sh that first put the shell itself into the groups (so that not even the first instruction runs
 * outside of them) and then become the command.
 */
export function launcherArguments({ procsFiles, yields, command }: Launch): string[] {
  const script = `ulimit -c 0; ulimit -n ${MAX_OPEN_FILES}
while [ "$1" != -- ]; do echo $$ > "$1" || exit 97; shift; done
shift
exec "$@"`
  const polite = yields > 0 ? ['nice', '-n', String(yields)] : []
  return ['-c', script, 'sh', ...procsFiles, '--', ...polite, ...command]
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
