import { Limits } from '@sandbox/protocol'
import defaults from './limits.json' with { type: 'json' }

/** What every run is bound by; limits.json is the one place for the figures. */
export const DEFAULT_LIMITS: Limits = Limits.parse(defaults)

/** An exercise may lower a limit; what is higher than the default stays at the default. */
export function lowered(wanted: { [key in keyof Limits]?: Limits[key] | undefined }): Limits {
  const limits = { ...DEFAULT_LIMITS }
  for (const key of Object.keys(limits) as (keyof Limits)[])
    limits[key] = Math.min(limits[key], wanted[key] ?? limits[key])
  return limits
}
