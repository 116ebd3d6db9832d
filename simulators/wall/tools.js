// @ts-check
import { handset } from './api.js'
import { h } from './dom.js'

/** What somebody at the wall can do to a phone from outside. @param {...(HTMLElement | false)} all */
export const tools = (...all) => h('div', { class: 'tools' }, ...all)

/**
 * Cuts a phone off: what is typed is still sent, and no answer comes.
 * @param {string} owner
 * @param {() => unknown} cut
 */
export const cutButton = (owner, cut) =>
  h(
    'button',
    {
      type: 'button',
      'aria-label': `${owner}: cut off`,
      title:
        'The network is lost: what is typed is still sent, its answer never comes, and the session is over',
      onclick: cut,
    },
    'Cut off',
  )

/**
 * Through which aggregator of USSD a phone dials.
 * @param {string} owner
 * @returns {{ root: HTMLElement, gateway: () => string }}
 */
export function gatewayChoice(owner) {
  const root = h(
    'select',
    { 'aria-label': `${owner}: dials through`, title: 'The aggregator through which this phone dials' },
    h('option', { value: 'africastalking' }, "Africa's Talking"),
  )
  void handset.gateways().then(
    (names) => root.append(...names.map((name) => h('option', { value: name }, name))),
    () => undefined,
  )
  return { root, gateway: () => root.value }
}
