// @ts-check
import { h } from './dom.js'
import { keys } from './keypad.js'

const tapMs = 900

/**
 * Writes into a field with twelve keys: digits, or letters by tapping a key again and again.
 * @param {() => HTMLInputElement} field the field being written into now
 * @returns {{ root: HTMLElement, press: (key: string) => void, clear: () => void, digits: () => void }}
 */
export function typist(field) {
  let letters = false
  let last = { key: '', at: 0, turn: 0 }
  const root = h('button', { type: 'button', class: 'mode', onclick: () => set(!letters) })

  /** @param {boolean} on */
  function set(on) {
    letters = on
    root.textContent = on ? 'abc' : '123'
    root.setAttribute('aria-label', on ? 'The keypad writes letters' : 'The keypad writes digits')
  }

  /** @param {string} key */
  function press(key) {
    const group = keys[/** @type {keyof typeof keys} */ (key)] ?? ''
    const input = field()
    if (!letters || group === '') {
      input.value += key
      return
    }
    const again = key === last.key && performance.now() - last.at < tapMs
    last = { key, at: performance.now(), turn: again ? last.turn + 1 : 0 }
    const choices = group.trim() === '' ? ' 0' : group + key
    const letter = choices[last.turn % choices.length] ?? key
    input.value = (again ? input.value.slice(0, -1) : input.value) + letter
  }

  function clear() {
    field().value = field().value.slice(0, -1)
    last = { key: '', at: 0, turn: 0 }
  }

  set(false)
  return { root, press, clear, digits: () => set(false) }
}
