// @ts-check
import { handset } from './api.js'
import { bubble } from './chat.js'
import { h, mirror, point } from './dom.js'
import { icon } from './icons.js'
import { smartphone } from './smartphone.js'

/** @import { Line, Option, Story } from './types.js' */

const goOn = 'The same person as on the first phone: write "?" to be asked here what was asked there.'

/**
 * A chat with Inzira.
 * @param {() => string} phone
 * @param {() => Story} story what is played: where to stand, and what to say first
 * @param {HTMLElement} over laid over the screen
 * @param {() => boolean} isSame whether the person has another phone on the wall
 */
export function whatsapp(phone, story, over, isSame) {
  const list = h('ol', { class: 'chat', role: 'log', 'aria-label': 'Chat with Inzira', tabindex: '0' })
  const trouble = h(
    'p',
    { class: 'trouble', role: 'alert', hidden: true },
    'Not sent. Are the simulators running?',
  )
  const text = h('input', {
    'aria-label': 'Message',
    dir: 'auto',
    placeholder: 'Message',
    autocomplete: 'off',
    maxlength: 1000,
    onkeydown: (/** @type {KeyboardEvent} */ event) => event.key === 'Enter' && say(),
  })
  const menu = h('div', { class: 'pins', role: 'group', 'aria-label': 'Places', hidden: true })
  const pinButton = h(
    'button',
    {
      type: 'button',
      class: 'pin',
      'aria-label': 'Send a location',
      'aria-expanded': 'false',
      onclick: toggle,
    },
    icon('pin'),
  )
  const send = h(
    'button',
    { type: 'button', class: 'send', 'aria-label': 'Send', onclick: say },
    icon('send'),
  )

  /** @param {Required<import('./types.js').Pin>} pin */
  function place(pin) {
    const drop = () => {
      toggle()
      void tell(handset.chatPin(phone(), pin))
    }
    return h('button', { type: 'button', onclick: drop }, icon('pin'), pin.name)
  }

  const { root, tick } = smartphone(
    'whatsapp',
    h(
      'div',
      { class: 'who' },
      h('i', { 'aria-hidden': 'true' }, 'I'),
      h('div', {}, h('b', {}, 'Inzira'), h('small', {}, 'Business account')),
    ),
    list,
    trouble,
    menu,
    h('div', { class: 'composer' }, pinButton, text, send),
    over,
  )

  function toggle() {
    menu.replaceChildren(...story().pins.map(place))
    menu.hidden = !menu.hidden
    pinButton.setAttribute('aria-expanded', String(!menu.hidden))
  }

  async function say() {
    const words = text.value.trim()
    if (words === '') return
    text.value = ''
    point(text)
    await write(words)
  }

  /** @param {string} words */
  const write = (words) => tell(handset.chatText(phone(), words))

  /** @param {Promise<unknown>} sending */
  async function tell(sending) {
    trouble.hidden = await sending.then(
      () => true,
      () => false,
    )
    await refresh()
  }

  let drawn = { number: '', count: -1 }
  const refresh = mirror(phone, handset.chat, (/** @type {Line[]} */ lines, number) => {
    if (number !== drawn.number || lines.length < drawn.count || drawn.count < 1) {
      const none = h(
        'li',
        { class: 'none' },
        h('p', {}, isSame() ? goOn : `Say hello, or write "${story().openings[0]}".`),
      )
      list.replaceChildren(...(lines.length > 0 ? [] : [none]))
      drawn = { number, count: 0 }
    }
    const taps = {
      pick: (/** @type {Option} */ { id, title }, /** @type {'list' | 'button'} */ kind) =>
        void tell(handset.chatPick(number, { id, title, kind })),
      locate: toggle,
    }
    list.append(...lines.slice(drawn.count).map((line) => bubble(line, taps)))
    drawn.count = lines.length
    list.scrollTop = list.scrollHeight
  })

  const look = async () => {
    tick()
    await refresh()
  }
  return { root, refresh: look, write }
}
