import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { ROOT } from '../commands/tools/programs.ts'
import { openBrowser, openPage } from '../e2e/browser.ts'

/** Milliseconds from navigation to an editor that accepts typing, with an empty cache each time. */
export async function pageReadyMs(url: string, times: number): Promise<number[]> {
  const browser = await openBrowser()
  try {
    const figures: number[] = []
    for (let n = 0; n < times; n++) {
      const { page } = await openPage(browser, `${url.replace(/\/$/, '')}/exercise/worker-pool`)
      await page.waitForFunction(() => performance.getEntriesByName('editor-ready').length > 0)
      figures.push(await page.evaluate(() => performance.getEntriesByName('editor-ready')[0]?.startTime ?? 0))
      await page.context().close()
    }
    return figures
  } finally {
    await browser.close()
  }
}

/** Milliseconds from `npm start`, with everything built, to a server that runs code. */
export async function secondStartMs(): Promise<number> {
  const begun = performance.now()
  const child = spawn('npm', ['start', '--silent'], {
    cwd: ROOT,
    env: { ...process.env, PORT: '0' },
    stdio: ['ignore', 'pipe', 'ignore'],
    detached: true,
  })
  const exited = once(child, 'exit')
  try {
    const url = await new Promise<string>((resolve, reject) => {
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        const found = /http:\/\/[\w.:[\]-]+/.exec(text)
        if (found) resolve(found[0])
      })
      exited.then(([code]) => reject(new Error(`npm start ended with code ${code}`)))
    })
    while (!(await fetch(`${url}/readyz`)).ok) await new Promise((resolve) => setTimeout(resolve, 20))
    return performance.now() - begun
  } finally {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGTERM')
    await exited
  }
}
