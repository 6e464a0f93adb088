import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { SCRATCH } from '@sandbox/protocol'
import type { Subject } from './subject.ts'

const run = promisify(execFile)

/**
 * CPU seconds of the steps of one run on the bare host, outside of any sandbox: compile, vet, link and run with the
 * tree's own tools. Cores divided by this is what a machine could do if everything else were free.
 */
export async function cpuSecondsOfSteps(subject: Subject, tree: string, edit: number): Promise<number> {
  const dir = await mkdtemp(join(tmpdir(), 'practice-steps-'))
  try {
    const steps = await layOut(subject, tree, { dir, edit })
    let seconds = 0
    for (const step of steps) seconds += await cpuSeconds(step, dir)
    return seconds
  } finally {
    await rm(dir, { recursive: true, force: true })
  }
}

/**
 * The same tools, flags and environment that the supervisor uses (sandbox-images/go/supervisor: build.go, link.go, tool.go),
 * with the host's paths. Without LINK_PRELOAD the linker does not wait.
 */
async function layOut(subject: Subject, tree: string, { dir, edit }: { dir: string; edit: number }): Promise<string[]> {
  const { folder, tests } = subject
  const path = `sandbox/${folder}`
  const own = subject.edited(edit)
  for (const source of [...own, ...tests]) await writeFile(join(dir, source.name), source.text)
  await writeFile(join(dir, 'main.go'), testMain(path, tests.map(({ text }) => text).join('\n')))
  const std = (await readFile(join(tree, 'go/race/importcfg'), 'utf8')).replaceAll('=/go/', `=${tree}/go/`)
  const packages = `${std}packagefile ${path}=${dir}/p.a\npackagefile ${path}_test=${dir}/x.a\n`
  await writeFile(join(dir, 'importcfg'), packages)
  const inDir = (files: { name: string }[]) => files.map(({ name }) => join(dir, name))
  await writeFile(join(dir, 'vet.cfg'), vetConfig(path, inDir(own), { dir, packages: std }))
  const withOwn = `${std}packagefile ${path}=${dir}/p.a\n`
  await writeFile(
    join(dir, 'vet_test.cfg'),
    vetConfig(`${path}_test`, inDir(tests), { dir, packages: withOwn, of: path }),
  )
  const tool = `GOEXPERIMENT=goroutineleakprofile GOGC=off GOMEMLIMIT=400MiB ${tree}/go/tool`
  const race = '-installsuffix race -race'
  const compile = `${tool}/compile -trimpath '${dir}=>' -lang=go1.26 -complete -nolocalimports -importcfg importcfg -pack -c=2 ${race}`
  const names = (files: { name: string }[]) => files.map(({ name }) => `./${name}`).join(' ')
  return [
    `${compile} -o p.a -p ${path} ${names(own)}`,
    `${compile} -o x.a -p ${path}_test ${names(tests)}`,
    `${compile} -o main.a -p main -dwarf=false ./main.go`,
    `${tool}/vet -json vet.cfg`,
    // A person's own tests are vetted too.
    ...(folder === SCRATCH ? [`${tool}/vet -json vet_test.cfg`] : []),
    `${tool}/link-preloading -o test.exe -importcfg importcfg -s -w -buildmode=exe -libgcc=none -X testing.testBinary=1 ${race} main.a`,
    `GORACE='log_path=${dir}/race history_size=7 atexit_sleep_ms=0' GOMAXPROCS=4 ./test.exe -test.paniconexit0 -test.timeout=10m0s -test.v=test2json`,
  ]
}

function testMain(path: string, tests: string): string {
  const names = [...tests.matchAll(/^func (Test[A-Z_]\w*)\(t \*testing\.T\)/gm)].map(([, name]) => name)
  const entries = names.map((name) => `evidence.Test("${name}", _xtest.${name})`).join(', ')
  return `package main
import (
	"gosandbox/evidence"
	_ "${path}"
	_xtest "${path}_test"
)
func main() {
	program := evidence.Program{ImportPath: "${path}"}
	program.Tests = evidence.Tests{${entries}}
	program.Run()
}
`
}

/** `of` is the package whose tests these files are: what vet has found out about it stands in the folder. */
function vetConfig(
  path: string,
  files: string[],
  { dir, packages, of }: { dir: string; packages: string; of?: string },
): string {
  const archives = [...packages.matchAll(/^packagefile (\S+)=(\S+)$/gm)].map(
    ([, name = '', file = '']) => [name, file] as const,
  )
  return JSON.stringify({
    ID: path,
    Compiler: 'gc',
    Dir: dir,
    ImportPath: path,
    GoVersion: 'go1.26',
    GoFiles: files,
    ImportMap: Object.fromEntries(archives.map(([name]) => [name, name])),
    PackageFile: Object.fromEntries(archives),
    Standard: Object.fromEntries(archives.filter(([name]) => name !== of).map(([name]) => [name, true])),
    ...(of === undefined ? {} : { PackageVetx: { [of]: join(dir, 'vetx') } }),
    VetxOutput: join(dir, of === undefined ? 'vetx' : 'vetx_test'),
    SucceedOnTypecheckFailure: true,
  })
}

/** User and system time of a command and its children, as bash's own `time` tells it. */
async function cpuSeconds(command: string, dir: string): Promise<number> {
  const script = `TIMEFORMAT='cpu %3U %3S'; time { ${command} >output 2>&1 || { cat output >&2; exit 1; }; }`
  const { stderr } = await run('bash', ['-c', script], { cwd: dir })
  const [, user, system] = /cpu ([\d.]+) ([\d.]+)/.exec(stderr) ?? []
  return Number(user) + Number(system)
}
