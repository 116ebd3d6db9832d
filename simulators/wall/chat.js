// @ts-check
import { clock, directionOf, h } from './dom.js'
import { icon } from './icons.js'
import { linked } from './links.js'

/** @import { Line, Option } from './types.js' */

const mostButtons = 3

/**
 * One line of a chat as a bubble, with its rows or buttons.
 * @param {Line} line
 * @param {{ pick: (option: Option, kind: 'list' | 'button') => void, locate: () => void }} taps
 * @returns {HTMLElement}
 */
export function bubble(line, { pick, locate }) {
  const options = line.options ?? []
  const kind = kindOf(line)
  const rows = options.map((option) =>
    h(
      'button',
      { type: 'button', class: 'row', onclick: () => pick(option, kind) },
      h('span', {}, option.title, option.description ? h('small', {}, option.description) : ''),
    ),
  )
  if (line.type === 'location_request') {
    rows.push(h('button', { type: 'button', class: 'row', onclick: locate }, 'Send a location'))
  }
  return h(
    'li',
    { class: line.direction === 'out' ? 'them' : 'me' },
    h('div', { class: 'bubble' }, ...said(line), h('time', {}, clock(line.at))),
    rows.length > 0 &&
      h(
        'div',
        // Names of places stand where the question is read from.
        { class: `rows ${kind}`, role: 'group', 'aria-label': 'Choices', dir: directionOf(line.text ?? '') },
        ...rows,
      ),
  )
}

/** @param {Line} line */
function said(line) {
  if (line.type !== 'location') return [h('p', { dir: 'auto' }, ...linked(line.text ?? ''))]
  return [
    h('div', { class: 'map', 'aria-hidden': 'true' }, icon('pin')),
    h('p', {}, line.location?.name ?? 'Location'),
  ]
}

/** @param {Line} line @returns {'list' | 'button'} */
function kindOf({ type, options = [] }) {
  if (type === 'list' || type === 'button') return type
  return options.length <= mostButtons && options.every(({ description }) => !description) ? 'button' : 'list'
}
