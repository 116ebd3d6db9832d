import { z } from 'zod'
import type { Clock } from '../base/clock.ts'
import { LIMITS } from '../base/limits.ts'
import type { Log } from '../base/log.ts'
import { type Msisdn, maskPhone, maskPhones } from '../base/phone.ts'
import { Problem } from '../base/problem.ts'
import type { Run } from '../run/run.ts'
import type { TakeTurns } from '../run/turns.ts'
import type { OutboxEntry } from '../run/work.ts'
import type { createAdmission } from './admission.ts'
import type { ChannelName, Inbound, Receive } from './channel.ts'
import { type Conversation, newConversation } from './conversation.ts'
import { type Echo, echoOf } from './echo.ts'
import { hear, wholesome } from './hearing.ts'
import { repeatedBy } from './hop.ts'
import type { Codec } from './prompt.ts'
import { Turn, type TurnParts } from './turn.ts'
import type { Shown } from './view.ts'
import { telling, viewOf } from './view.ts'

export type GatewayParts = TurnParts & {
  readonly run: Run
  readonly codecs: Readonly<
    Record<ChannelName, { readonly codec: Codec; readonly answers: 'inline' | 'push' }>
  >
  readonly turns: TakeTurns
  /** Who says too much; everybody is heard where nothing is said. */
  readonly admits?: ReturnType<typeof createAdmission>
  readonly clock: Clock
  readonly log: Log
  readonly onHop: (
    channel: ChannelName,
    outcome: 'answered' | 'repeated' | 'late' | 'refused',
    durationMs: number,
  ) => void
}

/** Who says it, where and when; what they say is the turn's business. */
export type Envelope = Omit<Inbound, 'input'>

/** Moves a turn; nothing is written until it returns. */
export type Doing = (turn: Turn, before: Conversation) => Promise<void>

/** The id of the message that this one is again, where that is known only from what was heard before. */
type Repeats = (before: Conversation) => string | null

type Outcome = {
  readonly body: string
  readonly repeated: boolean
  readonly booking?: string
  readonly screen?: string
}

/**
 * Where every channel comes in. One message, one turn, one commit, and only then an answer; the same message again
 * gets the bytes that were stored. When the turn takes too long the person is told that a text will follow; whoever
 * brings us texts hears instead that it is not done, and brings it again: until then it is only in memory.
 */
export class Gateway {
  readonly #parts: GatewayParts

  constructor(parts: GatewayParts) {
    this.#parts = parts
  }

  /**
   * Hears what a person said. Who cannot be heard now is told so; a channel that pushes lets its provider try again.
   * Who says more than anybody types is told so where they wait for an answer, and gets none elsewhere.
   */
  readonly receive: Receive = (raw) => {
    const inbound = wholesome(raw)
    const { codecs, run, admits } = this.#parts
    const admission = admits?.(inbound.person, inbound.at) ?? 'heard'
    if (admission !== 'heard') return this.#refuse(inbound, admission === 'first')
    const { codec } = codecs[inbound.channel]
    const settle = (turn: Turn) => run.settle(turn.draft, inbound.at + LIMITS.hopBudgetMs)
    const doing: Doing = (turn, before) => hear(turn, before, inbound, codec, settle)
    return this.act(inbound, doing, { echo: echoOf(inbound), repeats: repeatedBy(inbound) }).catch(
      (error: unknown) => {
        const isBusy = error instanceof Problem && error.code === 'unavailable'
        if (!isBusy || !this.#answersInline(inbound.channel)) throw error
        return this.#busy(inbound.channel)
      },
    )
  }

  async #refuse({ channel, person }: Inbound, isFirst: boolean): Promise<string> {
    const { log, onHop } = this.#parts
    onHop(channel, 'refused', 0)
    if (isFirst) log.warn({ channel, person: maskPhone(person) }, 'says_too_much')
    return this.#answersInline(channel) ? this.#busy(channel) : ''
  }

