// @ts-check
import { h } from './dom.js'

const e164 = /^\+[1-9]\d{7,14}$/

/**
 * The number a phone holds, to be changed by hand or by a story.
 * @param {string} label
 * @param {string} first E.164
 * @param {() => void} changed called after a good new number typed by hand
 * @returns {{ root: HTMLElement, phone: () => string, set: (next: string) => void, lock: (isLocked: boolean) => void }}
 *   what is locked cannot be changed by hand
 */
export function numberField(label, first, changed) {
  let phone = first
  const input = h('input', {
    type: 'tel',
    'aria-label': `${label}: number`,
    value: first,
    autocomplete: 'off',
    spellcheck: 'false',
    maxlength: 24,
    onchange: take,
    onkeydown: (/** @type {KeyboardEvent} */ event) => event.key === 'Enter' && take(),
  })

  function take() {
    const wanted = input.value.replace(/[\s().-]/g, '').replace(/^00/, '+')
    const isGood = e164.test(wanted)
    tell(isGood)
    if (!isGood || wanted === phone) return
    set(wanted)
    changed()
  }

  /** @param {boolean} isGood */
  function tell(isGood) {
    input.setAttribute('aria-invalid', String(!isGood))
    input.title = isGood ? '' : 'A number with its country, such as +250788000001 or +213550020001'
  }

  /** @param {string} next */
  function set(next) {
    phone = input.value = next
    tell(true)
  }

  return {
    root: h('div', { class: 'number' }, input),
    phone: () => phone,
    set,
    lock: (isLocked) => void input.toggleAttribute('readonly', isLocked),
  }
}
