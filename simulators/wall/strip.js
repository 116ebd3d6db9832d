// @ts-check
import { clock, h, masked } from './dom.js'

/** @import { Wire } from './types.js' */

const mostRows = 200
const mostLetters = 160
const names = new Map([
  ['africastalking', "Africa's Talking"],
  ['whatsapp', 'WhatsApp'],
  ['mtn', 'MTN MoMo'],
  ['airtel', 'Airtel Money'],
  ['mpesa', 'M-Pesa'],
  ['satim', 'SATIM'],
  ['stripe', 'Stripe'],
  ['vsdc', 'Tax receipt'],
  ['rura', 'RURA licence'],
])

/**
 * The strip under the wall: what passes between the simulators and Inzira, newest first.
 * @returns {{ root: HTMLElement, hear: (wire: Wire) => void }}
 */
export function strip() {
  const rows = h('ol', {
    class: 'wires',
    id: 'wires',
    tabindex: '0',
    'aria-label': 'What passed on the wire',
  })
  const newest = h('span', { class: 'newest' }, 'Nothing has passed yet. Dial *384*77# to begin.')
  const toggle = h(
    'button',
    { type: 'button', 'aria-expanded': 'false', 'aria-controls': 'wires', onclick: flip },
    h('b', {}, 'On the wire'),
    newest,
    h('i', { 'aria-hidden': 'true' }),
  )
  const root = h('footer', { class: 'strip' }, toggle, rows)
  rows.hidden = true
  let last = ''

  function flip() {
    rows.hidden = !rows.hidden
    toggle.setAttribute('aria-expanded', String(!rows.hidden))
  }

  /** The same thing told twice, by the ledger and by the phone, is one row. @param {Wire} wire */
  function hear(wire) {
    const told = [wire.simulator, wire.phone, stateOf(wire.data), wordsOf(wire.data)].join()
    if (told === last) return
    last = told
    newest.replaceChildren(...cells(wire))
    rows.prepend(h('li', {}, h('time', {}, clock(Date.now())), ...cells(wire)))
    while (rows.childElementCount > mostRows) rows.lastElementChild?.remove()
  }

  return { root, hear }
}

/** @param {Wire} wire */
function cells({ simulator, kind, phone, data }) {
  return [
    h('em', { class: simulator }, names.get(simulator) ?? simulator),
    h('span', { class: 'kind' }, kindOf(kind, data)),
    h('span', { class: 'phone' }, phone ? masked(phone) : ''),
    h('span', { class: 'text' }, stateOf(data), h('bdi', {}, wordsOf(data))),
  ]
}

/** @typedef {Record<string, unknown> | null | undefined} Data */

/** @param {Data} data @param {string} name @returns {string} a field of it, empty when it is not there */
const word = (data, name) => (typeof data?.[name] === 'string' ? data[name] : '')

/** A ledger's row is named by what it is a row of. @param {string} kind @param {Data} data */
function kindOf(kind, data) {
  const name = kind === 'ledger' ? word(data, 'channel') || word(data, 'kind') || kind : kind
  return name === 'whatsapp' ? 'chat' : name
}

/** @param {Data} data @returns {string} what has become of the words, before them */
function stateOf(data) {
  const state = word(data, 'status') || word(data, 'state')
  return state !== '' && word(data, 'text') !== '' ? `${state}: ` : ''
}

/** @param {Data} data @returns {string} one line: the words if there are any, otherwise the plain fields */
function wordsOf(data) {
  const text = word(data, 'text')
  const words =
    text === ''
      ? Object.values(data ?? {})
          .filter(plain)
          .join('  ')
      : text
  return words.replace(/\s+/g, ' ').slice(0, mostLetters)
}

/** @param {unknown} value an id or a phone tells a reader nothing */
const plain = (value) =>
  (typeof value === 'string' && !/^\+?\d{9,}$|[\da-f]{12}/i.test(value)) ||
  (typeof value === 'number' && value < 1e10)
