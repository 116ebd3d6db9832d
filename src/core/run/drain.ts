import { correlated } from '../base/correlation.ts'
import { LIMITS } from '../base/limits.ts'
import { type Handler, NotYet } from './handler.ts'
import type { Run } from './run.ts'
import { type Ledgered, Refused } from './store.ts'
import type { Claimed, Instance, Lane } from './work.ts'

type WriteHandler<Tx extends Ledgered> = Extract<Handler<Tx>, { kind: 'write' }>

/** Carries out what the outbox holds. Dying anywhere in here loses nothing: the lease ends and another takes it. */
export class Drain<Tx extends Ledgered> {
  readonly #run: Run<Tx>
  readonly #woken = new Map<Lane, number>()
  readonly #inHand = new Set<Claimed>()

  constructor(run: Run<Tx>) {
    this.#run = run
  }

  /** Does the oldest due entries of a lane. @returns how many were taken */
  async drain({ lane }: { readonly lane: Lane }): Promise<number> {
    return this.#take({ lane })
  }

  /**
   * Does the named entries of a lane at once, unless enough of those are in hand: what is taken and not done is
   * kept from everybody until its lease ends, so the rest is left to the next sweep.
   */
  async woken(lane: Lane, ids: readonly string[]): Promise<void> {
    const inHand = this.#woken.get(lane) ?? 0
    if (inHand >= LIMITS.wokenInHand) return
    const named = ids.slice(0, LIMITS.wokenInHand - inHand)
    this.#woken.set(lane, inHand + named.length)
    try {
      await this.#take({ ids: named })
    } finally {
      this.#woken.set(lane, (this.#woken.get(lane) ?? 0) - named.length)
    }
  }

  /** Keeps what is in hand from the others for another lease. */
  async renew(): Promise<void> {
    if (this.#inHand.size === 0) return
    const { store, clock } = this.#run.parts
    await store.renew([...this.#inHand], clock.now() + LIMITS.leaseMs)
  }

  /** Lets others have at once what is in hand and will not be done here. */
  async release(): Promise<void> {
    if (this.#inHand.size === 0) return
    const { store, clock } = this.#run.parts
    await store.renew([...this.#inHand], clock.now())
  }

  /** Sends DEADLINE to whatever has waited too long. @returns how many were overdue */
  async deadlines(): Promise<number> {
    const { store, clock, log } = this.#run.parts
    const overdue = await store.overdue(clock.now(), LIMITS.deadlineBatch)
    for (const instance of overdue) {
      await this.#late(instance).catch((error: unknown) => {
        log.warn({ about: instance.id, error: String(error) }, 'deadline_failed')
      })
    }
    return overdue.length
  }

  /** As it was just read, not as this process remembers it; if it has moved on, its deadline is another one now. */
  async #late(instance: Instance): Promise<void> {
    const { clock } = this.#run.parts
    const draft = this.#run.draft()
    draft.know(instance)
    await draft.apply(instance, { type: 'DEADLINE' }, `deadline:${instance.seq}`, clock.now())
    await this.#run.settle(draft, clock.now() + LIMITS.hopBudgetMs)
    await this.#run.commit(draft.work())
  }

  async #take(want: { readonly ids?: readonly string[]; readonly lane?: Lane }): Promise<number> {
    const claimed = await this.#run.parts.store.claim({
      ...want,
      now: this.#run.parts.clock.now(),
      limit: want.ids?.length ?? LIMITS.claimBatch,
      leaseMs: LIMITS.leaseMs,
    })
    await Promise.all(claimed.map((entry) => correlated(entry.root, () => this.#one(entry))))
    return claimed.length
  }

  async #one(entry: Claimed): Promise<void> {
    this.#inHand.add(entry)
    try {
      await this.#carryOut(entry)
      this.#run.parts.log.info({ effect: entry.type, entry: entry.id, about: entry.about?.id }, 'done')
    } catch (error) {
      if (error instanceof NotYet) return await this.#postpone(entry, error)
      if (error instanceof Refused) await this.#refused(entry, error.message)
      await this.#later(entry, error)
    } finally {
      this.#inHand.delete(entry)
    }
  }

  async #postpone(entry: Claimed, { message: why, waitMs }: NotYet): Promise<void> {
    const { clock, log, store } = this.#run.parts
    log.info({ effect: entry.type, entry: entry.id, why, waitMs }, 'outbox_postponed')
    await store.postpone(entry, clock.now() + waitMs).catch((failed: unknown) => {
      log.warn({ entry: entry.id, error: String(failed) }, 'outbox_left_to_lease')
    })
  }

  /** Whoever asked hears of it, so as not to ask the same again. */
  async #refused({ id, lease, about }: Claimed, why: string): Promise<void> {
    const { log } = this.#run.parts
    if (!about) return
    await this.#run
      .send(about, { type: 'REFUSED', why }, `refused:${id}:${lease}`)
      .catch((error: unknown) => {
        log.warn({ entry: id, about: about.id, error: String(error) }, 'refusal_not_heard')
      })
  }

