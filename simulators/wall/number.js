// @ts-check
import { h } from './dom.js'

const rwandan = /^\+2507\d{8}$/

/**
 * The number a phone holds, to be changed by hand.
 * @param {string} label
 * @param {string} first E.164
 * @param {() => void} changed called after a good new number
 * @returns {{ root: HTMLElement, phone: () => string }}
 */
export function numberField(label, first, changed) {
  let phone = first
  const input = h('input', {
    type: 'tel',
    'aria-label': `${label}: number`,
    value: first,
    autocomplete: 'off',
    spellcheck: 'false',
    onchange: take,
    onkeydown: (/** @type {KeyboardEvent} */ event) => event.key === 'Enter' && take(),
  })
  function take() {
    const wanted = input.value.replace(/[\s-]/g, '')
    const good = rwandan.test(wanted)
    input.setAttribute('aria-invalid', String(!good))
    input.title = good ? '' : 'A Rwandan mobile number, such as +250788000001'
    if (!good || wanted === phone) return
    phone = input.value = wanted
    changed()
  }
  return { root: h('div', { class: 'number' }, input), phone: () => phone }
}
