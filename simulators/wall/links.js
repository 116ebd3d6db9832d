// @ts-check
import { h } from './dom.js'

/** @import { Kid } from './dom.js' */

const address = /https?:\/\/[^\s<>"]*[^\s<>".,;:!?)]/g
const payPage = /^\/(?:satim|stripe)\/pay\//

const frame = h('iframe', { title: 'The card page' })
const dialog = h(
  'dialog',
  { class: 'paypage', 'aria-label': 'Pay by card', onclose: () => frame.removeAttribute('src') },
  h('button', { type: 'button', class: 'close', onclick: () => dialog.close() }, 'Close'),
  frame,
)

/** @param {string} path */
function open(path) {
  frame.src = path
  if (!dialog.isConnected) document.body.append(dialog)
  dialog.showModal()
}

/**
 * A text whose links can be tapped: a simulated card page opens over the wall, anything else in a tab of its own.
 * @param {string} text
 * @returns {Kid[]}
 */
export function linked(text) {
  const parts = text.split(address)
  const links = (text.match(address) ?? []).map(link)
  return parts.flatMap((part, at) => [part, links[at]])
}

/** @param {string} text @returns {number} */
export const linksIn = (text) => text.match(address)?.length ?? 0

/** @param {string} url */
function link(url) {
  const { pathname } = new URL(url)
  if (!payPage.test(pathname)) return h('a', { href: url, target: '_blank', rel: 'noreferrer' }, url)
  const tap = (/** @type {MouseEvent} */ event) => {
    event.preventDefault()
    open(pathname)
  }
  return h('a', { href: pathname, onclick: tap }, url)
}
