import type { Ids } from '../base/id.ts'
import { type Msisdn, parsePhone } from '../base/phone.ts'
import type { Draft, Flows } from '../run/draft.ts'
import type { Happening, InstanceRef, Role } from '../run/flow.ts'
import { act } from './act.ts'
import { hearBid } from './carry.ts'
import type { Inbound } from './channel.ts'
import { type Conversation, type Focus, MENU } from './conversation.ts'
import type { House } from './house.ts'
import type { Codec, Input, Prompt } from './prompt.ts'
import type { Intent, Script } from './script.ts'
import { type Shown, shownTo, telling, viewOf } from './view.ts'

export type TurnParts = {
  readonly flows: Flows
  readonly script: Script
  readonly house: House
  readonly ids: Ids
}

/** A text by its key, and what fills it. */
export type Told = { readonly key: string; readonly args: Readonly<Record<string, string>> }

/** One person's turn: what they said is applied to what they were looking at. Nothing is written here. */
export class Turn {
  next: Conversation
  error: string | null = null
  /** Nothing was understood: what a machine says that answers us. */
  isLost = false
  /** It began with a word of ours. */
  isCommand = false
  readonly draft: Draft
  readonly inbound: Omit<Inbound, 'input'>
  readonly parts: TurnParts
  #aside: Told | null = null
  #ended: Prompt | null = null

  constructor(conversation: Conversation, draft: Draft, inbound: Omit<Inbound, 'input'>, parts: TurnParts) {
    this.next = { ...conversation, seq: conversation.seq + 1, channel: inbound.channel, heardAt: inbound.at }
    this.draft = draft
    this.inbound = inbound
    this.parts = parts
  }

