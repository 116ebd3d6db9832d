import { type Row, rows, word } from './json.ts'
import { about, type Hand, type Mode } from './mode.ts'
import { incoming } from './news.ts'

const PIN = /^@(-?\d+(?:\.\d+)?),\s*(-?\d+(?:\.\d+)?)$/

/** Chats: a line is text, a number taps a row of the last message, `@latitude,longitude` drops a pin. */
export function whatsapp(hand: Hand): Mode {
  const { phone, simulators, lines } = hand
  let seen: number | undefined
  let owed = false
  let offer: Row | undefined

  async function look() {
    const chat = rows(await simulators.get(`/whatsapp/_handset/chat${about(phone)}`))
    const fresh = chat.slice(seen ?? chat.length).filter((line) => word(line, 'direction') === 'out')
    seen = chat.length
    for (const line of fresh) lines.show(drawn(line))
    if (fresh.length > 0) {
      owed = false
      offer = fresh.at(-1)
    }
    return fresh.length
  }

  async function hear(line: string) {
    const text = line.trim()
    if (text === '') return
    owed = true
    await simulators.post('/whatsapp/_handset/send', { phone, ...content(text, offer) })
  }

  return {
    hint: 'Each line is a message; a number taps a row; @-1.9398,30.0446 sends a pin.',
    looks: [look, incoming(hand)],
    start: async () => undefined,
    hear,
    ready: () => !owed,
  }
}

function drawn(line: Row): string {
  const options = rows(line.options).map((option, at) => {
    const detail = word(option, 'description')
    return `  [${at + 1}] ${word(option, 'title')}${detail ? ` (${detail})` : ''}`
  })
  return [`Inzira: ${word(line, 'text')}`, ...options].join('\n')
}

function content(text: string, offer: Row | undefined) {
  const pin = PIN.exec(text)
  if (pin) return { location: { latitude: Number(pin[1]), longitude: Number(pin[2]) } }
  const option = /^\d+$/.test(text) ? rows(offer?.options)[Number(text) - 1] : undefined
  if (!option || !offer) return { text }
  const kind = word(offer, 'type') === 'list' ? 'list' : 'button'
  return { reply: { id: word(option, 'id'), title: word(option, 'title'), kind } }
}
