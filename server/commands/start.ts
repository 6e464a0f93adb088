import { ensureClient } from './tools/client-build.ts'
import { prepareSandbox } from './tools/sandbox-preparation.ts'

/** Everything that must stand before the server starts; what already stands costs a hash. */
async function prepare(): Promise<void> {
  const [page, sandbox] = await Promise.allSettled([ensureClient(say), prepareSandbox(say)])
  if (page.status === 'rejected') throw page.reason
  // Without a sandbox the page still opens, and says that and why no code can be run.
  if (sandbox.status === 'rejected') say(`No code can be run: ${messageOf(sandbox.reason)}`)
}

function say(sentence: string): void {
  process.stderr.write(`${sentence}\n`)
}

function messageOf(reason: unknown): string {
  return reason instanceof Error ? reason.message : String(reason)
}

/** A person at a terminal wants sentences, a service its log. */
function quietenLog(): void {
  if (process.stderr.isTTY) process.env.LOG_LEVEL ||= 'warn'
}

try {
  quietenLog()
  await prepare()
  await import('../src/main.ts')
} catch (error) {
  say(messageOf(error))
  process.exit(1)
}
