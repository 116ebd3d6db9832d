import { get, type IncomingMessage } from 'node:http'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'

const SEND_AGAIN_MS = 200
const SENDS = 40

const line = z.object({
  simulator: z.literal('africastalking'),
  kind: z.literal('ledger'),
  data: z.object({ id: z.string(), channel: z.literal('sms'), to: z.string(), text: z.string() }),
})
const sent = z.object({ taken: z.boolean() })

export type Hear = (phone: string, text: string) => void

export interface Phones {
  /** Texts us from a phone, again until we have taken it. What we then do with it may come twice. */
  send(phone: string, text: string): Promise<void>
  /** How many texts reached phones. */
  readonly heard: number
  /** What one of `phones` was told more than `times` beyond each text that it sent, for that may have asked for it. */
  toldMoreThan(times: number, phones: ReadonlySet<string>): string[]
  stop(): void
}

/**
 * Every phone of the simulators at `url`. `hear` gets each text that reaches one of them, once; texts are sent when
 * the network is `reachable`.
 */
export async function pickUpPhones(url: string, hear: Hear, reachable: () => Promise<void>): Promise<Phones> {
  const seen = new Set<string>()
  const told = new Map<string, { readonly to: string; readonly words: string; readonly times: number }>()
  const texts = new Map<string, number>()
  let isStopped = false
  const stream = await new Promise<IncomingMessage>((resolve, reject) => {
    get(`${url}/_events`, resolve).once('error', reject)
  })
  createInterface({ input: stream }).on('line', (text) => {
    if (!text.startsWith('data: ')) return
    const event = line.safeParse(JSON.parse(text.slice('data: '.length)))
    if (!event.success || seen.has(event.data.data.id)) return
    const { id, to, text: words } = event.data.data
    seen.add(id)
    const one = told.get(`${to} ${words}`) ?? { to, words, times: 0 }
    told.set(`${to} ${words}`, { ...one, times: one.times + 1 })
    hear(to, words)
  })
  return {
    get heard() {
      return seen.size
    },
    toldMoreThan: (times, phones) =>
      [...told.values()]
        .filter(({ to, times: told }) => phones.has(to) && told > times + (texts.get(to) ?? 0))
        .map(({ to, words }) => `${to} ${words}`),
    async send(phone, text) {
      for (let tries = 0; tries < SENDS && !isStopped; tries += 1) {
        await reachable()
        texts.set(phone, (texts.get(phone) ?? 0) + 1)
        const { taken } = sent.parse(await post(`${url}/africastalking/_handset/sms`, { phone, text }))
        if (taken) return
        await sleep(SEND_AGAIN_MS)
      }
    },
    stop() {
      isStopped = true
      stream.destroy()
    },
  }
}

/** Posts JSON and gives the JSON that comes back. @throws Error when it is refused */
export async function post(url: string, body: object): Promise<unknown> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (!answer.ok) throw new Error(`${url}: ${answer.status} ${await answer.text()}`)
  return answer.json()
}
