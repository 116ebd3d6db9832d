// @ts-check
import { dialler } from './api.js'
import { h, point } from './dom.js'

/** @import { Screen, Wire } from './types.js' */

const trouble = 'Connection problem or invalid MMI code.'
const cutOff =
  'No network.\n\nWhat was sent may have arrived; no answer came. Dial again to go on, or write by SMS or WhatsApp.'
const isCode = /^\*[\d*]+#$/

/**
 * The calling side of a feature phone: dial a code, read the screen, answer it.
 * @param {() => string} phone
 * @param {() => string} gateway the aggregator through which it dials next
 * @returns the view, the field the keys write into, and what the call and end keys and being cut off do
 */
export function ussd(phone, gateway) {
  let line = dialler(gateway())
  let sessionId = ''
  let turn = 0
  const dialled = h('input', {
    class: 'lcd-dial',
    'aria-label': 'Code to dial',
    autocomplete: 'off',
    spellcheck: 'false',
    maxlength: 40,
    placeholder: '*384*77#',
  })
  const hint = h('p', { class: 'lcd-hint' }, 'Press the green key to call')
  const said = h('div', {
    class: 'lcd-said',
    role: 'status',
    'aria-live': 'polite',
    tabindex: '0',
    dir: 'auto',
  })
  const reply = h('input', {
    class: 'lcd-reply',
    dir: 'auto',
    'aria-label': 'Your reply',
    autocomplete: 'off',
    spellcheck: 'false',
    maxlength: 160,
  })
  const root = h(
    'div',
    { class: 'ussd', 'data-state': 'idle' },
    h('div', { class: 'lcd-home' }, dialled, hint),
    said,
    reply,
  )
  const state = () => root.dataset.state ?? 'idle'

  /** @param {'idle' | 'busy' | 'asking' | 'over'} next @param {string} [text] */
  function show(next, text = '') {
    root.dataset.state = next
    said.textContent = text
    said.scrollTop = 0
    reply.value = ''
    if (next === 'idle') dialled.value = ''
  }

  /** @param {() => Promise<Screen>} act a screen that arrives after the person hung up is not shown */
  async function run(act) {
    const mine = ++turn
    const near = root.closest('.device')?.contains(document.activeElement)
    show('busy', 'USSD code running...')
    const screen = await act().catch(() => ({
      sessionId: '',
      kind: /** @type {const} */ ('END'),
      text: trouble,
    }))
    if (mine !== turn) {
      if (screen.kind === 'CON') await drop(screen.sessionId)
      return
    }
    sessionId = screen.kind === 'CON' ? screen.sessionId : ''
    show(screen.kind === 'CON' ? 'asking' : 'over', screen.text)
    if (near) point(screen.kind === 'CON' ? reply : said)
  }

  /** @param {boolean} [isLost] the answer to what is sent never comes */
  async function call(isLost = false) {
    if (state() === 'over') return show('idle')
    if (state() === 'busy') return
    if (state() === 'asking') {
      const input = reply.value.trim()
      if (input !== '') await run(() => line.reply(sessionId, input, isLost))
      return
    }
    const code = dialled.value.trim() || dialled.placeholder
    if (!isCode.test(code)) return show('over', 'Only a code such as *384*77# can be dialled on this phone.')
    line = dialler(gateway())
    await run(() => line.dial(phone(), code, isLost))
  }

  /** The network goes: what is typed is still sent, its answer or one on its way is not shown. */
  async function cut() {
    if (state() === 'over') return
    const isSilent = state() === 'busy' || (state() === 'asking' && reply.value.trim() === '')
    await (isSilent ? end() : call(true))
    show('over', cutOff)
    point(said)
  }

  /** The network may have ended it already. @param {string} open */
  const drop = (open) => line.hangUp(open).catch(() => undefined)

  async function end() {
    turn += 1
    const open = sessionId
    sessionId = ''
    show('idle')
    if (open !== '') await drop(open)
  }

  /** The network itself may end a session that nobody answers. @param {Wire} wire */
  function hear(wire) {
    const screen = /** @type {Partial<Screen> | null} */ (wire.data)
    if (wire.kind !== 'screen' || sessionId === '' || screen?.sessionId !== sessionId) return
    if (screen.kind !== 'END' || state() !== 'asking') return
    sessionId = ''
    show('over', 'The session timed out. Dial again to go on.')
  }

  return {
    root,
    field: () => (state() === 'asking' ? reply : dialled),
    state,
    call,
    end,
    cut,
    hear,
    dialled,
  }
}
