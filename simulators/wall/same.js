// @ts-check
import { h } from './dom.js'

/** @typedef {ReturnType<import('./number.js').numberField>} NumberField */

/**
 * Lets a phone hold the number of another: one person with two devices.
 * @param {NumberField} field the number of this phone
 * @param {string} first its own, E.164
 * @param {() => string} other the number of the other
 * @param {() => void} changed
 * @returns {{ isSame: () => boolean, set: (own: string) => void, follow: () => void }} `set` gives it a new number of its
 *   own, `follow` the other's new one
 */
export function samePerson(field, first, other, changed) {
  let own = first
  const tick = h('input', { type: 'checkbox', onchange: ticked })
  const title = 'Another device of the person with the first phone: the same number'
  field.root.append(h('label', { class: 'stays', title }, tick, 'same person'))

  function ticked() {
    if (tick.checked) own = field.phone()
    follow()
    changed()
  }

  function follow() {
    field.root.classList.toggle('same', tick.checked)
    field.lock(tick.checked)
    field.set(tick.checked ? other() : own)
  }

  return {
    isSame: () => tick.checked,
    set: (next) => {
      own = next
      follow()
    },
    follow: () => void (tick.checked && follow()),
  }
}