  /** Ever later, and in the end put aside; at once where it would end the same again. */
  async #later(entry: Claimed, error: unknown): Promise<void> {
    const { clock, log, store } = this.#run.parts
    const { attempts } = entry
    const failures = entry.failures + 1
    const why = error instanceof Error ? error.message : String(error)
    const dead = error instanceof Refused || failures >= LIMITS.outboxAttempts || isDeadly(entry)
    const line = { effect: entry.type, entry: entry.id, about: entry.about?.id, attempts, error: why }
    if (dead) log.error(line, 'outbox_dead')
    else log.warn(line, 'outbox_again')
    const waitMs = Math.min(LIMITS.outboxBackoffMaxMs, LIMITS.outboxBackoffMs * 2 ** (failures - 1))
    await store.again(entry, clock.now() + waitMs, why, dead).catch((failed: unknown) => {
      log.warn({ entry: entry.id, error: String(failed) }, 'outbox_left_to_lease')
    })
  }

  async #carryOut(entry: Claimed): Promise<void> {
    // Each try was counted before it was made, and not one came back to say that it failed.
    if (isDeadly(entry)) throw new Error('every worker that tried died of it')
    const handler = this.#run.parts.handlers[entry.type]
    if (!handler) throw new Error(`nobody carries out ${entry.type}`)
    if (handler.kind === 'write') return this.#write(entry, handler.run)
    const answer = handler.kind === 'decide' ? undefined : await handler.run(entry.params, entry)
    await this.#run.again(async (draft) => {
      const { clock } = this.#run.parts
      const event = handler.kind === 'decide' ? await handler.run(entry.params, entry, draft) : answer
      if (event && entry.about) await draft.apply(entry.about, event, entry.id, clock.now())
      await this.#run.settle(draft, clock.now() + LIMITS.hopBudgetMs)
      return (await this.#run.commit(draft.work({ finished: [entry] }))) === 'stale' &&
        (await this.#isStillOurs(entry))
        ? 'stale'
        : 'done'
    })
  }

  async #write(entry: Claimed, run: WriteHandler<Tx>['run']): Promise<void> {
    const { store, clock } = this.#run.parts
    await this.#run.again(
      async () => {
        const outcome = await store
          .transact(async (tx) => {
            const draft = this.#run.draft(tx)
            const event = await run(entry.params, entry, tx, draft)
            if (event && entry.about) await draft.apply(entry.about, event, entry.id, clock.now())
            await this.#run.settle(draft, null)
            const work = draft.work({ finished: [entry] })
            if ((await tx.commit(work)) === 'stale') throw new Stale()
            return work
          })
          .catch((error: unknown) => {
            if (error instanceof Stale) return 'stale' as const
            throw error
          })
        if (outcome === 'stale') return (await this.#isStillOurs(entry)) ? 'stale' : 'done'
        this.#run.announce(outcome)
        return 'done'
      },
      entry.about ? [entry.about.id] : [],
    )
  }

  /** A stale commit may mean that our lease ended and another finished it: then there is nothing left to do. */
  async #isStillOurs(entry: Claimed): Promise<boolean> {
    return this.#run.parts.store.holds(entry)
  }
}

/** Too many workers have died with it in hand. The attempt that is being made is not one of them yet. */
const isDeadly = ({ attempts, failures }: Claimed): boolean => attempts - 1 - failures >= LIMITS.outboxDeaths

/** Rolls the transaction back so that the turn can begin anew. */
class Stale extends Error {}
