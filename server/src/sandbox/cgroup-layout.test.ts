import { expect, test } from 'vitest'
import { parseMounts, parseOwnGroups } from './cgroup-layout.ts'

/** Captured on a machine with version 1 and an empty version 2 tree beside it. */
const HYBRID = `28 21 0:26 / /sys/fs/cgroup rw,relatime - tmpfs tmpfs rw,mode=755
29 28 0:29 / /sys/fs/cgroup/cpu rw,relatime - cgroup cgroup rw,cpu
32 28 0:32 / /sys/fs/cgroup/memory rw,relatime - cgroup cgroup rw,memory
36 28 0:36 / /sys/fs/cgroup/pids rw,relatime - cgroup cgroup rw,pids
38 28 0:38 / /sys/fs/cgroup/unified rw,relatime - cgroup2 cgroup2 rw
40 21 254:0 / / rw,relatime - ext4 /dev/vda rw
`

/** Captured in a container under systemd, version 2. */
const UNIFIED = `1034 1033 0:27 / /sys/fs/cgroup ro,nosuid,nodev,noexec,relatime - cgroup2 cgroup rw,nsdelegate,memory_recursiveprot
`

test('finds the hierarchies of version 1 and 2', () => {
  const mounts = parseMounts(HYBRID)
  expect(mounts).toHaveLength(4)
  expect(mounts.find((mount) => mount.controllers.includes('memory'))).toMatchObject({
    version: 1,
    root: '/',
    point: '/sys/fs/cgroup/memory',
  })
  expect(mounts.find((mount) => mount.version === 2)?.point).toBe('/sys/fs/cgroup/unified')
  expect(parseMounts(UNIFIED)).toEqual([{ version: 2, root: '/', point: '/sys/fs/cgroup', controllers: [] }])
})

test('knows the own group of each hierarchy', () => {
  const groups = parseOwnGroups('8:pids:/\n4:memory:/jobs/97ede27a\n3:cpu,cpuacct:/x\n0::/user.slice/a:b.scope\n')
  expect(groups.get('memory')).toBe('/jobs/97ede27a')
  expect(groups.get('cpu')).toBe('/x')
  expect(groups.get('')).toBe('/user.slice/a:b.scope')
})

test('junk is no mount and no group', () => {
  expect(parseMounts('a b\n - \n\n')).toEqual([])
  expect(parseOwnGroups('x\n:::\n').size).toBe(0)
})
