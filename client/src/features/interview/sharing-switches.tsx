import type { Act, Interview } from '@sandbox/protocol'
import { useState } from 'react'
import styles from './clock-bar.module.css'
import { Popover } from './popover.tsx'
import { Stepper } from './stepper.tsx'
import { Switch } from './switch.tsx'

/** What the candidate sees besides code and runs, and what is recorded of them besides edits, runs and cursors. */
export function SharingSwitches(props: { interview: Interview; hints: number; act: (act: Act) => void }) {
  const { interview, hints, act } = props
  const { sharing } = interview
  const share = (change: Partial<Interview['sharing']>) => act({ type: 'shared', sharing: { ...sharing, ...change } })
  return (
    <div className={styles.switches}>
      <fieldset className={styles.group}>
        <legend>Shown to candidate</legend>
        <Switch label="Time left" on={sharing.clock} onChange={(clock) => share({ clock })} />
        {hints > 0 && (
          <span className={styles.hints} title="Hints of the open exercise that the candidate sees">
            Hints
            <Stepper
              label="Hints shown to the candidate"
              value={sharing.hints}
              most={hints}
              words={`${Math.min(sharing.hints, hints)} of ${hints}`}
              onChange={(next) => share({ hints: next })}
            />
          </span>
        )}
      </fieldset>
      <RecordingSwitches interview={interview} act={act} />
    </div>
  )
}

const RECORDED = [
  { key: 'pasting', label: 'Pasting', what: 'that text is pasted' },
  { key: 'leaving', label: 'Leaving the window', what: 'that the window is left' },
] as const

/** Recording is never silent: the candidate's page says at once what is recorded, and this one that it does. */
function RecordingSwitches({ interview, act }: { interview: Interview; act: (act: Act) => void }) {
  const { recording } = interview
  const [told, setTold] = useState('')
  const record = (key: keyof Interview['recording'], on: boolean, what: string) => {
    act({ type: 'recording', recording: { ...recording, [key]: on } })
    setTold(`The candidate is told: ${what} is ${on ? 'recorded' : 'not recorded any more'}.`)
  }
  const on = RECORDED.filter(({ key }) => recording[key]).map(({ label }) => label.toLowerCase())
  return (
    <Popover
      label={`Recorded: ${on.length === 0 ? 'code only' : on.join(', ')}`}
      title="What is recorded of the candidate"
    >
      <div className={styles.menu}>
        <p>Edits, runs and cursors are kept for the replay. The candidate reads what else is, and when that changes.</p>
        {RECORDED.map(({ key, label, what }) => (
          <Switch key={key} label={label} on={recording[key]} onChange={(next) => record(key, next, what)} />
        ))}
        <p className={styles.told} role="status">
          {told}
        </p>
      </div>
    </Popover>
  )
}
