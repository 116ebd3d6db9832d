// @ts-check
import { handset } from './api.js'
import { chips } from './chips.js'
import { clock, h, mirror, point } from './dom.js'
import { linked, linksIn } from './links.js'
/** @import { Message } from './types.js' */

/** @typedef {{ text: string, after: number, at: number, failed?: boolean }} Sent */

/**
 * The messages of a feature phone: what came, what was sent, and a line to write the next one.
 * @param {() => string} phone
 * @param {() => readonly string[]} openings what the person may send when there is nothing to answer
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
    dir: 'auto',
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

  /** What lacks a code or a price is only begun. @param {import('./chips.js').Chip} chip */
  function tap({ send: words, isPart }) {
    if (!isPart) return send(words)
    field.value = `${words} `
    point(field)
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
    const found = last ? chips(last.text) : []
    const answers = found.length > 0 || linksIn(last?.text ?? '') > 0 ? found : openings().map(whole)
    offers.replaceChildren(
      ...(rest.length > 0 ? [] : answers).map((chip) =>
        h('button', { type: 'button', dir: 'auto', onclick: () => tap(chip) }, chip.label),
      ),
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
    write: send,
    unread: () => inbox.length - (seen.get(phone()) ?? 0),
    read: () => void seen.set(phone(), inbox.length),
  }
}

/** @param {string} text @returns {import('./chips.js').Chip} */
const whole = (text) => ({ send: text, label: text, isPart: false })

/** @param {Sent} sent */
const outgoing = ({ text, at, failed }) => row('me', failed ? 'Not sent' : 'Sent', text, at)

/** @param {'me' | 'them'} who @param {string} name @param {string} text @param {number | string} at */
const row = (who, name, text, at) =>
  h(
    'li',
    { class: who },
    h('small', {}, `${name || 'Inzira'} ${clock(at)}`),
    h('p', { dir: 'auto' }, ...linked(text)),
  )
