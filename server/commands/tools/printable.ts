/** Control characters but line break and tab, and those that turn the direction of writing. */
const UNPRINTABLE = /[^\P{Cc}\n\t]|\p{Bidi_Control}/gu

/** A text of others as a terminal may show it: no character in it commands the terminal or hides another. */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, (character) => {
    const hex = (character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')
    return `\\u${hex}`
  })
}
