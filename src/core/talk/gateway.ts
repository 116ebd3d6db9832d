import { z } from 'zod'
import type { Clock } from '../base/clock.ts'
import { LIMITS } from '../base/limits.ts'
import type { Log } from '../base/log.ts'
import { type Msisdn, maskPhone } from '../base/phone.ts'
import { Problem } from '../base/problem.ts'
import type { Run } from '../run/run.ts'
import type { OutboxEntry } from '../run/work.ts'
import { MENU } from './act.ts'
import type { ChannelName, Inbound, Receive } from './channel.ts'
import { type Conversation, newConversation } from './conversation.ts'
import type { Codec } from './prompt.ts'
import { Turn, type TurnParts } from './turn.ts'
import type { TakeTurns } from './turns.ts'
import type { Shown } from './view.ts'
import { telling, viewOf } from './view.ts'

export type GatewayParts = TurnParts & {
  readonly run: Run
  readonly codecs: Readonly<
    Record<ChannelName, { readonly codec: Codec; readonly answers: 'inline' | 'push' }>
  >
  readonly turns: TakeTurns
  readonly clock: Clock
  readonly log: Log
  readonly onHop: (
    channel: ChannelName,
    outcome: 'answered' | 'repeated' | 'late',
    durationMs: number,
  ) => void
}

/** Who says it, where and when; what they say is the turn's business. */
export type Envelope = Omit<Inbound, 'input'>

/** Moves a turn; nothing is written until it returns. */
export type Doing = (turn: Turn, before: Conversation) => Promise<void>

type Outcome = {
  readonly body: string
  readonly repeated: boolean
  readonly booking?: string
  readonly screen?: string
}

/**
 * Where every channel comes in. One message, one turn, one commit, and only then an answer; the same message again
 * gets the bytes that were stored. When the turn takes too long the person is told that a text will follow.
 */
export class Gateway {
  readonly #parts: GatewayParts

  constructor(parts: GatewayParts) {
    this.#parts = parts
  }

  /** Hears what a person said. Who cannot be heard now is told so; a channel that pushes lets its provider try again. */
  readonly receive: Receive = (raw) => {
    const inbound = wholesome(raw)
    const { script, codecs } = this.#parts
    return this.act(inbound, (turn, before) => this.#hearAll(turn, before, inbound)).catch(
      (error: unknown) => {
        const isBusy = error instanceof Problem && error.code === 'unavailable'
        if (!isBusy || codecs[inbound.channel].answers !== 'inline') throw error
        const language = script.defaultLanguage
        return this.#draw(inbound.channel, telling(script.told('busy', {}, language), language))
      },
    )
  }

  /** The same for a program that says at once what it wants done: `doing` moves the turn. */
  async act(inbound: Envelope, doing: Doing): Promise<string> {
    const { clock, turns, log, onHop, script } = this.#parts
    const startedAt = clock.now()
    const turn = turns(inbound.person, () => this.#takeTurn(inbound, doing))
    const outcome = await orLate(turn, LIMITS.hopStopMs)
    const durationMs = clock.now() - startedAt
    const line = {
      channel: inbound.channel,
      person: maskPhone(inbound.person),
      // Some providers write the number into their message ids.
      message: inbound.messageId.replace(/\d{9,}/g, maskPhone),
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

  #takeTurn(inbound: Envelope, doing: Doing): Promise<Outcome> {
    const { run, codecs } = this.#parts
    return run.again(async () => {
      const { conversation, instance, answered } = await run.parts.store.standing(
        inbound.person,
        inbound.messageId,
      )
      if (answered !== null) return { body: answered, repeated: true }
      const before = conversation ?? this.#stranger(inbound)
      const turn = new Turn(before, run.draft(), inbound, this.#parts)
      if (instance) turn.draft.know(instance)
      await doing(turn, before)
      await run.settle(turn.draft, inbound.at + LIMITS.hopBudgetMs)
      const shown = await turn.shown()
      const isInline = codecs[inbound.channel].answers === 'inline'
      const body = isInline ? this.#draw(inbound.channel, shown) : ''
      turn.draft.outbox = turn.draft.outbox.filter((entry) => !isAnswered(entry, inbound.person, turn.next))
      if (!isInline)
        turn.draft.errand('speak', { to: inbound.person, channel: inbound.channel, shown }, null, inbound.at)
      const work = turn.draft.work({
        conversation: { next: turn.next, was: before.seq },
        answer: { messageId: inbound.messageId, person: inbound.person, body, at: inbound.at },
      })
      if ((await run.commit(work)) === 'stale') return 'stale'
      const about = 'about' in turn.next.focus ? await turn.draft.get(turn.next.focus.about) : null
      return { body, repeated: false, screen: shown.prompt.id, ...(about ? { booking: about.root } : {}) }
    })
  }

  /** Feeds the turn what is new in the message: one thing, or, on a dialled short-cut, several. */
  async #hearAll(turn: Turn, before: Conversation, inbound: Inbound): Promise<void> {
    const { input, session, at } = inbound
    const { codec } = this.#parts.codecs[inbound.channel]
    if (input.kind === 'start') return turn.start()
    if (input.kind !== 'so_far') return turn.hear(input, codec, 0)
    const isSameSession = session === before.session
    const heard = isSameSession ? before.heard : ''
    turn.next = { ...turn.next, session, heard: input.text }
    // A `*` inside an answer cannot be told from a hop, so only what is new since the last hop is looked at.
    const news = input.text.startsWith(heard) ? input.text.slice(heard.length).replace(/^\*/, '') : ''
    if (!isSameSession && (await this.#resumes(turn, news))) return
    if (news === '') return
    const said = isSameSession ? [news] : news.split('*').slice(0, LIMITS.deepDialSteps)
    for (const [n, text] of said.entries()) {
      await turn.hear({ kind: 'text', text }, codec, n)
      if (n < said.length - 1) await this.#parts.run.settle(turn.draft, at + LIMITS.hopBudgetMs)
    }
  }

  /** A new call. The keys of a short-cut begin at the menu: they answer nothing older, and least of all "1 Cancel". */
  async #resumes(turn: Turn, news: string): Promise<boolean> {
    await turn.start()
    if (await this.#isUnderWay(turn)) return true
    if (news !== '') turn.look(MENU)
    return false
  }

  async #isUnderWay({ next: { focus }, draft }: Turn): Promise<boolean> {
    if (focus.kind !== 'talk' || !focus.reopened) return false
    const { flows, script } = this.#parts
    const about = await draft.get(focus.about)
    return about !== null && !script.isForLater(flows[about.flow], about)
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

/** Without what PostgreSQL cannot keep: half characters and the null character. */
const keepable = (text: string): string => text.replaceAll('\0', '').toWellFormed()

function wholesome(inbound: Inbound): Inbound {
  const { input } = inbound
  return {
    ...inbound,
    session: keepable(inbound.session),
    messageId: keepable(inbound.messageId),
    input: 'text' in input ? { ...input, text: keepable(input.text) } : input,
  }
}

/** The promise's value, or undefined when it takes longer; it goes on all the same. */
function orLate<T>(promise: Promise<T>, afterMs: number): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve(undefined), afterMs)
    promise.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}
