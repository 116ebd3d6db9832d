// @ts-check
import { digitsOf } from './dom.js'
import { listen } from './events.js'
import { feature } from './feature.js'
import { numberField } from './number.js'
import { payPrompt } from './prompt.js'
import { riders } from './riders.js'
import { strip } from './strip.js'
import { voice } from './voice.js'
import { whatsapp } from './whatsapp.js'

/** @import { Device, Wire } from './types.js' */

const everyMs = 2_000

/** @param {string} id @returns {HTMLElement} */
function slot(id) {
  const found = document.getElementById(id)
  if (!found) throw new Error(`the page has no #${id}`)
  return found
}

const customer = numberField('Feature phone', '+250788000001', () => moved(() => button.reset()))
const chatter = numberField('WhatsApp', '+250788000002', () => moved())
const caller = numberField('Voice', '+250788000003', () => moved(() => talk.changed()))
const rider = riders(() => {
  moto.reset()
  devices.forEach(look)
})
const pays = [customer, chatter, caller].map(({ phone }) => payPrompt(phone))
const [payFeature, payChat, payVoice] = /** @type {[typeof pays[0], typeof pays[0], typeof pays[0]]} */ (pays)

const button = feature({
  tint: 'ink',
  phone: customer.phone,
  first: 'dial',
  openings: ['RIDE Nyabugogo to Kimironko'],
  over: payFeature.root,
})
const chat = whatsapp(chatter.phone, payChat.root)
const talk = voice(caller.phone, payVoice.root)
const moto = feature({ tint: 'clay', phone: rider.phone, first: 'messages', openings: [] })
const wires = strip()

/** @type {Device[]} */
const devices = [
  { root: button.root, phone: customer.phone, refresh: () => both(button.refresh, payFeature.refresh) },
  { root: chat.root, phone: chatter.phone, refresh: () => both(chat.refresh, payChat.refresh) },
  { root: talk.root, phone: caller.phone, refresh: () => both(talk.refresh, payVoice.refresh) },
  { root: moto.root, phone: rider.phone, refresh: moto.refresh },
]

/** @param {...() => Promise<void>} reads */
async function both(...reads) {
  await Promise.all(reads.map((read) => read()))
}

/** A phone the simulators cannot tell about now is read again at the next turn. @param {Device} device */
const look = (device) => void device.refresh().catch(() => undefined)

/** @param {Wire} wire */
function hear(wire) {
  wires.hear(wire)
  rider.hear(wire)
  const about = digitsOf(wire.phone ?? '')
  for (const device of devices) if (digitsOf(device.phone()) === about) look(device)
  if (about === digitsOf(customer.phone())) button.hear(wire)
  if (about === digitsOf(rider.phone())) moto.hear(wire)
}

/** @param {boolean} live */
function tell(live) {
  slot('live').dataset.live = String(live)
  slot('live').textContent = live ? 'live' : 'simulators not reached'
}

/** @param {() => void} [then] */
function moved(then) {
  then?.()
  hold([customer.phone(), chatter.phone(), caller.phone()])
  devices.forEach(look)
}

const hold = listen(hear, tell)
const fields = [customer.root, chatter.root, caller.root, rider.root]
for (const [at, id] of ['feature', 'whatsapp', 'voice', 'rider'].entries()) {
  const field = fields[at]
  const device = devices[at]
  if (field && device) slot(id).append(field, device.root)
}
document.body.append(wires.root)
slot('code').addEventListener('click', () => button.dial('*384*77#'))
moved()
setInterval(() => devices.forEach(look), everyMs)
