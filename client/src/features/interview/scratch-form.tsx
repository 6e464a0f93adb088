import type { SourceFile } from '@sandbox/protocol'
import { type FormEvent, useId, useState } from 'react'
import { scratchProblem } from '../../state/interview/panel-scratch.ts'
import controls from '../../ui/controls.module.css'
import styles from './exercise-shelf.module.css'

/** A file of the interviewer's own, which everybody works on from then on. */
export function ScratchForm({ onOpen }: { onOpen: (file: SourceFile) => void }) {
  const id = useId()
  const [name, setName] = useState('main.go')
  const [text, setText] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const found = scratchProblem({ name, text })
    setProblem(found)
    if (found === null) onOpen({ name, text })
  }
  return (
    <form className={styles.form} onSubmit={submit}>
      <label>
        <span className={styles.hint}>File name</span>
        <input className={styles.input} value={name} onChange={(event) => setName(event.target.value)} />
      </label>
      <label>
        <span className={styles.hint}>Go code</span>
        <textarea
          className={styles.source}
          rows={6}
          spellCheck={false}
          placeholder="package main"
          value={text}
          aria-describedby={problem === null ? undefined : id}
          onChange={(event) => setText(event.target.value)}
        />
      </label>
      {problem !== null && (
        <p id={id} className={styles.problem} role="alert">
          {problem}
        </p>
      )}
      <button type="submit" className={controls.button}>
        Hand over this file
      </button>
    </form>
  )
}