  #busy(channel: ChannelName): string {
    const { script } = this.#parts
    const language = script.defaultLanguage
    return this.#draw(channel, telling(script.told('busy', {}, language), language))
  }

  /**
   * The same for a program that says at once what it wants done: `doing` moves the turn.
   * @param more a text that they may have written before, as machines do; what tells a repetition
   */
  async act(
    inbound: Envelope,
    doing: Doing,
    more: { readonly echo?: Echo; readonly repeats?: Repeats } = {},
  ): Promise<string> {
    const { clock, turns, log, onHop, script } = this.#parts
    const startedAt = clock.now()
    const { repeats = () => null, echo = () => ({}) } = more
    const turn = turns(inbound.person, () => this.#takeTurn(inbound, doing, echo, repeats))
    const outcome = await orLate(turn, LIMITS.hopStopMs)
    const durationMs = clock.now() - startedAt
    const line = {
      channel: inbound.channel,
      person: maskPhone(inbound.person),
      message: maskPhones(inbound.messageId),
      durationMs,
    }
    if (outcome) {
      onHop(inbound.channel, outcome.repeated ? 'repeated' : 'answered', durationMs)
      log.info(
        { ...line, booking: outcome.booking, screen: outcome.screen },
        outcome.repeated ? 'hop_repeated' : 'hop',
      )
      return outcome.body
    }
    onHop(inbound.channel, 'late', durationMs)
    log.warn(line, 'hop_late')
    const failed = (error: unknown) => log.error({ ...line, error: String(error) }, 'hop_failed_late')
    if (!this.#answersInline(inbound.channel)) {
      turn.catch(failed)
      throw new Problem('unavailable', 'It is still being heard: send it again to be sure.')
    }
    // Whatever became of it, the text was promised: what was not heard is asked again.
    turn
      .catch(failed)
      .then(() => this.#followUp(inbound))
      .catch(failed)
    return this.#draw(
      inbound.channel,
      telling(script.told('later', {}, script.defaultLanguage), script.defaultLanguage),
    )
  }

  #takeTurn(inbound: Envelope, doing: Doing, echo: Echo, repeats: Repeats): Promise<Outcome> {
    const { run } = this.#parts
    const { store } = run.parts
    return run.again(async (draft) => {
      const { conversation, instance, answered } = await store.standing(inbound.person, inbound.messageId)
      const earlier = answered === null && conversation ? repeats(conversation) : null
      const body = earlier === null ? answered : await store.answer(inbound.person, earlier)
      if (body !== null) return { body, repeated: true }
      const before = conversation ?? this.#stranger(inbound)
      const turn = new Turn(before, draft, inbound, this.#parts)
      if (instance) turn.draft.know(instance)
      await doing(turn, before)
      await run.settle(turn.draft, inbound.at + LIMITS.hopBudgetMs)
      const shown = await turn.shown()
      const isInline = this.#answersInline(inbound.channel)
      const drawn = isInline ? this.#draw(inbound.channel, shown) : ''
      turn.draft.outbox = turn.draft.outbox.filter((entry) => !isAnswered(entry, inbound.person, turn.next))
      if (!isInline) {
        const said = { to: inbound.person, channel: inbound.channel, shown, ...echo(turn.isCommand) }
        const isIdle = turn.isLost && turn.draft.journal.length === 0
        turn.draft.errand('speak', { ...said, isIdle }, null, inbound.at)
      }
      const work = turn.draft.work({
        conversation: { next: turn.next, was: before.seq },
        answer: { messageId: inbound.messageId, person: inbound.person, body: drawn, at: inbound.at },
      })
      if ((await run.commit(work)) === 'stale') return 'stale'
      const about = 'about' in turn.next.focus ? await turn.draft.get(turn.next.focus.about) : null
      return {
        body: drawn,
        repeated: false,
        screen: shown.prompt.id,
        ...(about ? { booking: about.root } : {}),
      }
    })
  }

  #answersInline(channel: ChannelName): boolean {
    return this.#parts.codecs[channel].answers === 'inline'
  }

  #draw(channel: ChannelName, shown: Shown): string {
    return this.#parts.codecs[channel].codec.encode(viewOf(shown, this.#parts.script))
  }

  #stranger({ person, channel, at }: Envelope): Conversation {
    return newConversation(person, channel, this.#parts.script.defaultLanguage, at)
  }

  /** What they would have seen goes to them as a text. */
  async #followUp(inbound: Envelope): Promise<void> {
    const { run, clock } = this.#parts
    const { person: to, messageId, channel } = inbound
    const { conversation } = await run.parts.store.standing(to, messageId)
    const draft = run.draft()
    if (conversation?.focus.kind === 'talk') {
      const { about, role } = conversation.focus
      draft.errand('show', { to, role }, about, clock.now())
    } else {
      const turn = new Turn(conversation ?? this.#stranger(inbound), draft, inbound, this.#parts)
      draft.errand('speak', { to, channel, shown: await turn.shown() }, null, clock.now())
    }
    await run.commit(draft.work())
  }
}

/** The screen that the turn would send to the very person it answers is that answer. */
const isAnswered = ({ type, about, params }: OutboxEntry, person: Msisdn, { focus }: Conversation): boolean =>
  type === 'show' &&
  'about' in focus &&
  about?.id === focus.about.id &&
  showParams.safeParse(params).data?.to === person

const showParams = z.object({ to: z.string() })

/** The promise's value, or undefined when it takes longer; it goes on all the same. */
function orLate<T>(promise: Promise<T>, afterMs: number): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve(undefined), afterMs)
    promise.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}
