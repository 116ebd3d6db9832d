import type { Instant } from '../base/clock.ts'
import type { Ids } from '../base/id.ts'
import type { Msisdn } from '../base/phone.ts'
import type { Draft, Flows } from '../run/draft.ts'
import type { Happening, InstanceRef, Role } from '../run/flow.ts'
import type { Instance } from '../run/work.ts'
import type { Inbound } from './channel.ts'
import type { Conversation, Focus } from './conversation.ts'
import type { Codec, Input, Prompt } from './prompt.ts'
import type { Intent, Script } from './script.ts'
import { type Shown, shownTo, telling, viewOf } from './view.ts'

/** What a conversation may ask of the rest of the house. */
export interface House {
  isDriver(person: Msisdn): Promise<boolean>
  /** Newest first, those that are not done. */
  active(owner: Msisdn, flow: 'booking'): Promise<readonly Instance[]>
  byCode(flow: 'booking' | 'tracking', code: string): Promise<Instance | null>
  /** The journey a driver is offered or on. */
  jobOf(driver: Msisdn): Promise<Instance | null>
  /** The next digits by which a person names a booking. */
  code(): Promise<string>
  /** The text to answer with. */
  shift(
    person: Msisdn,
    on: boolean,
    place: string | null,
    at: Instant,
  ): Promise<'onShift' | 'offShift' | 'notDriver' | 'unknownPlace'>
}

export type TurnParts = {
  readonly flows: Flows
  readonly script: Script
  readonly house: House
  readonly ids: Ids
}

const MENU: Focus = { kind: 'menu' }

/** One person's turn: what they said is applied to what they were looking at. Nothing is written here. */
export class Turn {
  next: Conversation
  error: string | null = null
  readonly draft: Draft
  readonly #inbound: Omit<Inbound, 'input'>
  readonly #parts: TurnParts
  #aside: { readonly key: string; readonly args: Readonly<Record<string, string>> } | null = null

  constructor(conversation: Conversation, draft: Draft, inbound: Omit<Inbound, 'input'>, parts: TurnParts) {
    this.next = { ...conversation, seq: conversation.seq + 1, channel: inbound.channel, heardAt: inbound.at }
    this.draft = draft
    this.#inbound = inbound
    this.#parts = parts
  }

