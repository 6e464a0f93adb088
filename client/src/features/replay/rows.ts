/** Rows of the scrubber from top to bottom, in pixels. Above them is room for the playhead's flag. */
export const ROWS = {
  ticks: { top: 20, height: 14 },
  parts: { top: 38, height: 18 },
  exercises: { top: 58, height: 16 },
  brackets: { top: 78, height: 16 },
  runs: { top: 96, height: 22 },
  edits: { top: 122, height: 32 },
}
export type Row = { top: number; height: number }

export const HEIGHT = ROWS.edits.top + ROWS.edits.height
/** A letter of a label is about this wide, in pixels; a label that does not fit is left out. */
export const LETTER_PX = 6.2
export const LABEL_ROOM_PX = 12
