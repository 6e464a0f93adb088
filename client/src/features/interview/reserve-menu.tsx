import { type Act, type ClockState, clockPlan, type Guide } from '@sandbox/protocol'
import { giftOf, reserveLeft, sharesOf } from '../../state/interview/panel-clock.ts'
import controls from '../../ui/controls.module.css'
import styles from './clock-bar.module.css'
import { Popover } from './popover.tsx'
import { Stepper } from './stepper.tsx'

interface ReserveProps {
  guide: Guide
  clock: ClockState
  at: number
  act: (act: Act) => void
}

/** Minutes that no part has yet, to be given to one. */
export function ReserveMenu({ guide, clock, at, act }: ReserveProps) {
  const left = reserveLeft(guide, clock, at)
  const words = left < 0 ? `${-left} min over` : `${left} min`
  return (
    <Popover label={`Reserve: ${words}`} title="Give minutes of the reserve to a part">
      <div className={styles.menu}>
        <p>
          {left < 0 ? `${-left} minutes more are given away than there are.` : `${left} minutes are not planned yet.`}{' '}
          The last {guide.keptMinutes} stay the candidate’s.
        </p>
        <GiftButton guide={guide} clock={clock} at={at} act={act} />
        <ul>
          {sharesOf(guide, clock).map(({ id, title, minutes }) => (
            <li key={id}>
              <span>{title}</span>
              <Stepper
                label={`Minutes of the reserve for ${title}`}
                value={minutes}
                most={minutes + Math.max(0, left)}
                onChange={(next) => act({ type: 'reserve', part: id, minutes: next })}
              />
            </li>
          ))}
        </ul>
      </div>
    </Popover>
  )
}

/** What is left of the reserve, and the gift that is given most often. */
export function ReserveRow(props: ReserveProps) {
  const { guide, clock, at } = props
  const { minutes } = clockPlan(guide).reserve
  return (
    <>
      <span className={styles.dim}>+</span>
      <span>
        Reserve{' '}
        <span className={styles.dim}>
          {reserveLeft(guide, clock, at)} of {minutes} left
        </span>
      </span>
      <GiftButton {...props} />
    </>
  )
}

function GiftButton({ guide, clock, at, act }: ReserveProps) {
  const gift = giftOf(guide, clock, at)
  if (!gift) return null
  const { part, minutes, words } = gift
  return (
    <button type="button" className={controls.small} onClick={() => act({ type: 'reserve', part, minutes })}>
      {words}
    </button>
  )
}
