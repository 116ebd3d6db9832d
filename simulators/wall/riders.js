// @ts-check
import { handset } from './api.js'
import { chips } from './chips.js'
import { h } from './dom.js'

/** @import { Message, Wire } from './types.js' */

const count = 20
const numbers = Array.from({ length: count }, (_, at) => `+2507881000${String(at + 1).padStart(2, '0')}`)

/**
 * Chooses which of the demo riders holds the rider's phone: the one with the newest job, unless pinned.
 * @param {() => void} changed
 * @returns {{ root: HTMLElement, phone: () => string, hear: (wire: Wire) => void }}
 */
export function riders(changed) {
  const options = numbers.map((number) => h('option', {}, number))
  const select = h('select', { 'aria-label': 'Which rider', onchange: changed }, ...options)
  const pinned = h('input', { type: 'checkbox' })
  const root = h('div', { class: 'number' }, select, h('label', { class: 'pinned' }, pinned, 'stay'))
  pinned.title = 'Stay on this rider when another gets a job'

  /** @param {string} rider */
  function take(rider) {
    if (pinned.checked || rider === select.value) return
    select.value = rider
    changed()
  }

  /** @param {Wire} wire */
  function hear({ kind, data }) {
    const message = /** @type {Message} */ (data)
    if (kind === 'ledger' && message.status === 'Queued' && isJob(message)) take(message.to)
  }

  // Where the wall was opened in the middle of a story, it goes on with the rider who has the last job.
  void handset.sent().then(
    (messages) => take(messages.findLast(isJob)?.to ?? select.value),
    () => undefined,
  )

  return { root, phone: () => select.value, hear }
}

/** Something a rider is to answer. @param {Message} message */
const isJob = ({ channel, to, text }) => channel === 'sms' && numbers.includes(to) && chips(text).length > 0
