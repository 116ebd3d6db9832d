// @ts-check
import { h } from './dom.js'

/** @import { Expects } from './types.js' */

const pauseMs = 2_500
const settleMs = 300

/**
 * Gathers the keys pressed in a call and sends them together: at once when that is all that is asked for,
 * otherwise after a pause.
 * @param {() => Expects | null | undefined} expects
 * @param {(digits: string) => void} send
 */
export function tones(expects, send) {
  let typed = ''
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let pause
  const root = h('output', { class: 'keyed', 'aria-label': 'Digits pressed' })

  function clear() {
    clearTimeout(pause)
    typed = ''
    root.textContent = ''
  }

  /** @param {string} key */
  function press(key) {
    typed += key
    root.textContent = typed
    clearTimeout(pause)
    pause = setTimeout(burst, complete(typed, expects()) ? settleMs : pauseMs)
  }

  /** Takes away what is not sent yet. */
  function take() {
    const digits = typed
    clear()
    return digits
  }

  const burst = () => send(take())

  return { root, press, clear, take }
}

/** @param {string} typed @param {Expects | null | undefined} expects */
function complete(typed, expects) {
  if (!expects) return false
  return typed.length === expects.numDigits || (!!expects.finishOnKey && typed.endsWith(expects.finishOnKey))
}
