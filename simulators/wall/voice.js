// @ts-check
import { handset } from './api.js'
import { callScreen } from './callscreen.js'
import { mirror } from './dom.js'
import { muteButton, speech } from './speech.js'
import { tones } from './tones.js'

/** @import { Call, Message, Wire } from './types.js' */

const waitForCallMs = 60_000
const invitation = 'Ring once and hang up. It is free: they call back.'
const noNetwork = 'No network. Ring again to go on, or write.'

/**
 * A phone for talking: ring once, be rung back, listen, answer with the keys.
 * @param {() => string} phone
 * @param {HTMLElement} over laid over the screen
 */
export function voice(phone, over) {
  const aloud = speech()
  /** @type {Call | undefined} */
  let call
  let spoken = 0
  let isCut = false
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let waiting
  const keys = tones(() => call?.expects, send)
  const does = { ring, answer: () => act(handset.answer), stop: () => act(handset.hangUpCall), press }
  const screen = callScreen(does, { mute: muteButton(aloud), keyed: keys.root, over })
  const refresh = mirror(phone, handset.calls, draw)
  screen.root.addEventListener('keydown', ({ key }) => /^[\d*#]$/.test(key) && press(key))
  screen.show('idle', invitation)

  async function ring() {
    screen.wipe()
    screen.show('calling', 'Ringing...')
    const heard = await handset.call(phone()).then(
      () => true,
      () => false,
    )
    // They may have called back already.
    if (screen.stage() !== 'calling') return
    if (!heard) return screen.show('idle', 'The call did not go through.')
    screen.show('waiting', 'Missed call. Inzira is calling back...')
    waiting = setTimeout(giveUp, waitForCallMs)
  }

  function giveUp() {
    if (screen.stage() === 'waiting') screen.show('idle', 'Nobody called back. Try again.')
  }

  /** @param {(sessionId: string) => Promise<unknown>} what */
  async function act(what) {
    if (!call) return
    aloud.hush()
    await what(call.sessionId).catch(() => screen.caption('them', '(the line did not answer)'))
    await refresh()
  }

  /** @param {string} key */
  function press(key) {
    if (screen.stage() !== 'active') return
    aloud.hush()
    keys.press(key)
  }

  /** @param {string} digits */
  async function send(digits) {
    screen.caption('me', digits)
    await act((sessionId) => handset.digits(sessionId, digits))
  }

  /** The network goes: the keys pressed last are still sent, and what is said to them is not heard. */
  async function cut() {
    if (!call || screen.stage() !== 'active') return
    const digits = keys.take()
    if (digits !== '') screen.caption('me', digits)
    isCut = true
    await act((sessionId) =>
      digits === '' ? handset.hangUpCall(sessionId) : handset.digits(sessionId, digits, true),
    )
  }

  /** @param {Call[]} calls */
  function draw(calls) {
    const reaching = calls.findLast(reaches)
    const now = reaching ?? calls.find(({ sessionId }) => sessionId === call?.sessionId)
    if (now?.sessionId !== call?.sessionId) forget()
    call = now
    if (!now) return
    if (now.state === 'Ringing') return screen.show('ringing', 'is calling you')
    for (const words of now.says.slice(spoken)) {
      screen.caption('them', words)
      aloud.say(words)
    }
    spoken = now.says.length
    if (now.state === 'Active') return screen.show('active', 'On the line')
    call = undefined
    keys.clear()
    const ended = isCut ? noNetwork : 'Call ended'
    screen.show('idle', now.state === 'Rejected' ? 'You did not answer.' : ended)
    isCut = false
  }

  function forget() {
    spoken = 0
    screen.wipe()
    keys.clear()
    aloud.hush()
    clearTimeout(waiting)
  }

  /** This phone shows its SMS among what is said: the link to a card page comes that way. @param {Wire} wire */
  function hear({ kind, data }) {
    const message = /** @type {Message} */ (data)
    const isNew = kind === 'ledger' && message.status === 'Queued' && message.channel === 'sms'
    if (isNew) screen.caption('sms', message.text)
  }

  return {
    root: screen.root,
    hear,
    cut,
    refresh: async () => {
      screen.tick()
      await refresh()
    },
    changed: () => {
      call = undefined
      forget()
      screen.show('idle', invitation)
    },
  }
}

/** Our own ringing, which nobody is to answer, is not a call that reaches us. @param {Call} call */
const reaches = ({ state, direction }) =>
  state === 'Active' || (state === 'Ringing' && direction === 'Outbound')
