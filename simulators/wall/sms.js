// @ts-check
import { handset } from './api.js'
import { chips } from './chips.js'
import { clock, h, mirror } from './dom.js'
/** @import { Message } from './types.js' */

/** @typedef {{ text: string, after: number, at: number, failed?: boolean }} Sent */

/**
 * The messages of a feature phone: what came, what was sent, and a line to write the next one.
 * @param {() => string} phone
 * @param {string[]} openings what the person may send when there is nothing to answer
 * @param {() => void} changed called after every redraw
 */
export function sms(phone, openings, changed) {
  /** @type {Map<string, Sent[]>} */
  const sent = new Map()
  /** @type {Map<string, number>} */
  const seen = new Map()
  /** @type {Message[]} */
  let inbox = []
  const list = h('ol', { class: 'lcd-messages', role: 'log', 'aria-label': 'Messages', tabindex: '0' })
  const offers = h('div', { class: 'lcd-chips', role: 'group', 'aria-label': 'Quick replies' })
  const field = h('input', {
    class: 'lcd-reply',
    'aria-label': 'New SMS to Inzira',
    autocomplete: 'off',
    spellcheck: 'false',
    maxlength: 480,
    placeholder: 'Write...',
  })
  const root = h('div', { class: 'sms' }, list, offers, field)

  /** @param {string} text */
  async function send(text) {
    const words = text.trim()
    if (words === '') return
    field.value = ''
    const mine = { text: words, after: inbox.length, at: Date.now() }
    const all = sent.get(phone()) ?? []
    sent.set(phone(), [...all, mine])
    draw()
    await handset.sms(phone(), words).catch(() => {
      Object.assign(mine, { failed: true })
      draw()
    })
  }

  function draw() {
    const mine = sent.get(phone()) ?? []
    const rows = inbox.map((message, at) => [
      ...mine.filter(({ after }) => after === at).map(outgoing),
      row('them', message.from, message.text, message.at),
    ])
    const rest = mine.filter(({ after }) => after >= inbox.length).map(outgoing)
    list.replaceChildren(...rows.flat(), ...rest)
    if (list.childElementCount === 0) list.append(h('li', { class: 'lcd-none' }, 'No messages yet'))
    const last = inbox.at(-1)
    const words = rest.length > 0 ? [] : last ? chips(last.text) : openings
    offers.replaceChildren(
      ...words.map((word) => h('button', { type: 'button', onclick: () => send(word) }, word)),
    )
    list.scrollTop = list.scrollHeight
    changed()
  }

  // How far a message has come is the network's affair: it is no reason to draw it again.
  const read = async (/** @type {string} */ number) =>
    (await handset.inbox(number)).map(({ id, channel, to, from, text, at }) => ({
      id,
      channel,
      to,
      from,
      text,
      at,
    }))

  const refresh = mirror(phone, read, (messages) => {
    inbox = messages
    draw()
  })

  return {
    root,
    field: () => field,
    refresh,
    draw,
    call: () => send(field.value),
    unread: () => inbox.length - (seen.get(phone()) ?? 0),
    read: () => void seen.set(phone(), inbox.length),
  }
}

/** @param {Sent} sent */
const outgoing = ({ text, at, failed }) => row('me', failed ? 'Not sent' : 'Sent', text, at)

/** @param {'me' | 'them'} who @param {string} name @param {string} text @param {number | string} at */
const row = (who, name, text, at) =>
  h('li', { class: who }, h('small', {}, `${name || 'Inzira'} ${clock(at)}`), h('p', {}, text))
