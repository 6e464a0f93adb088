const ZOOM_PER_PX = 0.0016

/** What a turn of the wheel asks for over something that has a time axis; null: what the wheel does anyway. */
export type WheelWish = { type: 'pan'; px: number } | { type: 'zoom'; factor: number } | null

/**
 * Sideways, or with Shift, it moves along. With Ctrl, as two fingers on a touch pad do too, it zooms; so it does once what
 * is under it has the keyboard.
 */
export function wheelWish(event: WheelEvent, hasKeyboard: boolean): WheelWish {
  const { shiftKey, deltaX, deltaY, ctrlKey, metaKey } = event
  if (shiftKey || Math.abs(deltaX) > Math.abs(deltaY)) return { type: 'pan', px: deltaX || deltaY }
  if (ctrlKey || metaKey || hasKeyboard) return { type: 'zoom', factor: Math.exp(deltaY * ZOOM_PER_PX) }
  return null
}
