/** The colours of the drawing, as the page's tokens have them in the scheme in force. */
export interface Palette {
  goroutines: string[]
  runtime: string
  queued: string
  waiting: string
  gc: string
  stopped: string
  text: string
  dim: string
  hairline: string
  line: string
  surface: string
  sunken: string
  selected: string
}

const GOROUTINES = [1, 2, 3, 4, 5, 6, 7, 8].map((n) => `--goroutine-${n}`)

/** A canvas knows no variables: an element resolves them, `light-dark()` by the scheme in force. */
export function readPalette(host: HTMLElement, scheme: 'light' | 'dark'): Palette {
  const probe = document.createElement('span')
  probe.style.colorScheme = scheme
  host.append(probe)
  const read = (token: string) => {
    probe.style.color = `var(${token})`
    return getComputedStyle(probe).color
  }
  const palette: Palette = {
    goroutines: GOROUTINES.map(read),
    runtime: read('--goroutine-runtime'),
    queued: read('--goroutine-queued'),
    waiting: read('--control'),
    gc: read('--leak'),
    stopped: read('--failed'),
    text: read('--text'),
    dim: read('--text-3'),
    hairline: read('--hairline'),
    line: read('--line'),
    surface: read('--surface'),
    sunken: read('--sunken'),
    selected: read('--selected'),
  }
  probe.remove()
  return palette
}
