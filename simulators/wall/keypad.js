// @ts-check
import { h } from './dom.js'

/** The twelve keys of ITU-T E.161, with the letters under the digits. */
export const keys = Object.freeze({
  1: '',
  2: 'abc',
  3: 'def',
  4: 'ghi',
  5: 'jkl',
  6: 'mno',
  7: 'pqrs',
  8: 'tuv',
  9: 'wxyz',
  '*': '',
  0: ' ',
  '#': '',
})

const order = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#']
const names = new Map([
  ['*', 'star'],
  ['#', 'hash'],
])

/**
 * @param {(key: string) => void} press
 * @returns {HTMLElement} a pad of twelve buttons
 */
export function keypad(press) {
  const button = (/** @type {string} */ key) => {
    const letters = keys[/** @type {keyof typeof keys} */ (key)]
    return h(
      'button',
      {
        type: 'button',
        class: 'key',
        'data-key': key,
        'aria-label': names.get(key) ?? key,
        onclick: () => press(key),
      },
      h('b', {}, key),
      h('small', {}, key === '0' ? '+' : letters),
    )
  }
  return h('div', { class: 'keypad', role: 'group', 'aria-label': 'Keypad' }, ...order.map(button))
}
