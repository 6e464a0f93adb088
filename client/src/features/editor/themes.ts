import type { Monaco } from './monaco.ts'

export const THEME_OF = { light: 'practice-light', dark: 'practice-dark' } as const
export type Scheme = keyof typeof THEME_OF

const SYNTAX = ['keyword', 'type', 'func', 'string', 'const', 'comment'] as const

/** Monaco's colours by the token that holds the value; tokens.css stays the only place with colours in it. */
const COLOURS = {
  'editor.background': '--surface',
  'editor.foreground': '--text',
  'editorLineNumber.foreground': '--text-3',
  'editorLineNumber.activeForeground': '--text',
  'editorGutter.background': '--surface',
  'editor.selectionBackground': '--selected',
  'editor.inactiveSelectionBackground': '--selected',
  'editor.lineHighlightBackground': '--raised',
  'editor.lineHighlightBorder': '--surface',
  'editor.wordHighlightBackground': '--hover',
  'editor.wordHighlightStrongBackground': '--hover',
  'editor.findMatchBackground': '--race-edge',
  'editor.findMatchHighlightBackground': '--site-write',
  'editorBracketMatch.background': '--hover',
  'editorBracketMatch.border': '--control',
  'editorIndentGuide.background1': '--hairline',
  'editorIndentGuide.activeBackground1': '--line',
  'editorCursor.foreground': '--accent',
  'editorWhitespace.foreground': '--line',
  'editorError.foreground': '--failed',
  'editorWarning.foreground': '--timeout',
  'editorInfo.foreground': '--accent',
  'editorOverviewRuler.border': '--surface',
  'editorOverviewRuler.errorForeground': '--failed',
  'editorOverviewRuler.infoForeground': '--accent',
  'editorWidget.background': '--raised',
  'editorWidget.border': '--line',
  'editorHoverWidget.background': '--raised',
  'editorHoverWidget.border': '--line',
  'scrollbarSlider.background': '--line',
  'scrollbarSlider.hoverBackground': '--control',
  'scrollbarSlider.activeBackground': '--control',
  'scrollbar.shadow': '--surface',
  'input.background': '--surface',
  'input.border': '--control',
  focusBorder: '--focus',
  'menu.background': '--raised',
  'menu.foreground': '--text',
  'menu.selectionBackground': '--selected',
  'menu.selectionForeground': '--text',
  'quickInput.background': '--raised',
  'quickInput.foreground': '--text',
  'quickInputList.focusBackground': '--selected',
  'quickInputList.focusForeground': '--text',
  'diffEditor.insertedTextBackground': '--passed-edge',
  'diffEditor.removedTextBackground': '--failed-edge',
  'diffEditor.insertedLineBackground': '--passed-wash',
  'diffEditor.removedLineBackground': '--failed-wash',
} as const

/** Defines the light and the dark theme from the page's design tokens. */
export function defineThemes(monaco: Monaco): void {
  for (const scheme of ['light', 'dark'] as const) {
    const read = tokenReader(scheme)
    const colors = Object.fromEntries(Object.entries(COLOURS).map(([key, token]) => [key, read(token)]))
    const rules = SYNTAX.map((kind) => ({ token: kind, foreground: read(`--syn-${kind}`).slice(1) }))
    monaco.editor.defineTheme(THEME_OF[scheme], {
      base: scheme === 'light' ? 'vs' : 'vs-dark',
      inherit: true,
      rules,
      colors,
    })
    read.done()
  }
}

/** Reads a colour token as the browser resolves it under a scheme, as `#rrggbb`. */
export function tokenReader(scheme: Scheme): { (token: string): string; done(): void } {
  const probe = document.createElement('span')
  probe.dataset.theme = scheme
  probe.hidden = true
  document.body.append(probe)
  const read = (token: string) => {
    probe.style.color = `var(${token})`
    return toHex(getComputedStyle(probe).color)
  }
  return Object.assign(read, { done: () => probe.remove() })
}

function toHex(rgb: string): string {
  const parts = rgb.match(/[\d.]+/g)?.slice(0, 3) ?? ['0', '0', '0']
  return `#${parts.map((part) => Math.round(Number(part)).toString(16).padStart(2, '0')).join('')}`
}
