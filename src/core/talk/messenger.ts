import { z } from 'zod'
import type { Clock, Instant } from '../base/clock.ts'
import { LIMITS } from '../base/limits.ts'
import type { Log } from '../base/log.ts'
import { isMsisdn, type Msisdn } from '../base/phone.ts'
import type { InstanceRef, Role } from '../run/flow.ts'
import type { Run } from '../run/run.ts'
import { CHANNELS, type Channel, type ChannelName } from './channel.ts'
import { type Conversation, newConversation } from './conversation.ts'
import type { Guard, Saying } from './guards.ts'
import { handOver } from './handing.ts'
import type { Messages } from './messages.ts'
import { PURPOSES, type Purpose } from './purpose.ts'
import type { Script } from './script.ts'
import { type Shown, shownSchema, shownTo } from './view.ts'

export const speakParams = z.object({
  to: z.custom<Msisdn>((text) => typeof text === 'string' && isMsisdn(text)),
  channel: z.enum(CHANNELS),
  shown: shownSchema,
  purpose: z.enum(PURPOSES).default('answer'),
  until: z.number().nullable().default(null),
  isIdle: z.boolean().default(false),
  echo: z.string().nullable().default(null),
})

export type MessengerParts = {
  readonly run: Run
  readonly channels: Readonly<Partial<Record<ChannelName, Channel>>>
  readonly script: Script
  readonly messages: Messages
  /** Asked in turn about everything that is to be said. */
  readonly guards: readonly Guard[]
  readonly clock: Clock
  readonly log: Log
}

/** What a text is for, and until when. */
export type Meant = Pick<Saying, 'about'> & { readonly purpose: Purpose; readonly until: Instant | null }

/** Speaks first: on the channel a person last used, else by SMS. */
export class Messenger {
  readonly #parts: MessengerParts

  constructor(parts: MessengerParts) {
    this.#parts = parts
  }

  /**
   * Draws a view for a channel and sends it, once.
   * @returns whether it went, or may have gone
   * @throws NotYet when it must wait, Error when it is worth trying again
   */
  async speak(saying: Saying): Promise<boolean> {
    const delivery = await handOver(saying, this.#parts)
    if (delivery?.status !== 'failed') return delivery !== null
    if (delivery.fault === 'opted_out') await this.optOut(saying.to)
    return delivery.fault === 'unknown_outcome'
  }

  /** They told a provider that they want no news; what they order still comes. */
  async optOut(person: Msisdn): Promise<void> {
    const { run, script, clock } = this.#parts
    await run.again(async (draft) => {
      const { conversation } = await run.parts.store.standing(person, '')
      if (conversation?.optedOut) return 'done'
      const before = conversation ?? newConversation(person, 'sms', script.defaultLanguage, clock.now())
      const next: Conversation = { ...before, seq: before.seq + 1, optedOut: true }
      return run.commit(draft.work({ conversation: { next, was: before.seq } }))
    })
  }

  /** A text with nothing to answer. */
  async say(id: string, to: Msisdn, of: (language: string) => Shown, meant: Meant): Promise<void> {
    const { conversation } = await this.#parts.run.parts.store.standing(to, id)
    const shown = of(conversation?.language ?? this.#parts.script.defaultLanguage)
    const heard = { channel: conversation?.channel ?? 'sms', heardAt: conversation?.heardAt ?? null } as const
    await this.speak({ id, to, shown, ...heard, ...meant })
  }

  /** An instance's present screen, to be answered: their focus goes there unless they are busy with another question. */
  async show(id: string, to: Msisdn, about: InstanceRef, role: Role, purpose: Purpose): Promise<void> {
    const { run, script } = this.#parts
    const { flows, store } = run.parts
    if (!(await store.isTheirs(to, about.id))) return
    const shown = await run.again(async (draft) => {
      // Looked at through the draft, so that showing what has moved on meanwhile is refused.
      const [{ conversation }, instance] = await Promise.all([store.standing(to, id), draft.get(about)])
      if (!instance) throw new Error(`nothing to show: ${about.id}`)
      const isFresh = async () => (await run.commit(draft.work())) !== 'stale'
      // As it is remembered here it may be old: only what still stands so is nobody's business.
      if (!flows[about.flow].isFor(instance, role, to)) return (await isFresh()) ? null : 'stale'
      const before = conversation ?? newConversation(to, 'sms', script.defaultLanguage, 0)
      const next: Conversation = {
        ...before,
        seq: before.seq + 1,
        focus: { kind: 'talk', about, role, reopened: false },
        page: 0,
      }
      const until = purpose === 'offer' ? instance.deadlineAt : null
      const drawn = {
        channel: before.channel,
        heardAt: before.heardAt,
        until,
        shown: shownTo(next, instance, role, null, { flows, script }),
      }
      if (await this.#isBusy(before, about)) return (await isFresh()) ? drawn : 'stale'
      const work = draft.work({ conversation: { next, was: before.seq } })
      return (await run.commit(work)) === 'stale' ? 'stale' : drawn
    })
    if (shown) await this.speak({ id, to, purpose, ...shown })
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
