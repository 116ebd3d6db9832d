// @ts-check
import { clock, h } from './dom.js'
import { icon } from './icons.js'

/**
 * A phone that is all screen.
 * @param {string} kind a class name
 * @param {(HTMLElement | undefined)[]} parts what the screen shows, from top to bottom
 * @returns {{ root: HTMLElement, tick: () => void }} `tick` sets its clock
 */
export function smartphone(kind, ...parts) {
  const time = h('span', {}, clock(Date.now()))
  const right = h('span', { class: 'bar-icons' }, icon('signal'), icon('battery'))
  const bar = h('div', { class: 'bar', 'aria-hidden': 'true' }, time, h('i', { class: 'lens' }), right)
  const root = h('div', { class: `smart ${kind}` }, h('div', { class: 'glass screen' }, bar, ...parts))
  return {
    root,
    tick: () => {
      time.textContent = clock(Date.now())
    },
  }
}
