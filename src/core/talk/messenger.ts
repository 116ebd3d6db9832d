import { z } from 'zod'
import type { Clock, Instant } from '../base/clock.ts'
import { LIMITS } from '../base/limits.ts'
import type { Log } from '../base/log.ts'
import { isMsisdn, type Msisdn, maskPhone } from '../base/phone.ts'
import type { InstanceRef, Role } from '../run/flow.ts'
import type { Run } from '../run/run.ts'
import { CHANNELS, type Channel, type ChannelName } from './channel.ts'
import { type Conversation, newConversation } from './conversation.ts'
import type { Script } from './script.ts'
import { type Shown, shownSchema, shownTo, viewOf } from './view.ts'

export const speakParams = z.object({
  to: z.custom<Msisdn>((text) => typeof text === 'string' && isMsisdn(text)),
  channel: z.enum(CHANNELS),
  shown: shownSchema,
})

/** What became of messages, for delivery reports to find. */
export interface Messages {
  sent(message: {
    readonly id: string
    readonly person: Msisdn
    readonly channel: ChannelName
    readonly externalId: string
    readonly at: Instant
  }): Promise<void>
}

/** Where we may speak first when they last spoke there. A keypad call or a session cannot be spoken to: text. */
const SPEAK_ON: Readonly<Record<ChannelName, ChannelName>> = {
  ussd: 'sms',
  voice: 'sms',
  rest: 'sms',
  sms: 'sms',
  whatsapp: 'whatsapp',
}

export type MessengerParts = {
  readonly run: Run
  readonly channels: Readonly<Partial<Record<ChannelName, Channel>>>
  readonly script: Script
  readonly messages: Messages
  readonly clock: Clock
  readonly log: Log
}

/** Speaks first: on the channel a person last used, else by SMS. */
export class Messenger {
  readonly #parts: MessengerParts

  constructor(parts: MessengerParts) {
    this.#parts = parts
  }

  /** Draws a view for a channel and sends it. @throws Error when it is worth trying again */
  async speak(id: string, to: Msisdn, channel: ChannelName, shown: Shown): Promise<void> {
    const via = this.#parts.channels[SPEAK_ON[channel]] ?? this.#parts.channels.sms
    if (!via) throw new Error(`no channel speaks for ${channel}`)
    const delivery = await via.deliver({ id, to, body: via.codec.encode(viewOf(shown, this.#parts.script)) })
    const line = { entry: id, channel: via.name, to: maskPhone(to), screen: shown.prompt.id }
    if (delivery.status === 'sent') {
      this.#parts.log.info({ ...line, externalId: delivery.externalId }, 'spoken')
      return this.#parts.messages.sent({
        id,
        person: to,
        channel: via.name,
        externalId: delivery.externalId,
        at: this.#parts.clock.now(),
      })
    }
    if (delivery.retryable) throw new Error(`not delivered by ${via.name}: ${delivery.fault}`)
    this.#parts.log.warn({ ...line, fault: delivery.fault }, 'not_spoken')
    // What one channel will never take may still go as a text; an outcome we do not know may have arrived.
    if (via.name !== 'sms' && delivery.fault !== 'unknown_outcome') await this.speak(id, to, 'sms', shown)
  }

  /** A text with nothing to answer. */
  async say(id: string, to: Msisdn, of: (language: string) => Shown): Promise<void> {
    const { conversation } = await this.#parts.run.parts.store.standing(to, id)
    await this.speak(
      id,
      to,
      conversation?.channel ?? 'sms',
      of(conversation?.language ?? this.#parts.script.defaultLanguage),
    )
  }

  /** An instance's present screen, to be answered: their focus goes there unless they are busy with another question. */
  async show(id: string, to: Msisdn, about: InstanceRef, role: Role): Promise<void> {
    const { run, script } = this.#parts
    const { flows, store } = run.parts
    const shown = await run.again(async () => {
      // Looked at through the draft, so that showing what has moved on meanwhile is refused.
      const draft = run.draft()
      const [{ conversation }, instance] = await Promise.all([store.standing(to, id), draft.get(about)])
      if (!instance) throw new Error(`nothing to show: ${about.id}`)
      if (!flows[about.flow].isFor(instance, role, to)) return null
      const before = conversation ?? newConversation(to, 'sms', script.defaultLanguage, 0)
      const next: Conversation = {
        ...before,
        seq: before.seq + 1,
        focus: { kind: 'talk', about, role, reopened: false },
        page: 0,
      }
      const drawn = shownTo(next, instance, role === 'driver', null, { flows, script })
      if (await this.#isBusy(before, about)) return { channel: before.channel, drawn }
      const work = draft.work({ conversation: { next, was: before.seq } })
      return (await run.commit(work)) === 'stale' ? 'stale' : { channel: before.channel, drawn }
    })
    if (shown) await this.speak(id, to, shown.channel, shown.drawn)
  }

  /** In the middle of another question, asked a moment ago: a bare "1" must keep meaning what it meant. */
  async #isBusy({ focus, heardAt }: Conversation, about: InstanceRef): Promise<boolean> {
    if (!('about' in focus) || focus.about.id === about.id) return false
    if (this.#parts.clock.now() - heardAt > LIMITS.idleFocusMs) return false
    const other = await this.#parts.run.parts.store.instance(focus.about)
    if (!other || other.done) return false
    const prompt = this.#parts.run.parts.flows[other.flow].screen(
      other,
      focus.role,
      this.#parts.script.defaultLanguage,
    )
    return prompt.kind !== 'tell'
  }
}
