// @ts-check
import { handset } from './api.js'
import { asked } from './asked.js'
import { digitsOf } from './dom.js'
import { listen } from './events.js'
import { feature } from './feature.js'
import { languageMenu } from './languages.js'
import { numberField } from './number.js'
import { payPrompt } from './prompt.js'
import { samePerson } from './same.js'
import { firstStory, storyBar } from './storybar.js'
import { strip } from './strip.js'
import { cutButton, gatewayChoice, tools } from './tools.js'
import { voice } from './voice.js'
import { whatsapp } from './whatsapp.js'

/** @import { Device, Story, Wire } from './types.js' */

const everyMs = 2_000

/** @param {string} id @returns {HTMLElement} */
function slot(id) {
  const found = document.getElementById(id)
  if (!found) throw new Error(`the page has no #${id}`)
  return found
}

let story = firstStory()
const [first, second, third] = story.phones
const customer = numberField('Feature phone', first, () => moved(follow))
const chatter = numberField('WhatsApp', second, () => moved())
const caller = numberField('Voice', third, () => moved(() => talk.changed()))
const chatterToo = samePerson(chatter, second, customer.phone, () => moved())
const callerToo = samePerson(caller, third, customer.phone, () => moved(() => talk.changed()))
const held = () => [customer.phone(), chatter.phone(), caller.phone()]
const carrier = asked(story.asked.phone, held, () => {
  work.reset()
  devices.forEach(look)
})
const payFeature = payPrompt(customer.phone)
// Of one person's phones, the first has the SIM card.
const payChat = payPrompt(chatter.phone, () => !chatterToo.isSame())
const payVoice = payPrompt(caller.phone, () => !callerToo.isSame())
const through = gatewayChoice('Feature phone')

const button = feature({
  tint: 'ink',
  phone: customer.phone,
  gateway: through.gateway,
  first: 'dial',
  openings: () => story.openings,
  over: payFeature.root,
})
const chat = whatsapp(chatter.phone, () => story, payChat.root, chatterToo.isSame)
const talk = voice(caller.phone, payVoice.root)
const work = feature({ tint: 'clay', phone: carrier.phone, first: 'messages', openings: () => [] })
const wires = strip()

/** @type {Device[]} */
const devices = [
  { root: button.root, phone: customer.phone, refresh: () => both(button.refresh, payFeature.refresh) },
  { root: chat.root, phone: chatter.phone, refresh: () => both(chat.refresh, payChat.refresh) },
  { root: talk.root, phone: caller.phone, refresh: () => both(talk.refresh, payVoice.refresh) },
  { root: work.root, phone: carrier.phone, refresh: work.refresh },
]

/** The first phone has another number: whoever is the same person has it too. */
function follow() {
  button.reset()
  chatterToo.follow()
  callerToo.follow()
  if (callerToo.isSame()) talk.changed()
}

/** @param {...() => Promise<void>} reads */
async function both(...reads) {
  await Promise.all(reads.map((read) => read()))
}

/** A phone the simulators cannot tell about now is read again at the next turn. @param {Device} device */
const look = (device) => void device.refresh().catch(() => undefined)

/** @param {Wire} wire */
function hear(wire) {
  wires.hear(wire)
  carrier.hear(wire)
  const about = digitsOf(wire.phone ?? '')
  for (const device of devices) if (digitsOf(device.phone()) === about) look(device)
  if (about === digitsOf(customer.phone())) button.hear(wire)
  if (about === digitsOf(caller.phone())) talk.hear(wire)
  if (about === digitsOf(carrier.phone())) work.hear(wire)
}

/** @param {boolean} live */
function tell(live) {
  slot('live').dataset.live = String(live)
  slot('live').textContent = live ? 'live' : 'simulators not reached'
}

/** @param {() => void} [then] */
function moved(then) {
  then?.()
  hold(held())
  devices.forEach(look)
}

function name() {
  slot('asked-name').textContent = story.asked.name
  slot('asked-does').textContent = story.asked.does
}

/** Puts the people of a story behind the phones. @param {Story} next */
function play(next) {
  story = next
  const [first, second, third] = story.phones
  customer.set(first)
  chatterToo.set(second)
  callerToo.set(third)
  carrier.set(story.asked.phone)
  for (const one of [button, work]) one.reset()
  talk.changed()
  name()
  moved()
}

const hold = listen(hear, tell)
const fields = [customer.root, chatter.root, caller.root, carrier.root]
const texts = (/** @type {() => string} */ phone) => (/** @type {string} */ text) =>
  void handset.sms(phone(), text).catch(() => undefined)
const does = [
  tools(languageMenu('Feature phone', button.write), through.root, cutButton('Feature phone', button.cut)),
  tools(languageMenu('WhatsApp', chat.write)),
  tools(languageMenu('Voice', texts(caller.phone)), cutButton('Voice', talk.cut)),
  tools(languageMenu('Asked next', work.write), cutButton('Asked next', work.cut)),
]
for (const [at, id] of ['feature', 'whatsapp', 'voice', 'asked'].entries()) {
  const [field, device, tool] = [fields[at], devices[at], does[at]]
  if (field && device && tool) slot(id).append(field, tool, device.root)
}
slot('stories').replaceWith(storyBar(story, play))
name()
document.body.append(wires.root)
slot('code').addEventListener('click', () => button.dial('*384*77#'))
moved()
setInterval(() => devices.forEach(look), everyMs)
