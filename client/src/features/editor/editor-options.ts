import type { monaco } from './monaco.ts'

/** How every view of a file looks and behaves. */
export const EDITOR_OPTIONS: monaco.editor.IStandaloneEditorConstructionOptions = {
  autoIndent: 'full',
  automaticLayout: true,
  detectIndentation: false,
  fixedOverflowWidgets: true,
  folding: true,
  fontFamily: 'ui-monospace, monospace',
  fontSize: 13,
  glyphMargin: true,
  insertSpaces: false,
  lineDecorationsWidth: 14,
  lineHeight: 18,
  hideCursorInOverviewRuler: true,
  lineNumbersMinChars: 5,
  minimap: { enabled: false },
  occurrencesHighlight: 'singleFile',
  overviewRulerBorder: false,
  overviewRulerLanes: 3,
  // Room for the horizontal scrollbar: see `scrollbar`.
  padding: { top: 4, bottom: 16 },
  renderLineHighlight: 'gutter',
  // Otherwise the height of the text depends on its widest line, which is known only once it is drawn: a text that opens
  // at its end again is then moved while it is drawn, and the line numbers are left behind.
  scrollbar: { ignoreHorizontalScrollbarInContentHeight: true },
  scrollBeyondLastLine: false,
  stickyScroll: { enabled: false },
  tabSize: 4,
}

/** Colours stand for what Go's words are: brackets have none of their own. An editor that is made sets its models back. */
export const PLAIN_BRACKETS: monaco.editor.ITextModelUpdateOptions = {
  bracketColorizationOptions: { enabled: false, independentColorPoolPerBracketType: false },
}
