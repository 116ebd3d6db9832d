// @ts-check
import { clock, h, point } from './dom.js'
import { icon } from './icons.js'
import { keypad } from './keypad.js'
import { sms } from './sms.js'
import { typist } from './typist.js'
import { ussd } from './ussd.js'
/** @import { Wire } from './types.js' */

/**
 * A phone with keys: it dials codes and has messages.
 * @param {{ tint: string, phone: () => string, gateway?: () => string, first: 'dial' | 'messages', openings: () => readonly string[], over?: HTMLElement }} made
 *   `gateway` is the aggregator through which it dials, `over` is laid over its screen
 */
export function feature({ tint, phone, gateway = () => 'africastalking', first, openings, over }) {
  const dial = ussd(phone, gateway)
  const post = sms(phone, openings, () => count())
  const tabs = { dial: tab('dial', 'Phone'), messages: tab('messages', 'Messages') }
  let open = first
  const part = () => (open === 'dial' ? dial : post)
  const keys = typist(() => part().field())
  const time = h('span', {}, clock(Date.now()))
  const status = h(
    'div',
    { class: 'lcd-status', 'aria-hidden': 'true' },
    icon('signal'),
    time,
    icon('battery'),
  )
  const pages = h('div', { class: 'lcd-page', role: 'tabpanel' }, dial.root, post.root)
  const bar = h(
    'div',
    { class: 'lcd-bar' },
    keys.root,
    h('span', { class: 'lcd-act', 'aria-hidden': 'true' }),
  )
  const lcd = h(
    'div',
    { class: 'lcd screen' },
    status,
    h('div', { class: 'lcd-tabs', role: 'tablist', 'aria-label': 'Screen' }, tabs.dial, tabs.messages),
    pages,
    bar,
    over,
  )
  const root = h('div', { class: `feature ${tint}`, onkeydown: typed }, ear(), lcd, actions(), keypad(press))
  show(first)

  /** @param {'dial' | 'messages'} name @param {string} title */
  function tab(name, title) {
    return h('button', { type: 'button', role: 'tab', onclick: () => show(name, true) }, title)
  }

  /** @param {'dial' | 'messages'} name @param {boolean} [byHand] */
  function show(name, byHand = false) {
    open = name
    root.dataset.open = name
    tabs.dial.setAttribute('aria-selected', String(name === 'dial'))
    tabs.messages.setAttribute('aria-selected', String(name === 'messages'))
    pages.setAttribute('aria-label', name === 'dial' ? 'Phone' : 'Messages')
    keys.digits()
    post.draw()
    if (byHand) point(part().field())
  }

  function count() {
    if (open === 'messages') post.read()
    const unread = post.unread()
    tabs.messages.replaceChildren('Messages', unread > 0 ? h('b', { class: 'unread' }, String(unread)) : '')
    tabs.messages.setAttribute('aria-label', unread > 0 ? `Messages, ${unread} unread` : 'Messages')
  }

  /** @param {string} key */
  function press(key) {
    if (open === 'dial' && (dial.state() === 'busy' || dial.state() === 'over')) return
    keys.press(key)
    point(part().field())
  }

  async function call() {
    await part().call()
  }

  async function end() {
    if (open === 'messages') show('dial')
    await dial.end()
  }

  function actions() {
    return h(
      'div',
      { class: 'actions' },
      h('button', { type: 'button', class: 'go', 'aria-label': 'Call or send', onclick: call }, icon('call')),
      h(
        'button',
        { type: 'button', class: 'clear', 'aria-label': 'Clear the last character', onclick: keys.clear },
        'C',
      ),
      h('button', { type: 'button', class: 'stop', 'aria-label': 'End', onclick: end }, icon('end')),
    )
  }

  /** What is typed on the computer goes into the field of the page that is open. @param {KeyboardEvent} event */
  function typed(event) {
    if (event.key === 'Escape') void end()
    const inField = event.target instanceof HTMLInputElement
    const onScreen =
      inField || (event.target instanceof HTMLElement && event.target.tabIndex === 0 && !isButton(event))
    if (event.key === 'Enter' && onScreen) void call()
    else if (!inField && event.key.length === 1 && event.key !== ' ' && !event.ctrlKey && !event.metaKey) {
      point(part().field())
    }
  }

  async function refresh() {
    time.textContent = clock(Date.now())
    await post.refresh()
  }

  return {
    root,
    refresh,
    show,
    dial: (/** @type {string} */ code) => {
      show('dial')
      dial.dialled.value = code
      point(dial.dialled)
    },
    write: (/** @type {string} */ text) => {
      show('messages')
      void post.write(text)
    },
    cut: () => {
      show('dial')
      return dial.cut()
    },
    hear: (/** @type {Wire} */ wire) => dial.hear(wire),
    reset: () => void dial.end(),
  }
}

/** @param {KeyboardEvent} event */
const isButton = (event) => event.target instanceof HTMLButtonElement
const ear = () => h('div', { class: 'ear', 'aria-hidden': 'true' }, h('span', {}), h('em', {}, 'inzira'))
