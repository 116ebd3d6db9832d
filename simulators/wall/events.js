// @ts-check
/** @import { Wire } from './types.js' */

/**
 * Listens to what passes on the simulators' wires, and tells the mobile-money simulator which phones are
 * held by a human here.
 * @param {(wire: Wire) => void} hear
 * @param {(live: boolean) => void} tell whether the line is up
 * @returns {(phones: string[]) => void} call it with the phones held, again whenever they change
 */
export function listen(hear, tell) {
  /** @type {EventSource | null} */
  let source = null
  return (phones) => {
    source?.close()
    source = new EventSource(`/_events?hold=${phones.map(encodeURIComponent).join(',')}`)
    source.onopen = () => tell(true)
    source.onerror = () => tell(false)
    source.onmessage = (message) => hear(JSON.parse(message.data))
  }
}
