import { type ReactNode, useState } from 'react'
import { copyText } from './clipboard.ts'
import controls from './controls.module.css'

/** Copies a text that may still be on its way, and says so. What keeps it from coming is for whoever makes it to say. */
export function CopyButton(props: {
  text: () => Promise<string>
  className: string | undefined
  testId: string
  title?: string
  children: ReactNode
}) {
  const [said, setSaid] = useState('')
  const copy = async () => {
    setSaid('')
    try {
      setSaid((await copyText(props.text())) ? 'Copied' : 'The browser does not let this page copy')
    } catch {
      setSaid('Not copied')
    }
  }
  return (
    <>
      <button
        type="button"
        className={props.className}
        data-testid={props.testId}
        title={props.title}
        onClick={() => void copy()}
      >
        {props.children}
      </button>
      <span role="status" className={controls.said}>
        {said}
      </span>
    </>
  )
}
