import type { Clock } from './clock.ts'
import type { Faults } from './faults.ts'
import type { Scenario } from './scenario.ts'

const LATE_MS = 6 * 60_000
const REORDER_MS = 3_000
const MAX_ATTEMPTS = 1_000

/** When a callback that was not accepted is sent again. */
export interface Retry {
  /** How long to wait after the attempt-th failure (from 1), ms. */
  waitMs(attempt: number): number
  /** How long after the first attempt to give up, ms. */
  forMs: number
}

export interface Callback {
  /** The operation, as named in the simulator's rules. */
  on: string
  phone: string
  /** Sends once; true when the gateway took it. */
  send: () => Promise<boolean>
  retry?: Retry
}

/** Sends callbacks, committing the faults planned for them; resolves after the first attempt (or none). */
export type Deliver = (callback: Callback) => Promise<boolean>

export function createDelivery(clock: Clock, faults: Faults): Deliver {
  const held = new Map<string, () => Promise<boolean>>()

  async function attempt(callback: Callback, count = 1, startedAt = clock.now()): Promise<boolean> {
    if (await callback.send()) return true
    const { retry } = callback
    const waitMs = retry?.waitMs(count) ?? 0
    if (retry && count < MAX_ATTEMPTS && clock.now() + waitMs - startedAt <= retry.forMs) {
      clock.after(waitMs, async () => void (await attempt(callback, count + 1, startedAt)))
    }
    return false
  }

  /** Holds a callback back until the next one to that phone has gone, so that the two arrive swapped. */
  async function swap(callback: Callback) {
    const place = `${callback.on} ${callback.phone}`
    const former = held.get(place)
    if (former) {
      held.delete(place)
      const taken = await attempt(callback)
      await former()
      return taken
    }
    const send = () => attempt(callback)
    held.set(place, send)
    clock.after(REORDER_MS, async () => {
      if (held.get(place) !== send) return
      held.delete(place)
      await send()
    })
    return false
  }

  async function repeat(callback: Callback, fault: Scenario) {
    let taken = false
    for (let copy = 0; copy < fault.count; copy++) taken = (await attempt(callback)) || taken
    return taken
  }

  return async (callback) => {
    const fault = faults.fault(callback.on, callback.phone)
    if (!fault) return attempt(callback)
    if (fault.fault === 'reorder') return swap(callback)
    if (fault.fault === 'duplicate') return repeat(callback, fault)
    if (fault.fault === 'lateCallback' || fault.fault === 'delay') {
      const waitMs = fault.delayMs ?? (fault.fault === 'lateCallback' ? LATE_MS : 0)
      clock.after(waitMs, async () => void (await attempt(callback)))
    } else if (fault.after) await callback.send()
    return false
  }
}
