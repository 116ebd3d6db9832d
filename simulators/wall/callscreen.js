// @ts-check
import { h } from './dom.js'
import { icon } from './icons.js'
import { keypad } from './keypad.js'
import { linked } from './links.js'
import { smartphone } from './smartphone.js'

/** @typedef {'idle' | 'calling' | 'waiting' | 'ringing' | 'active'} Stage */

/**
 * The screen of a phone in a call: who, what is said, keys, and the round buttons.
 * @param {{ ring: () => unknown, answer: () => unknown, stop: () => unknown, press: (key: string) => void }} does
 * @param {{ mute: HTMLElement, keyed: HTMLElement, over: HTMLElement }} parts
 */
export function callScreen(does, { mute, keyed, over }) {
  const state = h('p', { class: 'call-state', role: 'status' })
  const captions = h('ol', { class: 'captions', role: 'log', 'aria-label': 'What is said', tabindex: '0' })
  const ring = round('go ring', 'Call', does.ring)
  const answer = round('go answer', 'Answer', does.answer)
  const stop = round('stop', 'Hang up', does.stop)
  const pad = keypad(does.press)
  const face = h('i', { 'aria-hidden': 'true' }, 'I')
  const caller = h('div', { class: 'caller' }, face, h('b', {}, 'Inzira'), state, mute)
  const keys = h('div', { class: 'call-keys' }, ring, answer, stop)
  const { root, tick } = smartphone('voice', caller, captions, keyed, pad, keys, over)

  /** @param {Stage} next @param {string} words */
  function show(next, words) {
    root.dataset.stage = next
    state.textContent = words
    pad.inert = next !== 'active'
    ring.hidden = next === 'ringing' || next === 'active'
    ring.disabled = next === 'calling' || next === 'waiting'
    answer.hidden = next !== 'ringing'
    stop.hidden = next !== 'ringing' && next !== 'active'
  }

  /** @param {'me' | 'them' | 'sms'} who @param {string} words */
  function caption(who, words) {
    captions.append(h('li', { class: who, dir: 'auto' }, ...linked(words)))
    captions.scrollTop = captions.scrollHeight
  }

  return {
    root,
    tick,
    show,
    caption,
    stage: () => /** @type {Stage} */ (root.dataset.stage),
    wipe: () => captions.replaceChildren(),
  }
}

/** @param {string} kind @param {string} name @param {() => unknown} act */
const round = (kind, name, act) =>
  h(
    'button',
    { type: 'button', class: kind, onclick: act },
    icon(kind === 'stop' ? 'end' : 'call'),
    h('span', {}, name),
  )
