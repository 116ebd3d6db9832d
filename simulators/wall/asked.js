// @ts-check
import { handset } from './api.js'
import { questions } from './chips.js'
import { h } from './dom.js'
import { numberField } from './number.js'

/** @import { Message, Wire } from './types.js' */

/**
 * Holds the phone of whoever is asked next: a rider, a conductor, a clerk, a carrier. It goes to the newest SMS that
 * asks for an answer, unless told to stay, and never to a phone that is on the wall already.
 * @param {string} first E.164
 * @param {() => string[]} others the phones that are
 * @param {() => void} changed
 * @returns {{ root: HTMLElement, phone: () => string, set: (phone: string) => void, hear: (wire: Wire) => void }}
 */
export function asked(first, others, changed) {
  const { root, phone, set } = numberField('Asked next', first, changed)
  const stays = h('input', { type: 'checkbox' })
  const label = h(
    'label',
    { class: 'stays', title: 'Stay on this phone when another is asked' },
    stays,
    'stay',
  )
  root.append(label)

  /** @param {Message | undefined} message */
  function take(message) {
    if (!message || stays.checked || message.to === phone() || others().includes(message.to)) return
    set(message.to)
    changed()
  }

  /** @param {Wire} wire */
  function hear({ kind, data }) {
    const message = /** @type {Message} */ (data)
    if (kind === 'ledger' && message.status === 'Queued' && isQuestion(message)) take(message)
  }

  // Where the wall was opened in the middle of a story, it goes on with whoever was asked last in that country.
  void handset.sent().then(
    (messages) => take(messages.findLast((one) => one.to.startsWith(first.slice(0, 4)) && isQuestion(one))),
    () => undefined,
  )

  return { root, phone, set, hear }
}

/** @param {Message} message */
const isQuestion = ({ channel, text }) => channel === 'sms' && questions(text).length > 0