  /** What the person sees as the turn stands. */
  async shown(): Promise<Shown> {
    const { person, language } = this.next
    if (this.#aside)
      return telling(this.parts.script.told(this.#aside.key, this.#aside.args, language), language)
    if (this.#ended) return telling(this.#ended, language)
    if (this.next.focus.kind === 'menu' && this.next.focus.usual === undefined)
      this.next = { ...this.next, focus: { kind: 'menu', usual: await this.parts.house.usual(person) } }
    const { focus } = this.next
    const about = 'about' in focus ? await this.draft.get(focus.about) : null
    const as = about === null ? await this.parts.house.roleOf(person) : 'traveller'
    return shownTo(this.next, about, as, this.error, this.parts)
  }

  /** Whether what is answered stays nowhere to be read again. */
  get isPassing(): boolean {
    return PASSING.has(this.inbound.channel)
  }

  /** What is said beside the matter; null while nothing is. */
  get aside(): Told | null {
    return this.#aside
  }

  /** They dialled, rang or wrote for the first time in a while: back to where it is worth going back to. */
  async start(): Promise<void> {
    const { focus, language } = this.next
    this.error = null
    const about = 'about' in focus ? await this.draft.get(focus.about) : null
    if (!about || about.done || !('about' in focus)) return this.look(MENU)
    const flow = this.parts.flows[about.flow]
    const prompt = flow.screen(about, focus.role, language)
    // Who books for others goes on to the next of them.
    if (prompt.kind === 'tell' && focus.role === 'agent') return this.look(MENU)
    if (prompt.kind === 'tell')
      return this.look({ kind: 'talk', about: focus.about, role: focus.role, reopened: true })
    const draft = this.parts.script.draft(flow, about, language)
    if (draft === 'empty') return this.look(MENU)
    if (draft === null)
      return this.look({ kind: 'talk', about: focus.about, role: focus.role, reopened: false })
    return this.look({ kind: 'resume', about: focus.about, role: focus.role })
  }

  /** One thing they said. `n` numbers the things said in one message, so that each has its own cause. */
  async hear(input: Input, codec: Codec, n: number): Promise<void> {
    this.#aside = null
    this.#ended = null
    const keyword =
      input.kind === 'text' && READS_WORDS.has(this.inbound.channel)
        ? this.parts.script.read(input.text)
        : null
    if (keyword) {
      this.isCommand = true
      if (this.next.seq === 1) this.next = { ...this.next, language: keyword.language }
      return this.act(keyword.intent, n)
    }
    const shown = await this.shown()
    this.error = null
    if (input.kind === 'text' && input.isMedia) {
      this.error = this.parts.script.unreadable(this.next.language)
      return
    }
    const reply = codec.decode(viewOf(shown, this.parts.script), input)
    if (reply.kind === 'more') this.next = { ...this.next, page: this.next.page + 1 }
    else if (reply.kind === 'home') this.look(MENU)
    else if (reply.kind === 'unclear') await this.#unclear(shown.prompt)
    else await this.#reply(reply, n)
  }

  /** Carries out an intent. */
  act(intent: Intent, n: number): Promise<void> {
    return act(this, intent, n)
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
      if (reply.kind !== 'answer') return this.look(MENU)
      return this.act(this.parts.script.chosen(reply.value, focus.usual ?? null), n)
    }
    if (focus.kind === 'resume') {
      if (reply.kind === 'answer' && reply.value === 'yes')
        return this.look({ kind: 'talk', about: focus.about, role: focus.role, reopened: false })
      return this.#startAgain(focus.about, focus.role, n)
    }
    if (focus.kind === 'bid') return hearBid(this, focus.load, reply, n)
    if (focus.kind === 'counter') return this.#serve(focus.customer, reply, n)
    const about = await this.draft.get(focus.about)
    const event = about && this.parts.flows[about.flow].hear(about, reply, focus.role)
    if (!event) return reply.kind === 'back' ? this.look(MENU) : this.#unclear(null)
    const applied = await this.apply(focus.about, event, focus.role, n)
    // Before the first question there is only the menu.
    if (!applied && reply.kind === 'back') this.look(MENU)
  }

  /** Applies an event and looks at what came of it. False when it meant nothing there. */
  async apply(about: InstanceRef, event: Happening, role: Role, n: number): Promise<boolean> {
    const applied = await this.draft.apply(about, event, this.cause(n), this.inbound.at)
    this.look({ kind: 'talk', about, role, reopened: false })
    // A person who cancels twice hears how it ended; a program is told that it meant nothing.
    const isOver = this.inbound.channel !== 'rest' && (await this.draft.get(about))?.done === true
    if (!applied && !isOver && event.type !== 'BACK')
      this.error = this.parts.script.unclear(this.next.language)
    return applied
  }

  /** A text that answers no question: a greeting gets the menu, a wrong answer the question again. */
  async #unclear(prompt: Prompt | null): Promise<void> {
    this.isLost = true
    const { focus } = this.next
    if (focus.kind === 'talk' && (await this.#isOver(focus))) return this.#over(prompt)
    if (focus.kind === 'menu' && this.next.seq === 1 && READS_WORDS.has(this.inbound.channel)) return
    if (prompt?.kind === 'tell') return
    this.error = this.parts.script.unclear(this.next.language)
  }

  /** Nothing can be said to it any more: what is done may still ask how it was. */
  async #isOver({ about: ref, role }: Extract<Focus, { readonly kind: 'talk' }>): Promise<boolean> {
    const about = await this.draft.get(ref)
    if (!about?.done) return false
    return this.parts.flows[about.flow].screen(about, role, this.next.language).kind !== 'ask'
  }

  /** They answer what is over: they are told how it ended, and what comes next is from the menu. */
  #over(prompt: Prompt | null): void {
    this.look(MENU)
    this.#ended = prompt
  }

  /** The cause of the n-th thing that this message brought. */
  cause(n: number): string {
    return `${this.inbound.messageId}#${n}`
  }

  async #startAgain(old: InstanceRef, role: Role, n: number): Promise<void> {
    const about = await this.draft.get(old)
    const event = about && this.parts.flows[old.flow].hear(about, { kind: 'answer', value: 'cancel' }, role)
    if (event) await this.draft.apply(old, event, this.cause(n), this.inbound.at)
    this.look(MENU)
  }

  /** An agent says for whom, and then what. */
  async #serve(
    customer: Msisdn | null,
    reply: { readonly kind: 'answer'; readonly value: string } | { readonly kind: 'back' },
    n: number,
  ): Promise<void> {
    if (reply.kind === 'back')
      return this.look(customer === null ? MENU : { kind: 'counter', customer: null })
    if (customer !== null) return this.act(this.parts.script.chosen(reply.value, null), n)
    const number = parsePhone(reply.value)
    if (number) return this.act({ name: 'serve', customer: number }, n)
    this.error = this.parts.script.wrongPhone(this.next.language)
  }
}

/** Channels on which people write words rather than press keys. */
const READS_WORDS = new Set(['sms', 'whatsapp'])
/** Channels on which an answer is gone once it was seen or heard. */
const PASSING = new Set(['ussd', 'voice'])
