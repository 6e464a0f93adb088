import styles from './line-labels.module.css'
import { type CodeEditorInstance, monaco } from './monaco.ts'

/** Words behind the end of a line. */
export interface LineLabel {
  words: string
  classes: string
  /** The line, as the text is now; null where it is gone. */
  line(): number | null
}

/**
 * Shows words behind lines without putting them into the text: what is put there comes before the carets that stand at the
 * end of a line. Labels of one line stand in one row and go with the text.
 */
export class LineLabels {
  readonly #editor: CodeEditorInstance
  readonly #listening: { dispose(): void }
  readonly #rows = new Map<number, Row>()
  #labels: readonly LineLabel[] = []

  constructor(editor: CodeEditorInstance) {
    this.#editor = editor
    this.#listening = editor.onDidChangeModelContent(() => this.#layOut())
  }

  show(labels: readonly LineLabel[]): void {
    this.#labels = labels
    this.#layOut()
  }

  dispose(): void {
    this.show([])
    this.#listening.dispose()
  }

  #layOut(): void {
    const byLine = new Map<number, LineLabel[]>()
    for (const label of this.#labels) {
      const line = label.line()
      if (line !== null) byLine.set(line, [...(byLine.get(line) ?? []), label])
    }
    for (const [line, row] of this.#rows) {
      if (byLine.has(line)) continue
      this.#editor.removeContentWidget(row)
      this.#rows.delete(line)
    }
    for (const [line, labels] of byLine) this.#layOutRow(line, labels)
  }

  #layOutRow(line: number, labels: readonly LineLabel[]): void {
    const known = this.#rows.get(line)
    const row = known ?? new Row(line, () => this.#editor.getModel()?.getLineMaxColumn(line) ?? 1)
    row.fill(labels)
    this.#rows.set(line, row)
    if (known) this.#editor.layoutContentWidget(row)
    else this.#editor.addContentWidget(row)
  }
}

class Row implements monaco.editor.IContentWidget {
  readonly suppressMouseDown = true
  readonly #line: number
  readonly #column: () => number
  readonly #node = document.createElement('div')

  constructor(line: number, column: () => number) {
    this.#line = line
    this.#column = column
    this.#node.className = styles.row ?? ''
  }

  getId(): string {
    return `labels-of-line-${this.#line}`
  }

  getDomNode(): HTMLElement {
    return this.#node
  }

  getPosition(): monaco.editor.IContentWidgetPosition {
    const position = { lineNumber: this.#line, column: this.#column() }
    return { position, preference: [monaco.editor.ContentWidgetPositionPreference.EXACT] }
  }

  fill(labels: readonly LineLabel[]): void {
    const wanted = labels.map(({ words, classes }) => {
      const label = document.createElement('span')
      label.className = classes
      label.textContent = words
      return label
    })
    this.#node.replaceChildren(...wanted)
  }
}
