import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Page } from 'playwright-core'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const GRAVE = ['serious', 'critical']

/** What axe finds serious or worse about a page as it stands, in light and in dark; one line each. */
export async function graveFindings(page: Page): Promise<string[]> {
  const found: string[] = []
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    // Evaluated, not added as a script: the page's own policy forbids scripts from elsewhere.
    await page.evaluate(AXE)
    const { violations }: AxeResults = await page.evaluate('axe.run()')
    for (const { id, impact, nodes } of violations) {
      if (GRAVE.includes(impact ?? ''))
        found.push(...nodes.map(({ html }) => `${colorScheme} ${id}: ${html.slice(0, 160)}`))
    }
  }
  return found
}
