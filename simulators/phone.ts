import { json, Refused, Stop } from './phone/json.ts'
import { createLines } from './phone/lines.ts'
import type { Hand, Mode } from './phone/mode.ts'
import { isDecision, payments } from './phone/news.ts'
import { rest } from './phone/rest.ts'
import { sms } from './phone/sms.ts'
import { ussd } from './phone/ussd.ts'
import { voice } from './phone/voice.ts'
import { createWatch } from './phone/watch.ts'
import { whatsapp } from './phone/whatsapp.ts'
import { toE164 } from './read.ts'

const READY_MS = 15_000
const PAYMENT_MS = 30_000
const USAGE = `A phone in the terminal.

  npm run phone -- ussd +250788000001      or sms, whatsapp, voice, rest

Lines may also be piped in: printf '1\\n' | npm run phone -- ussd +250788000001
SIM_URL (http://127.0.0.1:3900) and GATEWAY_URL (http://127.0.0.1:3000) say where things are.`

const { SIM_URL = 'http://127.0.0.1:3900', GATEWAY_URL = 'http://127.0.0.1:3000' } = process.env
const modes: Readonly<Record<string, (hand: Hand) => Mode>> = {
  ussd,
  sms,
  whatsapp,
  voice,
  rest: (hand) => rest(hand, GATEWAY_URL),
}

/** Feeds line after line to the phone, until the lines end. */
async function use(make: (hand: Hand) => Mode, phone: string) {
  const simulators = json(SIM_URL)
  await simulators.get('/_health')
  const lines = createLines()
  const hand = { phone, simulators, lines }
  const mode = make(hand)
  const pay = payments(hand)
  lines.show(`${phone}. ${mode.hint} Ctrl-D leaves.`)
  const watch = await createWatch([...mode.looks, pay.look])

  async function answer(line: string) {
    try {
      if (!(await pay.answer(line))) await mode.hear(line)
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      lines.show(error.message)
    }
  }

  async function each() {
    await mode.start()
    for (let line = await lines.next(); line !== undefined; line = await lines.next()) {
      if (lines.scripted && isDecision(line)) await watch.until(pay.waiting, PAYMENT_MS)
      else if (lines.scripted) await watch.until(mode.ready, READY_MS)
      if (lines.scripted) lines.show(`> ${line}`)
      await answer(line)
    }
    if (lines.scripted) await watch.settle()
  }

  try {
    await Promise.race([each(), watch.broken])
  } finally {
    watch.stop()
    lines.close()
  }
}

const [name = '', number = ''] = process.argv.slice(2)
const make = Object.hasOwn(modes, name) ? modes[name] : undefined
const phone = toE164(number)
if (!make || !phone) {
  process.stderr.write(`${USAGE}\n`)
  process.exitCode = 2
} else {
  await use(make, phone).catch((error: unknown) => {
    if (!(error instanceof Stop || error instanceof Refused)) throw error
    process.stderr.write(`${error.message}\n`)
    process.exitCode = 1
  })
}
