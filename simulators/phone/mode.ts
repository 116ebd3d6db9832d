import type { Json } from './json.ts'
import type { Lines } from './lines.ts'
import type { Look } from './watch.ts'

/** What every way of using the phone is given. */
export interface Hand {
  phone: string
  simulators: Json
  lines: Lines
}

/** One way of using the phone. */
export interface Mode {
  /** Said once at the start. */
  hint: string
  looks: Look[]
  start(): Promise<void>
  hear(line: string): Promise<void>
  /** Whether it makes sense to go on with the next line of a script. */
  ready: () => boolean
}

export const about = (phone: string): string => `?phone=${encodeURIComponent(phone)}`
