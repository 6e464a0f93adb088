import { type ReactNode, type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { type RowRange, rowsBetween } from './virtual-rows.ts'

/** Shorter lists are drawn whole: the browser's own search finds everything in them. */
const WHOLE_UP_TO = 100
/** Rows so far out of sight are drawn, in CSS pixels. */
const MARGIN_PX = 600
/** Of a row that was never drawn. */
const GUESSED_PX = 96

/**
 * A list of which only what is seen is drawn, whatever scrolls it and however tall its rows are. `row` makes one `li`, with
 * its key.
 */
export function VirtualList<T>(props: {
  items: readonly T[]
  keyOf: (item: T) => string
  /** `index` counts from 0 in all of them. */
  row: (item: T, index: number) => ReactNode
}) {
  const { items, keyOf, row } = props
  const list = useRef<HTMLUListElement>(null)
  const range = useRowRange(list, items.map(keyOf))
  return (
    <ul ref={list}>
      <Gap px={range.above} />
      {items.slice(range.from, range.to).map((item, index) => row(item, range.from + index))}
      <Gap px={range.below} />
    </ul>
  )
}

/** Room of rows that are not drawn. */
function Gap({ px }: { px: number }) {
  const gap = useRef<HTMLLIElement>(null)
  useLayoutEffect(() => {
    if (gap.current) gap.current.style.height = `${px}px`
  }, [px])
  return <li ref={gap} aria-hidden="true" data-gap />
}

function useRowRange(list: RefObject<HTMLUListElement | null>, keys: readonly string[]): RowRange {
  const isWhole = keys.length <= WHOLE_UP_TO
  const [heights] = useState(() => new Map<string, number>())
  const heightsNow = () => keys.map((key) => heights.get(key) ?? GUESSED_PX)
  const [seen, setSeen] = useState({ top: 0, bottom: globalThis.innerHeight })
  const range = rowsBetween(heightsNow(), seen.top - MARGIN_PX, seen.bottom + MARGIN_PX)
  const look = useRef(() => {})
  useLayoutEffect(() => {
    look.current = () => {
      if (!list.current) return
      measure(list.current, keys.slice(range.from, range.to), heights)
      const top = -list.current.getBoundingClientRect().top
      const bottom = top + globalThis.innerHeight
      const next = rowsBetween(heightsNow(), top - MARGIN_PX, bottom + MARGIN_PX)
      if (next.from !== range.from || next.to !== range.to) setSeen({ top, bottom })
    }
  })
  useEffect(() => (isWhole ? undefined : whenMoved(() => look.current())), [isWhole])
  return isWhole ? { from: 0, to: keys.length, above: 0, below: 0 } : range
}

/** The heights of the rows that are drawn; the first and the last child are gaps. */
function measure(list: HTMLUListElement, keys: readonly string[], heights: Map<string, number>): void {
  for (const [index, key] of keys.entries()) {
    const height = list.children[index + 1]?.getBoundingClientRect().height ?? 0
    // Nothing has a height where nothing is laid out.
    if (height > 0) heights.set(key, height)
  }
}

/** Looks once a frame while anything scrolls or changes its size. Returns the function that ends it. */
function whenMoved(act: () => void): () => void {
  let frame: number | null = null
  const soon = () => {
    frame ??= requestAnimationFrame(() => {
      frame = null
      act()
    })
  }
  const stop = new AbortController()
  const { signal } = stop
  // Scrolling does not bubble; whatever scrolls the list is above it.
  document.addEventListener('scroll', soon, { capture: true, passive: true, signal })
  globalThis.addEventListener('resize', soon, { signal })
  soon()
  return () => {
    stop.abort()
    if (frame !== null) cancelAnimationFrame(frame)
  }
}
