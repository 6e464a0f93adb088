import type { Measure } from '@sandbox/protocol'
import { useState } from 'react'
import { type CostChange, type FunctionCost, formatCost, percent } from '../../state/profile.ts'
import controls from '../../ui/controls.module.css'
import { Identifier } from '../../ui/identifier.tsx'
import { PlaceLink } from '../../ui/place-link.tsx'
import styles from './cost-table.module.css'

/** Rows before somebody asks for more, and then. */
const FEW_ROWS = 12
const MANY_ROWS = 200

interface CostTableProps {
  costs: FunctionCost[]
  total: number
  unit: Measure['unit']
  change: ReadonlyMap<string, CostChange> | null
  /** Number of the run that is compared with. */
  before: number | null
  search: string
  onOpen: (file: string, line: number) => void
}

type Order = 'flat' | 'cumulative' | 'change'

/** The functions that cost most, by themselves or with what they call. */
export function CostTable({ costs, total, unit, change, before, search, onOpen }: CostTableProps) {
  const [order, setOrder] = useState<Order>('flat')
  const [all, setAll] = useState(false)
  const by = order === 'change' && !change ? 'flat' : order
  const size = (cost: FunctionCost) => (by === 'change' ? Math.abs(differenceOf(cost, change)) : cost[by])
  const sought = search.toLowerCase()
  const found = costs.filter(({ name, frame }) => `${name} ${frame.file}`.toLowerCase().includes(sought))
  const sorted = found.toSorted((a, b) => size(b) - size(a))
  const rows = sorted.slice(0, all ? MANY_ROWS : FEW_ROWS)
  const head = (column: Order, label: string) => (
    <th scope="col" aria-sort={by === column ? 'descending' : 'none'}>
      <button type="button" onClick={() => setOrder(column)}>
        {label}
        {by === column && ' ↓'}
      </button>
    </th>
  )
  return (
    <>
      <table className={styles.table} data-testid="cost-table">
        <thead>
          <tr>
            {head('flat', 'itself')}
            {head('cumulative', 'with calls')}
            {change && head('change', `a run, since run ${before}`)}
            <th scope="col">function</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((cost) => (
            <tr key={cost.key} data-origin={cost.frame.origin}>
              <Amount value={cost.flat} total={total} unit={unit} />
              <Amount value={cost.cumulative} total={total} unit={unit} />
              {change && <Changed cost={cost} change={change} unit={unit} />}
              <td>
                <code>
                  <Identifier name={cost.name} />
                </code>{' '}
                <span className={styles.place}>
                  <PlaceLink frame={cost.frame} onOpen={onOpen} />
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {sorted.length > rows.length && !all && (
        <button type="button" className={controls.small} onClick={() => setAll(true)}>
          Show {Math.min(sorted.length, MANY_ROWS)} functions
        </button>
      )}
    </>
  )
}

function Amount({ value, total, unit }: { value: number; total: number; unit: Measure['unit'] }) {
  return (
    <td className={styles.amount}>
      {value === 0 ? '–' : formatCost(value, unit)}
      <small>{value === 0 ? '' : percent(total > 0 ? value / total : 0)}</small>
    </td>
  )
}

/** By cumulative cost in one run of the tests: two profiles seldom have as many. */
function Changed({
  cost,
  change,
  unit,
}: {
  cost: FunctionCost
  change: ReadonlyMap<string, CostChange>
  unit: Measure['unit']
}) {
  const { before = 0, now = 0, notable = false } = change.get(cost.key) ?? {}
  const difference = now - before
  const tone = notable ? (difference > 0 ? styles.more : styles.less) : styles.chance
  const relative = before > 0 ? `${difference < 0 ? '−' : '+'}${percent(Math.abs(difference) / before)}` : 'new'
  return (
    <td className={`${styles.amount} ${tone}`} title={notable ? undefined : 'may be chance'}>
      {difference < 0 ? '−' : '+'}
      {formatCost(Math.abs(difference), unit)}
      <small>{relative}</small>
    </td>
  )
}

function differenceOf({ key }: FunctionCost, change: ReadonlyMap<string, CostChange> | null): number {
  const { before = 0, now = 0 } = change?.get(key) ?? {}
  return now - before
}
