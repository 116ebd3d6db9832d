import type { Admits } from '../base/admission.ts'
import type { Clock } from '../base/clock.ts'
import { LIMITS } from '../base/limits.ts'
import type { Log } from '../base/log.ts'
import { maskPhone, maskPhones } from '../base/phone.ts'
import { Problem } from '../base/problem.ts'
import type { Run } from '../run/run.ts'
import type { TakeTurns } from '../run/turns.ts'
import type { ChannelName, Inbound, Receive } from './channel.ts'
import { echoOf } from './echo.ts'
import { hear, wholesome } from './hearing.ts'
import { repeatedBy } from './hop.ts'
import { createPromises } from './promises.ts'
import type { Codec } from './prompt.ts'
import { type Doing, type Envelope, type More, type Outcome, stranger, takeTurn } from './take-turn.ts'
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
  readonly admits?: Admits
  readonly clock: Clock
  readonly log: Log
  readonly onHop: (
    channel: ChannelName,
    outcome: 'answered' | 'repeated' | 'late' | 'refused',
    durationMs: number,
  ) => void
}

/**
 * Where every channel comes in. One message, one turn, one commit, and only then an answer; the same message again
 * gets the bytes that were stored. When the turn takes too long the person is told that a text will follow; whoever
 * brings us texts hears instead that it is not done, and brings it again: until then it is only in memory.
 */
export class Gateway {
  readonly #parts: GatewayParts
  readonly #keep = createPromises()

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

  /** The same for a program that says at once what it wants done: `doing` moves the turn. */
  async act(inbound: Envelope, doing: Doing, more: More = {}): Promise<string> {
    const { clock, turns, log, onHop } = this.#parts
    const { channel } = inbound
    const startedAt = clock.now()
    const parts = {
      ...this.#parts,
      drawn: (shown: Shown) => this.#draw(channel, shown),
      answersInline: this.#answersInline(channel),
    }
    const turn = turns(inbound.person, () => takeTurn(inbound, doing, more, parts))
    const outcome = await orLate(turn, LIMITS.hopStopMs)
    const durationMs = clock.now() - startedAt
    const line = {
      channel,
      person: maskPhone(inbound.person),
      message: maskPhones(inbound.messageId),
      durationMs,
    }
    onHop(channel, outcome ? (outcome.repeated ? 'repeated' : 'answered') : 'late', durationMs)
    if (!outcome) return this.#late(inbound, turn, line)
    const { body, repeated, booking, screen } = outcome
    log.info({ ...line, booking, screen }, repeated ? 'hop_repeated' : 'hop')
    return body
  }

  /** Whatever became of it, the text is promised: what was not heard is asked again. */
  #late(inbound: Envelope, turn: Promise<Outcome>, line: Readonly<Record<string, unknown>>): string {
    const { log, script } = this.#parts
    log.warn(line, 'hop_late')
    const failed = (error: unknown) => log.error({ ...line, error: String(error) }, 'hop_failed_late')
    if (!this.#answersInline(inbound.channel)) {
      turn.catch(failed)
      throw new Problem('unavailable', 'It is still being heard: send it again to be sure.')
    }
    turn
      .catch(failed)
      .then(() => this.#keep(() => this.#followUp(inbound)))
      .catch(failed)
    const language = script.defaultLanguage
    return this.#draw(inbound.channel, telling(script.told('later', {}, language), language))
  }

  #answersInline(channel: ChannelName): boolean {
    return this.#parts.codecs[channel].answers === 'inline'
  }

  #draw(channel: ChannelName, shown: Shown): string {
    return this.#parts.codecs[channel].codec.encode(viewOf(shown, this.#parts.script))
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
      const turn = new Turn(
        conversation ?? stranger(inbound, this.#parts.script),
        draft,
        inbound,
        this.#parts,
      )
      draft.errand('speak', { to, channel, shown: await turn.shown() }, null, clock.now())
    }
    await run.commit(draft.work())
  }
}

/** The promise's value, or undefined when it takes longer; it goes on all the same. */
function orLate<T>(promise: Promise<T>, afterMs: number): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve(undefined), afterMs)
    promise.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}
