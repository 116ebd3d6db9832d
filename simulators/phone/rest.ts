import { type Json, json, type Row, row, rows, Stop, word } from './json.ts'
import { about, type Hand, type Mode } from './mode.ts'
import { incoming } from './news.ts'

const CODE_WITHIN_MS = 15_000
const CODE_EVERY_MS = 300

/** Books by REST, as an app would: logs in with a code that comes by SMS, then answers prompts. */
export function rest(hand: Hand, gatewayUrl: string): Mode {
  const { lines } = hand
  let token = ''
  let booking = ''
  const given: { from?: string; to?: string } = {}
  const api: Json = json(gatewayUrl, () => (token ? { authorization: `Bearer ${token}` } : {}))

  async function start() {
    token = await login(hand, api)
    lines.show('Logged in. Where from?')
  }

  function show(answer: unknown) {
    const data = dataOf(answer)
    booking = word(data, 'id') || booking
    const prompt = row(data.prompt ?? row(data.view).prompt)
    const options = rows(prompt.options).map(
      (option) => `  ${word(option, 'value')}  ${word(option, 'label')}`,
    )
    const say = word(prompt, 'say') || JSON.stringify(data)
    lines.show([`Booking ${booking}: ${say}`, ...options].join('\n'))
  }

  async function hear(line: string) {
    const value = line.trim()
    if (value === '') return
    if (given.from === undefined) {
      given.from = value
      lines.show('Where to?')
    } else if (booking === '') {
      given.to = value
      show(await api.post('/v1/bookings', { line: 'ride', given }))
    } else show(await api.post(`/v1/bookings/${booking}/answer`, { value }))
  }

  return { hint: `Booking over ${gatewayUrl}/v1`, looks: [incoming(hand)], start, hear, ready: () => true }
}

const dataOf = (answer: unknown): Row => row(row(answer).data)

/** Answers an access token. Rejects with a Stop when no code comes. */
async function login({ phone, simulators, lines }: Hand, api: Json): Promise<string> {
  const inbox = async () => rows(await simulators.get(`/africastalking/_handset/inbox${about(phone)}`))
  const before = (await inbox()).length
  await api.post('/v1/auth/otp', { phone })
  const endsAt = Date.now() + CODE_WITHIN_MS
  while (Date.now() < endsAt) {
    const codes = (await inbox())
      .slice(before)
      .map((message) => /\b\d{4,8}\b/.exec(word(message, 'text'))?.[0])
    const code = codes.find((found) => found !== undefined)
    if (code !== undefined) {
      lines.show(`The code came by SMS: ${code}`)
      return word(dataOf(await api.post('/v1/auth/verify', { phone, code })), 'accessToken')
    }
    await new Promise((resolve) => setTimeout(resolve, CODE_EVERY_MS))
  }
  throw new Stop('No code came by SMS.')
}
