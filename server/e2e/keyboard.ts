import type { Page } from 'playwright-core'

/** Tabs from one end of a page to the other: a page with more stops would be no fun. */
const MAX_STOPS = 150

/** Presses Tab until an element that matches, and has this text, has the keyboard. Throws where Tab never gets there. */
export async function tabTo(page: Page, selector: string, text = ''): Promise<void> {
  for (let stop = 0; stop < MAX_STOPS; stop++) {
    if (await page.evaluate(hasKeyboard, { selector, text })) return
    // Monaco keeps Tab for the code until it is told to let it go.
    if (await page.evaluate(isInCode)) await page.keyboard.press('Control+m')
    await page.keyboard.press('Tab')
  }
  throw new Error(`Tab never comes to ${selector} ${text}`)
}

function hasKeyboard({ selector, text }: { selector: string; text: string }): boolean {
  const { activeElement } = document
  return activeElement?.matches(selector) === true && (activeElement.textContent ?? '').includes(text)
}

function isInCode(): boolean {
  return document.activeElement?.closest('.monaco-editor') != null
}
