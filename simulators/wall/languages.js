// @ts-check
import { handset } from './api.js'
import { h, point } from './dom.js'

/** @import { Language } from './types.js' */

/**
 * A button that offers every language Inzira speaks at that moment. Choosing one writes its name to Inzira, as a person
 * would: whose language it then is, Inzira decides.
 * @param {string} owner whose phone it is, for who cannot see where the button stands
 * @param {(text: string) => unknown} write
 * @returns {HTMLElement}
 */
export function languageMenu(owner, write) {
  const list = h('div', { class: 'menu', role: 'group', 'aria-label': `${owner}: languages`, hidden: true })
  const button = h(
    'button',
    { type: 'button', 'aria-label': `${owner}: language`, 'aria-expanded': 'false', onclick: toggle },
    'Language',
  )
  const root = h('div', { class: 'languages', onkeydown: escaped, onfocusout: left }, button, list)

  /** @param {boolean} isOpen */
  function show(isOpen) {
    list.hidden = !isOpen
    button.setAttribute('aria-expanded', String(isOpen))
  }

  async function toggle() {
    show(list.hidden)
    if (list.hidden) return
    list.replaceChildren(
      ...(await handset.languages().then(
        (all) => all.map(choice),
        () => [h('p', { role: 'alert' }, 'Inzira does not answer.')],
      )),
    )
    const [first] = list.getElementsByTagName('button')
    if (first) point(first)
  }

  /** @param {Language} language */
  function choice({ code, name }) {
    const choose = () => {
      show(false)
      point(button)
      write(name)
    }
    return h('button', { type: 'button', lang: code, dir: 'auto', onclick: choose }, name)
  }

  /** @param {KeyboardEvent} event */
  function escaped(event) {
    if (event.key !== 'Escape' || list.hidden) return
    show(false)
    button.focus()
  }

  /** @param {FocusEvent} event */
  function left({ relatedTarget }) {
    if (relatedTarget instanceof Node && !root.contains(relatedTarget)) show(false)
  }

  return root
}
