// @vitest-environment happy-dom
import { expect, test } from 'vitest'
import { render } from '../../ui/test-render.ts'
import { CandidateLink } from './candidate-link.tsx'

async function openLink(candidateKey: string | null, onRenew?: () => Promise<void>) {
  const asked: (number | 'end')[] = []
  const renew = async (hours: number) => {
    asked.push(hours)
    await onRenew?.()
  }
  const info = {
    candidateKey,
    candidateExpiresAt: candidateKey === null ? null : new Date(2026, 10, 22, 14, 5).getTime(),
  }
  const page = await render(<CandidateLink info={info} onRenew={renew} onRevoke={async () => void asked.push('end')} />)
  return { ...page, asked, press: (name: string) => page.act(() => page.button(name).click()) }
}

test('the link says until when it works, and is replaced or ended', async () => {
  const { asked, press, host } = await openLink('k'.repeat(32))
  expect(host.textContent).toContain('It works until 22 November 2026 at 14:05.')
  await press('Replace the link')
  await press('End the link')
  expect(asked).toEqual([168, 'end'])
})

test('where there is none, one can be made', async () => {
  const { press, asked, host } = await openLink(null)
  expect(host.querySelectorAll('input[readonly]')).toHaveLength(0)
  await press('Make a link')
  expect(asked).toEqual([168])
})

test('what failed is said', async () => {
  const { press, host } = await openLink(null, () => Promise.reject(new Error('The server cannot be reached.')))
  await press('Make a link')
  expect(host.querySelector('[role="alert"]')?.textContent).toBe('The server cannot be reached.')
})