  /** What the person sees as the turn stands. */
  async shown(): Promise<Shown> {
    const { focus, person, language } = this.next
    if (this.#aside)
      return telling(this.#parts.script.told(this.#aside.key, this.#aside.args, language), language)
    const about = 'about' in focus ? await this.draft.get(focus.about) : null
    const isDriver = about === null && (await this.#parts.house.isDriver(person))
    return shownTo(this.next, about, isDriver, this.error, this.#parts)
  }

  /** They dialled, rang or wrote for the first time in a while: back to where it is worth going back to. */
  async start(): Promise<void> {
    const { focus, language } = this.next
    this.error = null
    const about = 'about' in focus ? await this.draft.get(focus.about) : null
    if (!about || about.done || !('about' in focus)) return this.look(MENU)
    const flow = this.#parts.flows[about.flow]
    const prompt = flow.screen(about, focus.role, language)
    if (prompt.kind === 'tell')
      return this.look({ kind: 'talk', about: focus.about, role: focus.role, reopened: true })
    const draft = this.#parts.script.draft(flow, about, language)
    if (draft === 'empty') return this.look(MENU)
    if (draft === null)
      return this.look({ kind: 'talk', about: focus.about, role: focus.role, reopened: false })
    return this.look({ kind: 'resume', about: focus.about, role: focus.role })
  }

  /** One thing they said. `n` numbers the things said in one message, so that each has its own cause. */
  async hear(input: Input, codec: Codec, n: number): Promise<void> {
    this.#aside = null
    const keyword =
      input.kind === 'text' && READS_WORDS.has(this.#inbound.channel)
        ? this.#parts.script.read(input.text)
        : null
    if (keyword) {
      if (this.next.seq === 1) this.next = { ...this.next, language: keyword.language }
      return this.act(keyword.intent, n)
    }
    const shown = await this.shown()
    this.error = null
    const reply = codec.decode(viewOf(shown, this.#parts.script), input)
    if (reply.kind === 'more') this.next = { ...this.next, page: this.next.page + 1 }
    else if (reply.kind === 'home') this.look(MENU)
    else if (reply.kind === 'unclear') await this.#unclear(shown.prompt)
    else await this.#reply(reply, n)
  }

  /** Carries out an intent. */
  async act(intent: Intent, n: number): Promise<void> {
    switch (intent.name) {
      case 'menu':
        return this.look(MENU)
      case 'tell':
        return this.tell(intent.key)
      case 'news':
        this.next = { ...this.next, optedOut: !intent.wanted }
        return this.tell(intent.wanted ? 'started' : 'stopped')
      case 'language':
        this.next = { ...this.next, language: intent.language }
        return this.look(MENU)
      case 'book':
        return this.#book(intent.line, intent.wanted, n)
      case 'shift':
        return this.tell(
          await this.#parts.house.shift(this.next.person, intent.on, intent.place, this.#inbound.at),
        )
      case 'job':
        return this.#job(intent, n)
      case 'myJob':
        return this.#myJob()
      default:
        return this.#mine(intent, n)
    }
  }

  look(focus: Focus): void {
    this.next = { ...this.next, focus, page: 0 }
  }

  /** Says something beside the matter: what they were looking at stays, and the next answer is to that. */
  tell(key: string, args: Readonly<Record<string, string>> = {}): void {
    this.#aside = { key, args }
  }

  async #reply(
    reply: { readonly kind: 'answer'; readonly value: string } | { readonly kind: 'back' },
    n: number,
  ): Promise<void> {
    const { focus } = this.next
    if (focus.kind === 'menu') {
      return reply.kind === 'answer' ? this.act(this.#parts.script.chosen(reply.value), n) : this.look(MENU)
    }
    if (focus.kind === 'resume') {
      if (reply.kind === 'answer' && reply.value === 'yes')
        return this.look({ kind: 'talk', about: focus.about, role: focus.role, reopened: false })
      return this.#startAgain(focus.about, n)
    }
    const about = await this.draft.get(focus.about)
    const event = about && this.#parts.flows[about.flow].hear(about, reply, focus.role)
    if (!event) return reply.kind === 'back' ? this.look(MENU) : this.#unclear(null)
    const applied = await this.#apply(focus.about, event, focus.role, n)
    // Before the first question there is only the menu.
    if (!applied && reply.kind === 'back') this.look(MENU)
  }

  async #apply(about: InstanceRef, event: Happening, role: Role, n: number): Promise<boolean> {
    const applied = await this.draft.apply(about, event, `${this.#inbound.messageId}#${n}`, this.#inbound.at)
    this.look({ kind: 'talk', about, role, reopened: false })
    if (!applied && event.type !== 'BACK') this.error = this.#parts.script.unclear(this.next.language)
    return applied
  }

  /** A text that answers no question: a greeting gets the menu, a wrong answer the question again. */
  async #unclear(prompt: Prompt | null): Promise<void> {
    const { focus } = this.next
    if (focus.kind === 'talk' && (await this.draft.get(focus.about))?.done) return this.look(MENU)
    if (focus.kind === 'menu' && this.next.seq === 1 && READS_WORDS.has(this.#inbound.channel)) return
    if (prompt?.kind === 'tell') return
    this.error = this.#parts.script.unclear(this.next.language)
  }

  async #startAgain(old: InstanceRef, n: number): Promise<void> {
    await this.draft.apply(old, { type: 'CANCEL' }, `${this.#inbound.messageId}#${n}`, this.#inbound.at)
    this.look(MENU)
  }

  async #book(
    line: string,
    wanted: readonly { readonly field: string; readonly text: string }[],
    n: number,
  ): Promise<void> {
    const { ids, house } = this.#parts
    const about = { flow: 'booking', id: ids.next('bk') } as const
    const code = await house.code()
    const input = { id: about.id, owner: this.next.person, code, line, journey: ids.next('tr'), wanted }
    this.draft.open(
      about,
      { owner: this.next.person, code, input },
      `${this.#inbound.messageId}#${n}`,
      this.#inbound.at,
    )
    this.look({ kind: 'talk', about, role: 'traveller', reopened: false })
  }

  async #job(intent: Extract<Intent, { name: 'job' }>, n: number): Promise<void> {
    const { code, verb } = intent
    const job = await this.#parts.house.byCode('tracking', code)
    if (!job) return this.tell('noSuchJob', { code })
    this.draft.know(job)
    const about = { flow: 'tracking', id: job.id } as const
    const event = this.#parts.script.driverSays(verb, intent.proof, this.next.person)
    const applied = await this.draft.apply(about, event, `${this.#inbound.messageId}#${n}`, this.#inbound.at)
    if (!applied) return this.tell('noSuchJob', { code })
    if (verb === 'no' || verb === 'drop') return this.tell('jobDeclined')
    this.look({ kind: 'talk', about, role: 'driver', reopened: false })
  }

  async #myJob(): Promise<void> {
    const job = await this.#parts.house.jobOf(this.next.person)
    if (!job) return this.tell('noTrip')
    this.draft.know(job)
    this.look({ kind: 'talk', about: { flow: 'tracking', id: job.id }, role: 'driver', reopened: true })
  }

  async #mine(intent: Mine, n: number): Promise<void> {
    const { house } = this.#parts
    const found =
      intent.code === null
        ? (await house.active(this.next.person, 'booking'))[0]
        : await house.byCode('booking', intent.code)
    if (!found || found.owner !== this.next.person) {
      return intent.code === null ? this.tell('noTrip') : this.tell('noSuchTrip', { code: intent.code })
    }
    this.draft.know(found)
    const about = { flow: 'booking', id: found.id } as const
    if (intent.name === 'track')
      return this.look({ kind: 'talk', about, role: 'traveller', reopened: this.#inbound.channel !== 'sms' })
    const event = intent.name === 'rate' ? { type: 'ANSWER', value: intent.stars } : { type: 'CANCEL' }
    await this.#apply(about, event, 'traveller', n)
  }
}

/** About a booking of the person's own. */
type Mine = Extract<Intent, { readonly name: 'track' | 'cancel' | 'rate' }>

/** Channels on which people write words rather than press keys. */
const READS_WORDS = new Set(['sms', 'whatsapp'])
