import type { Clock, Instant } from '../base/clock.ts'
import type { Ids } from '../base/id.ts'
import { LIMITS } from '../base/limits.ts'
import type { Log } from '../base/log.ts'
import { Problem } from '../base/problem.ts'
import { Draft, type Flows } from './draft.ts'
import type { Happening, InstanceRef } from './flow.ts'
import type { Handlers } from './handler.ts'
import type { Committed, Ledgered, Store } from './store.ts'
import { createTurns } from './turns.ts'
import type { Instance, OutboxEntry, Work } from './work.ts'

/** Told after a commit, never before: what changed, and what there is to do. Must not throw. */
export type OnCommitted = (changed: readonly Instance[], outbox: readonly OutboxEntry[]) => void

export type RunParts<Tx extends Ledgered> = {
  readonly store: Store<Tx>
  readonly flows: Flows
  readonly handlers: Handlers<Tx>
  readonly clock: Clock
  readonly ids: Ids
  readonly log: Log
  readonly onCommitted: OnCommitted
}

/** The engine: events in, one transaction out. */
export class Run<Tx extends Ledgered = Ledgered> {
  readonly parts: RunParts<Tx>
  readonly #lines = createTurns(LIMITS.staleWaitMs, LIMITS.staleInLine)

  constructor(parts: RunParts<Tx>) {
    this.parts = parts
  }

  /** An empty turn, reading through the store or through an open transaction. */
  draft(from: Ledgered = this.parts.store): Draft {
    const { flows, ids, handlers } = this.parts
    return new Draft({
      flows,
      ids,
      laneOf(type, params) {
        const lane = handlers[type]?.lane ?? 'bulk'
        return typeof lane === 'string' ? lane : lane(params)
      },
      read: (ref) => from.instance(ref),
    })
  }

  /**
   * Carries out what the draft can answer itself: what instances mean to each other, always, and its read-only
   * questions, while there is time. So a turn is one commit. What is not answered by `until` stays in the outbox,
   * and the worker finishes the very same entry; with no `until` no question is asked.
   */
  async settle(draft: Draft, until: Instant | null): Promise<void> {
    for (let settled = 0; settled < LIMITS.settledPerTurn; settled += 1) {
      const next = this.#settles(draft, until !== null)
      if (!next) return
      const { entry, handler } = next
      const event =
        handler.kind === 'decide'
          ? await handler.run(entry.params, entry, draft)
          : await this.#ask(entry, handler.run(entry.params, entry), until ?? 0)
      if (event === 'left') return
      draft.outbox = draft.outbox.filter(({ id }) => id !== entry.id)
      if (event && entry.about) await draft.apply(entry.about, event, entry.id, this.parts.clock.now())
    }
  }

  #settles({ outbox }: Draft, mayAsk: boolean) {
    for (const entry of outbox) {
      const handler = this.parts.handlers[entry.type]
      if (handler?.kind === 'decide' || (mayAsk && handler?.kind === 'ask')) return { entry, handler }
    }
    return undefined
  }

  #ask(entry: OutboxEntry, answer: Promise<Happening>, until: Instant): Promise<Happening | 'left'> {
    return withinTime(answer, until - this.parts.clock.now()).catch((error: unknown) => {
      const line = { effect: entry.type, about: entry.about?.id, error: String(error) }
      this.parts.log.warn(line, 'ask_left_to_worker')
      return 'left' as const
    })
  }

  async commit(work: Work, to: Ledgered = this.parts.store): Promise<Committed> {
    const committed = await to.commit(work)
    if (committed === 'done' && to === this.parts.store) this.announce(work)
    return committed
  }

  announce(work: Work): void {
    const changed = work.instances.filter(({ next, was }) => next.seq !== was).map(({ next }) => next)
    this.parts.onCommitted(changed, work.outbox)
  }

  /**
   * Brings one event to one instance, beginning anew while somebody else is faster.
   * @returns the instance afterwards and whether the event meant anything to it
   * @throws Problem not_found when there is no such instance, conflict when it never came to rest
   */
  async send(
    ref: InstanceRef,
    event: Happening,
    cause: string,
  ): Promise<{ readonly instance: Instance; readonly applied: boolean }> {
    return this.again(async (draft) => {
      const applied = await draft.apply(ref, event, cause, this.parts.clock.now())
      const instance = await draft.get(ref)
      if (!instance) throw new Problem('not_found', 'There is nothing of that name.')
      await this.settle(draft, this.parts.clock.now() + LIMITS.hopBudgetMs)
      const committed = await this.commit(draft.work())
      return committed === 'stale' ? 'stale' : { instance: (await draft.get(ref)) ?? instance, applied }
    })
  }

  /**
   * Runs a turn until it was not stale. Who was too late once waits in line with whoever in this process wants the
   * same instances, so that of many who come at once each is in the way of the next, and not of all.
   * @param wants what it looks at besides its draft
   * @throws Problem conflict after the last try, unavailable when the line is too long
   */
  async again<T>(turn: (draft: Draft) => Promise<T | 'stale'>, wants: readonly string[] = []): Promise<T> {
    const draft = this.draft()
    const outcome = await turn(draft)
    if (outcome !== 'stale') return outcome
    const ids = [...new Set([...wants, ...draft.seen()])].sort()
    return this.#inLine(ids, () => this.#insist(turn))
  }

  async #insist<T>(turn: (draft: Draft) => Promise<T | 'stale'>): Promise<T> {
    for (let tries = 1; tries < LIMITS.staleRetries; tries += 1) {
      const outcome = await turn(this.draft())
      if (outcome !== 'stale') return outcome
    }
    throw new Problem('conflict', 'Too much happened at once. Try again.')
  }

  /** First in every line, entered in one order by all: nobody waits for whoever waits for them. */
  #inLine<T>([id, ...others]: readonly string[], work: () => Promise<T>): Promise<T> {
    return id === undefined ? work() : this.#lines(id, () => this.#inLine(others, work))
  }
}

/** Rejects when the promise takes longer; the work behind it is read-only and may go on unheard. */
function withinTime<T>(promise: Promise<T>, timeoutMs: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error(`no answer within ${timeoutMs} ms`)),
      Math.max(0, timeoutMs),
    )
    promise.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}
