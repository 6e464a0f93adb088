import { spawn } from 'node:child_process'
import type { GoRun } from './go-account.ts'

/** The flag that go test gets; a package that hangs costs this long. */
const TIMEOUT = '10s'
const MAX_GO_OUTPUT_BYTES = 16 * 1024 * 1024

/** Neither the person's settings nor the network may change what go test says. */
const SETTINGS = {
  GOFLAGS: '',
  GOWORK: 'off',
  GOPROXY: 'off',
  GOTOOLCHAIN: 'local',
  GOENV: 'off',
  GOEXPERIMENT: '',
  CGO_ENABLED: '1',
  // As many as in a sandbox: it is how many parallel tests run at once.
  GOMAXPROCS: '4',
}

/** Root of the toolchain on the PATH. */
export async function findGoRoot(): Promise<string> {
  const { stdout } = await runGo(['env', 'GOROOT'], '.')
  return stdout.trim()
}

/** The real `go test -race -json` of the package in a folder. Its failing is a result; throws where go cannot be started. */
export async function goTest(folder: string, goroot: string): Promise<GoRun> {
  const run = await runGo(['test', '-race', '-json', '-count=1', '-timeout', TIMEOUT, '.'], folder)
  return { ...run, folders: { work: folder, goroot } }
}

function runGo(args: string[], cwd: string): Promise<{ stdout: string; stderr: string; exitCode: number | null }> {
  return new Promise((resolve, reject) => {
    const child = spawn('go', args, { cwd, env: { ...process.env, ...SETTINGS }, stdio: ['ignore', 'pipe', 'pipe'] })
    const output = { stdout: '', stderr: '' }
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].setEncoding('utf8')
      child[name].on('data', (text: string) => {
        output[name] += text
        if (output[name].length > MAX_GO_OUTPUT_BYTES) child.kill('SIGKILL')
      })
    }
    child.on('error', (cause) => reject(new Error('go could not be started; parity needs it on the PATH', { cause })))
    child.on('close', (exitCode) => resolve({ ...output, exitCode }))
  })
}
