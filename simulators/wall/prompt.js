// @ts-check
import { handset } from './api.js'
import { h, mirror } from './dom.js'
/** @import { Prompt } from './types.js' */

/**
 * The mobile-money prompt that rises over a phone's screen. It asks for a yes, never for a secret. Who ignores it
 * lets it expire; a late yes comes when the prompt's time is over.
 * @param {() => string} phone
 * @param {() => boolean} [has] whether the SIM card is in this phone
 * @returns {{ root: HTMLElement, refresh: () => Promise<void> }}
 */
export function payPrompt(phone, has = () => true) {
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
    /** @param {'approve' | 'decline' | 'late'} decision */
    const decide = async (decision) => {
      close()
      // The payment may have ended meanwhile: then there is nothing left to decide.
      await handset.decide(prompt.reference, decision).catch(() => undefined)
    }
    const button = (
      /** @type {string} */ kind,
      /** @type {string} */ name,
      /** @type {() => unknown} */ act,
      title = '',
    ) => h('button', { type: 'button', class: kind, onclick: act, title: title || null }, name)
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
        prompt.payerMessage ? ` for ${prompt.payerMessage.replace(/^Inzira /, '')}` : '',
      ),
      button('yes', 'Approve', () => decide('approve')),
      button('no', 'Decline', () => decide('decline')),
      button('later', 'Approve late', () => decide('late'), 'Six minutes after it was asked'),
      button('later', 'Ignore', close, 'It expires after five minutes'),
    ]
  }

  const read = async (/** @type {string} */ number) => (has() ? await handset.prompts(number) : [])
  const refresh = mirror(phone, read, (prompts) => {
    waiting = prompts
    draw()
  })
  return { root, refresh }
}
