import type { Act, Guide, Interview, MemberId } from '@sandbox/protocol'
import controls from '../../ui/controls.module.css'
import { Icon } from '../../ui/icon.tsx'
import styles from './flags.module.css'
import { Popover } from './popover.tsx'

type Flag = Guide['greenFlags'][number]

/** What speaks for hiring and what against it, beyond points. */
export function Flags(props: {
  guide: Guide
  card: Interview['cards'][MemberId]
  act: (act: Act) => void
  disabled: boolean
}) {
  const { guide, card, act, disabled } = props
  const flag = (id: string, on: boolean) => act({ type: 'flagged', flag: id, on })
  return (
    <section className={styles.flags} aria-label="Flags">
      <h3>Flags</h3>
      <div className={styles.row}>
        {guide.greenFlags
          .filter(({ id }) => card.flags.includes(id))
          .map((one) => (
            <Chip key={one.id} colour="green" flag={one} disabled={disabled} onDrop={() => flag(one.id, false)} />
          ))}
        {guide.redFlags
          .filter(({ id }) => card.flags.includes(id))
          .map((one) => (
            <Chip key={one.id} colour="red" flag={one} disabled={disabled} onDrop={() => flag(one.id, false)} />
          ))}
        <Popover label="Add flag" title="Green and red flags" disabled={disabled}>
          <Choices title="Green: speaks for hiring" flags={guide.greenFlags} set={card.flags} onFlag={flag} />
          <Choices title="Red: a concern" flags={guide.redFlags} set={card.flags} onFlag={flag} />
        </Popover>
      </div>
    </section>
  )
}

function Chip(props: { colour: 'green' | 'red'; flag: Flag; disabled: boolean; onDrop: () => void }) {
  const { colour, flag, disabled, onDrop } = props
  return (
    <span className={`${controls.chip} ${styles[colour]}`} title={flag.text} data-testid="flag">
      <Icon name="flag" />
      {colour} · {flag.title.toLowerCase()}
      <button type="button" aria-label={`Take back: ${flag.title}`} disabled={disabled} onClick={onDrop}>
        <Icon name="x" />
      </button>
    </span>
  )
}

function Choices(props: {
  title: string
  flags: readonly Flag[]
  set: readonly string[]
  onFlag: (id: string, on: boolean) => void
}) {
  const { title, flags, set, onFlag } = props
  return (
    <fieldset className={styles.choices}>
      <legend>{title}</legend>
      {flags.map(({ id, title: name, text }) => (
        <label key={id}>
          <input
            type="checkbox"
            data-testid={`flag-${id}`}
            checked={set.includes(id)}
            onChange={(event) => onFlag(id, event.target.checked)}
          />
          <span>
            <b>{name}</b> {text}
          </span>
        </label>
      ))}
    </fieldset>
  )
}
