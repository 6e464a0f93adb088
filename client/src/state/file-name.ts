import { MAX_FILES, SourceFile } from '@sandbox/protocol'
import { fileNamed, type Workspace } from './workspace.ts'

/** Operating systems and architectures that a Go file's name can tie it to, after Go's `internal/syslist`. */
const SYSTEMS =
  'aix android darwin dragonfly freebsd hurd illumos ios js linux nacl netbsd openbsd plan9 solaris wasip1 windows zos'
const ARCHITECTURES =
  '386 amd64 amd64p32 arm armbe arm64 arm64be loong64 mips mipsle mips64 mips64le mips64p32 mips64p32le ppc ppc64 ppc64le riscv riscv64 s390 s390x sparc sparc64 wasm'
const PLATFORMS = new Set(`${SYSTEMS} ${ARCHITECTURES}`.split(' '))

/** Every sandbox is one. */
const OUR_SYSTEM = 'linux'

/** Why a scratch file may not have this name, as a sentence; null where it may. `current` is its name so far. */
export function nameProblem(workspace: Workspace, name: string, current: string | null): string | null {
  const problem = spellingProblem(name) ?? platformProblem(name)
  if (problem) return problem
  if (name !== current && fileNamed(workspace, name)) return `There is already a file ${name}.`
  if (current === null && workspace.files.length >= MAX_FILES) return `A run takes at most ${MAX_FILES} files.`
  return null
}

function spellingProblem(name: string): string | null {
  if (name === '.go') return 'Something has to stand before “.go”.'
  if (/[^A-Za-z0-9_.-]/.test(name)) return 'A file name has letters, digits, “_”, “-” and “.” only.'
  if (/^[^A-Za-z0-9]/.test(name)) return 'A file name begins with a letter or a digit.'
  if (!name.endsWith('.go')) return 'The name of a Go file ends in “.go”.'
  return SourceFile.shape.name.safeParse(name).success ? null : 'This name is too long.'
}

/** The rule of `go/build`: the name up to the first dot, without `_test`, ends in a system, an architecture or both. */
function platformProblem(name: string): string | null {
  const parts = (name.split('.')[0] ?? '').split('_').slice(1)
  if (parts.at(-1) === 'test') parts.pop()
  const last = parts.at(-1) ?? ''
  if (!PLATFORMS.has(last) || last === OUR_SYSTEM) return null
  return `Go builds a file whose name ends in “_${last}” for ${last} only. Choose another name.`
}
