// @ts-check
import { h } from './dom.js'
import { icon } from './icons.js'

/**
 * Says captions aloud where the browser can.
 * @returns {{ able: boolean, say(text: string): void, hush(): void, mute(on: boolean): void }}
 */
export function speech() {
  const able = 'speechSynthesis' in window
  let muted = !able
  const hush = () => {
    if (able) speechSynthesis.cancel()
  }
  return {
    able,
    say(text) {
      if (!muted) speechSynthesis.speak(new SpeechSynthesisUtterance(text))
    },
    hush,
    mute(on) {
      muted = on || !able
      if (muted) hush()
    },
  }
}

/** A button that mutes what is said aloud. @param {ReturnType<typeof speech>} aloud */
export function muteButton(aloud) {
  let muted = false
  const button = h('button', { type: 'button', class: 'mute', hidden: !aloud.able, onclick: flip })
  function draw() {
    button.replaceChildren(icon(muted ? 'quiet' : 'sound'))
    button.setAttribute('aria-pressed', String(muted))
    button.setAttribute('aria-label', 'Mute the voice')
  }
  function flip() {
    muted = !muted
    aloud.mute(muted)
    draw()
  }
  draw()
  return button
}
