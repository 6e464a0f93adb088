import { act, type ReactElement } from 'react'
import { createRoot } from 'react-dom/client'
import { onTestFinished } from 'vitest'

declare global {
  var IS_REACT_ACT_ENVIRONMENT: boolean
}

/** Renders into the test's document, waits for effects, and takes it away when the test is over. */
export async function render(element: ReactElement) {
  globalThis.IS_REACT_ACT_ENVIRONMENT = true
  const host = document.createElement('div')
  document.body.append(host)
  const root = createRoot(host)
  await act(async () => root.render(element))
  onTestFinished(() => act(async () => root.unmount()).then(() => host.remove()))
  return {
    host,
    all: (testId: string) => [...host.querySelectorAll<HTMLElement>(`[data-testid="${testId}"]`)],
    one(testId: string): HTMLElement {
      const found = host.querySelector<HTMLElement>(`[data-testid="${testId}"]`)
      if (!found) throw new Error(`nothing has the test id ${testId}`)
      return found
    },
    button(name: string): HTMLElement {
      const buttons = [...host.querySelectorAll<HTMLElement>('button')]
      const found = buttons.find((one) => (one.getAttribute('aria-label') ?? one.textContent?.trim()) === name)
      if (!found) throw new Error(`no button ${name} among: ${buttons.map((one) => one.textContent).join(', ')}`)
      return found
    },
    /** Presses, types or changes state, and waits for what follows. */
    act: (change: () => void) => act(async () => change()),
  }
}
