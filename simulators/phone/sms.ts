import type { Hand, Mode } from './mode.ts'
import { incoming } from './news.ts'

/** Sends each line as an SMS. */
export function sms(hand: Hand): Mode {
  const { phone, simulators } = hand
  let owed = false
  const look = incoming(hand, () => {
    owed = false
  })

  async function hear(line: string) {
    const text = line.trim()
    if (text === '') return
    owed = true
    await simulators.post('/africastalking/_handset/sms', { phone, text })
  }

  return {
    hint: 'Each line is sent as an SMS, for example: RIDE Nyabugogo to Kimironko',
    looks: [look],
    start: async () => undefined,
    hear,
    ready: () => !owed,
  }
}
