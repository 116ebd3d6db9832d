// @ts-check
import { handset } from './api.js'
import { h, mirror } from './dom.js'
/** @import { Prompt } from './types.js' */

/**
 * The mobile-money prompt that rises over a phone's screen. It asks for a yes, never for a secret.
 * @param {() => string} phone
 * @returns {{ root: HTMLElement, refresh: () => Promise<void> }}
 */
export function payPrompt(phone) {
  /** @type {Set<string>} */
  const closed = new Set()
  /** @type {Prompt[]} */
  let waiting = []
  const root = h('div', { class: 'pay', role: 'alertdialog', 'aria-label': 'Mobile money', hidden: true })

  function draw() {
    const prompt = waiting.find(({ reference }) => !closed.has(reference))
    root.hidden = prompt === undefined
    root.replaceChildren(...(prompt ? card(prompt) : []))
  }

  /** @param {Prompt} prompt */
  function card(prompt) {
    const close = () => {
      closed.add(prompt.reference)
      draw()
    }
    /** @param {'approve' | 'decline'} decision */
    const decide = async (decision) => {
      close()
      // The payment may have ended meanwhile: then there is nothing left to decide.
      await handset.decide(prompt.reference, decision).catch(() => undefined)
    }
    const button = (
      /** @type {string} */ kind,
      /** @type {string} */ name,
      /** @type {() => unknown} */ act,
    ) => h('button', { type: 'button', class: kind, onclick: act }, name)
    return [
      h('p', { class: 'pay-name' }, 'Mobile money'),
      h(
        'p',
        { class: 'pay-amount' },
        h('small', {}, prompt.currency),
        Number(prompt.amount).toLocaleString('en'),
      ),
      h(
        'p',
        { class: 'pay-who' },
        'to ',
        h('b', {}, 'Inzira'),
        prompt.payerMessage ? ` for ${prompt.payerMessage}` : '',
      ),
      button('yes', 'Approve', () => decide('approve')),
      button('no', 'Decline', () => decide('decline')),
      button('later', 'Ignore', close),
    ]
  }

  const refresh = mirror(phone, handset.prompts, (prompts) => {
    waiting = prompts
    draw()
  })
  return { root, refresh }
}
