import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import type { World } from '../support/world.ts'

const LOOK_MS = 15
/** No menu has more. */
const MOST_PAGES = 5
const PATIENCE_MS = 10_000

const screen = z.object({ sessionId: z.string(), kind: z.enum(['CON', 'END']), text: z.string() })
const call = z.object({
  sessionId: z.string(),
  direction: z.string(),
  state: z.string(),
  says: z.array(z.string()),
})
const text = z.object({ channel: z.string(), text: z.string() })
const chatLine = z.object({
  direction: z.enum(['in', 'out']),
  text: z.string().optional(),
  type: z.string(),
  options: z
    .array(z.object({ id: z.string(), title: z.string(), description: z.string().optional() }))
    .optional(),
})

/** Somebody's phone, with everything that it can do. It remembers what its owner has read. */
export class Phone {
  readonly #world: World
  readonly number: string
  #session = ''
  #call = ''
  /** The last screen, or what the voice last said. */
  #last = ''
  #said = 0
  readonly #read = { sms: 0, whatsapp: 0 }

  constructor(world: World, number: string) {
    this.#world = world
    this.number = number
  }

  /** Opens a USSD session. @returns the screen, `CON …` or `END …` */
  dial(code: string): Promise<string> {
    return this.#screen('dial', { phone: this.number, code })
  }

  key(input: string): Promise<string> {
    return this.#screen('reply', { sessionId: this.#session, input })
  }

  async hangUp(): Promise<void> {
    if (this.#call) await this.#handset('hangupcall', { sessionId: this.#call })
    else await this.#handset('hangup', { sessionId: this.#session })
  }

  async send(words: string): Promise<void> {
    await this.#world.text(this.number, words)
  }

  async write(message: Readonly<Record<string, unknown>>): Promise<void> {
    await this.#world.post('/whatsapp/_handset/send', { phone: this.number, ...message })
  }

  /** Taps what the newest message with such an offer has under that title, or beside that number. */
  async tap(title: string): Promise<void> {
    const lines = await this.#chat()
    const offer = lines
      .findLast(({ options }) => options?.some((option) => option.title === title))
      ?.options?.find((option) => option.title === title)
    if (!offer) throw new Error(`nothing to tap is called ${title}`)
    const kind = lines.at(-1)?.type === 'button' ? 'button' : 'list'
    await this.write({ reply: { id: offer.id, title: offer.title, kind } })
  }

  /** Rings, is rejected, and answers the call that comes back. @returns what the voice said */
  async ring(): Promise<string> {
    await this.#handset('call', { phone: this.number })
    const { sessionId } = await this.#until('a call back', async () =>
      (await this.#calls()).find(({ direction, state }) => direction === 'Outbound' && state === 'Ringing'),
    )
    this.#call = sessionId
    this.#said = 0
    return this.#listen(await this.#handset('answer', { sessionId }))
  }

  async press(digits: string): Promise<string> {
    return this.#listen(await this.#handset('digits', { sessionId: this.#call, digits }))
  }

  /** Presses what the last screen, or the voice, has under that label, turning pages until it comes. */
  async choose(label: string): Promise<string> {
    for (let page = 0; page < MOST_PAGES; page += 1) {
      const [, shown] =
        this.#last
          .split('\n')
          .map((line) => /^(?:CON )?(\d+) (.*)$/.exec(line))
          .find((line) => line?.[2] === label) ?? []
      if (shown !== undefined) return this.key(shown)
      const [, said] = new RegExp(`For ${label}, press (\\d)`).exec(this.#last) ?? []
      if (said !== undefined) return this.press(said)
      await (this.#call ? this.press('9') : this.key('98'))
    }
    throw new Error(`nothing to choose is called ${label}`)
  }

  /** Texts that came and were not read yet; when a number is expected, waits for as many. */
  async news(medium: 'sms' | 'whatsapp', expected = 0): Promise<string[]> {
    const all = await this.#until('messages', async () => {
      const there = await this.#messages(medium)
      return there.length >= this.#read[medium] + expected ? there : undefined
    }).catch(() => this.#messages(medium))
    const fresh = all.slice(this.#read[medium])
    this.#read[medium] = all.length
    return fresh
  }

  /** All that came by SMS and by WhatsApp, each from its first. */
  async read(): Promise<string[]> {
    return [...(await this.#messages('sms')), ...(await this.#messages('whatsapp'))]
  }

  /** How many messages ever came. */
  async count(): Promise<number> {
    return (await this.read()).length
  }

  /** Reads the answer to what was just sent, and all that came before: none of it belongs to what follows. */
  async settle(): Promise<void> {
    await this.news('sms', 1)
  }

  async #messages(medium: 'sms' | 'whatsapp'): Promise<string[]> {
    if (medium === 'sms') {
      const sent = z.array(text).parse(await this.#world.get(`/africastalking/_ledger?to=${this.#escaped}`))
      return sent.filter(({ channel }) => channel === 'sms').map((message) => message.text)
    }
    return (await this.#chat())
      .filter(({ direction }) => direction === 'out')
      .map(({ text: said = '', options = [] }) =>
        [
          said,
          ...options.map(({ title, description }) => `[${[title, description].filter(Boolean).join(' · ')}]`),
        ].join('\n'),
      )
  }

  async #chat() {
    return z.array(chatLine).parse(await this.#world.get(`/whatsapp/_handset/chat?phone=${this.#escaped}`))
  }

  async #calls() {
    return z.array(call).parse(await this.#world.get(`/africastalking/_handset/calls?phone=${this.#escaped}`))
  }

  async #screen(deed: string, body: object): Promise<string> {
    const shown = screen.parse(await this.#handset(deed, body))
    this.#session = shown.sessionId
    this.#last = `${shown.kind} ${shown.text}`
    return this.#last
  }

  #listen(heard: unknown): string {
    const { says, state } = call.parse(heard)
    const fresh = says.slice(this.#said)
    this.#said = says.length
    if (state !== 'Active') this.#call = ''
    this.#last = [...fresh, ...(state === 'Active' ? [] : [`(${state})`])].join('\n')
    return this.#last
  }

  #handset(deed: string, body: object): Promise<unknown> {
    return this.#world.post(`/africastalking/_handset/${deed}`, body)
  }

  async #until<T>(what: string, look: () => Promise<T | undefined>): Promise<T> {
    for (const end = Date.now() + PATIENCE_MS; Date.now() < end; await sleep(LOOK_MS)) {
      const found = await look()
      if (found !== undefined) return found
    }
    throw new Error(`${what}: not in time`)
  }

  get #escaped(): string {
    return encodeURIComponent(this.number)
  }
}
