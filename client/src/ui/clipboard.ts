/**
 * Puts a text that is still on its way onto the clipboard. Browsers allow it for as long as the press of a button counts,
 * so that the clipboard is asked now and given the text later. False where there is no clipboard (on plain http in a
 * network) or it refuses; what fails to come fails here too.
 */
export async function copyText(text: Promise<string>): Promise<boolean> {
  const blob = text.then((value) => new Blob([value], { type: 'text/plain' }))
  const written = writeItem(blob)
  await blob
  return written
}

async function writeItem(blob: Promise<Blob>): Promise<boolean> {
  try {
    await navigator.clipboard.write([new ClipboardItem({ 'text/plain': blob })])
    return true
  } catch {
    return false
  }
}
