import type { Page } from 'playwright-core'

/** The marks that the editor puts beside a line: an access that writes, one that reads, an answer. */
export type MarkKind = 'glyphWrite' | 'glyphRead' | 'lineAnswer'

/**
 * The keyboard goes to the editor. Not by a click: on a busy machine its target, the middle of all lines, is scrolled into
 * view before the editor has laid them out, and the press goes beside it.
 */
export async function focusEditor(page: Page): Promise<void> {
  await page.getByTestId('editor').getByRole('textbox').focus()
}

/** Replaces the whole text of the open file, as typing would. */
export async function replaceCode(page: Page, code: string): Promise<void> {
  await focusEditor(page)
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.insertText(code)
}

/** Types at the very end of the open file. */
export async function appendCode(page: Page, code: string): Promise<void> {
  await focusEditor(page)
  await page.keyboard.press('ControlOrMeta+End')
  await page.keyboard.insertText(code)
}

/** Types at the very beginning of the open file. */
export async function prependCode(page: Page, code: string): Promise<void> {
  await focusEditor(page)
  await page.keyboard.press('ControlOrMeta+Home')
  await page.keyboard.insertText(code)
}

/** The lines that show a mark of this kind, by the number printed at the same height. */
export function markedLines(page: Page, kind: MarkKind): Promise<number[]> {
  return page.getByTestId('editor').evaluate((editor, wanted) => {
    const lineAt = new Map<number, number>()
    for (const number of editor.querySelectorAll('.line-numbers')) {
      lineAt.set(Math.round(number.getBoundingClientRect().top), Number(number.textContent))
    }
    const marks = [...editor.querySelectorAll(`[class*="${wanted}"]`)]
    return marks.map((mark) => lineAt.get(Math.round(mark.getBoundingClientRect().top)) ?? 0)
  }, kind)
}
