import type { Goroutine, WaitFor, WaitObject } from '@sandbox/protocol'
import type { ReactNode } from 'react'
import { PlaceLink } from '../../ui/place-link.tsx'
import styles from './wait-for.module.css'
import { type CycleStep, cycleSteps, lockedWords, othersToShow, waitingWords } from './wait-steps.ts'

type Open = (file: string, line: number) => void

/** Who waits for whom: the proved cycle as a chain that ends where it began, and whatever else is waited for that somebody holds. */
export function WaitForGraph(props: { waitFor: WaitFor; goroutines: Goroutine[]; onOpen: Open }) {
  const { waitFor, goroutines, onOpen } = props
  const steps = cycleSteps(waitFor, goroutines)
  const others = othersToShow(waitFor, goroutines)
  if (steps.length + others.length === 0) return null
  return (
    <section className={styles.graph} data-testid="wait-for" aria-label="Who waits for whom">
      {steps.length > 0 && <Cycle steps={steps} onOpen={onOpen} />}
      <ul className={styles.others}>
        {others.map((object) => (
          <Waited key={object.address} object={object} onOpen={onOpen} />
        ))}
      </ul>
    </section>
  )
}

function Cycle({ steps, onOpen }: { steps: CycleStep[]; onOpen: Open }) {
  const [first] = steps
  return (
    <figure className={styles.cycle} data-testid="wait-cycle">
      <figcaption>
        {steps.length === 1 ? 'It waits for itself' : 'Each waits for a lock that the next one holds'}
      </figcaption>
      <ol>
        {steps.map(({ goroutine, lock, hold, holder }) => (
          <li key={goroutine.id}>
            <Node shape="goroutine">goroutine {goroutine.id}</Node>
            <Edge>
              waits{' '}
              {goroutine.site && (
                <>
                  at <PlaceLink frame={goroutine.site} onOpen={onOpen} />
                </>
              )}
            </Edge>
            <Node shape="lock">{lock}</Node>
            <Edge>
              {lockedWords(hold)} by goroutine {holder}{' '}
              {hold.site && (
                <>
                  at <PlaceLink frame={hold.site} onOpen={onOpen} />
                </>
              )}
            </Edge>
          </li>
        ))}
      </ol>
      {first && (
        <p className={styles.back}>
          <span aria-hidden="true">↺</span> back to goroutine {first.goroutine.id}
        </p>
      )}
    </figure>
  )
}

function Node({ shape, children }: { shape: 'goroutine' | 'lock'; children: ReactNode }) {
  return <span className={shape === 'lock' ? styles.lock : styles.goroutine}>{children}</span>
}

function Edge({ children }: { children: ReactNode }) {
  return (
    <span className={styles.edge}>
      <span aria-hidden="true">↓ </span>
      {children}
    </span>
  )
}

/** One thing that is waited for: who waits, and who could end it. */
function Waited({ object, onOpen }: { object: WaitObject; onOpen: Open }) {
  const { kind, name, waiters, holders } = object
  return (
    <li className={styles.waited}>
      <span className={styles.lock}>{name ?? kind}</span>
      <span>{waitingWords(waiters)}</span>
      {holders?.map(({ goroutine, hold, ended }, index) => (
        <span key={index}>
          {lockedWords(hold)} by goroutine {goroutine}{' '}
          {hold.site && (
            <>
              at <PlaceLink frame={hold.site} onOpen={onOpen} />
            </>
          )}
          {ended && ', which has ended without unlocking it'}
        </span>
      ))}
    </li>
  )
}
