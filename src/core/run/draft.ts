import { z } from 'zod'
import type { Instant } from '../base/clock.ts'
import type { Ids } from '../base/id.ts'
import { isCurrency } from '../base/money.ts'
import type { Msisdn } from '../base/phone.ts'
import { isAccount } from '../pay/accounts.ts'
import type { Flow, FlowName, Happening, InstanceRef, Stamped, Step } from './flow.ts'
import type { Instance, JournalEntry, Lane, OutboxEntry, Posting, Work } from './work.ts'

export type Flows = Readonly<Record<FlowName, Flow>>

const accountName = z.string().refine((text): boolean => isAccount(text), 'the chart has no such account')

/**
 * The effect every machine may use to move money: it becomes a posting in the same transaction, not an errand. With
 * `hold` the money is only set aside, for so long at most; `resolve` says what becomes of that hold, which is the
 * machine's own where `source` names no other instance. A machine knows when its holds end and asks no more of them.
 */
export const postParams = z
  .object({
    kind: z.string(),
    debit: accountName,
    credit: accountName,
    amountMinor: z.int().positive(),
    currency: z.string().refine(isCurrency),
    external: z.string().min(1).exactOptional(),
    hold: z.object({ forMs: z.int().positive() }).optional(),
    resolve: z
      .object({ how: z.enum(['post', 'void']), kind: z.string(), source: z.string().optional() })
      .optional(),
  })
  .refine(({ hold, resolve }) => !(hold && resolve), 'a posting holds or resolves, not both')

type Seat = { next: Instance; readonly was: number }

/** One turn in the making: events are applied in memory, and what came of them is written at once. */
export class Draft {
  readonly journal: JournalEntry[] = []
  readonly postings: Posting[] = []
  outbox: OutboxEntry[] = []
  readonly #seats = new Map<string, Seat>()
  readonly #flows: Flows
  readonly #ids: Ids
  readonly #laneOf: (type: string, params: unknown) => Lane
  readonly #read: (ref: InstanceRef) => Promise<Instance | null>

  constructor(parts: {
    readonly flows: Flows
    readonly ids: Ids
    readonly laneOf: (type: string, params: unknown) => Lane
    readonly read: (ref: InstanceRef) => Promise<Instance | null>
  }) {
    this.#flows = parts.flows
    this.#ids = parts.ids
    this.#laneOf = parts.laneOf
    this.#read = parts.read
  }

  /** Takes in an instance that was already read. */
  know(instance: Instance): void {
    if (!this.#seats.has(instance.id)) this.#seats.set(instance.id, { next: instance, was: instance.seq })
  }

  /** Ids of all that this turn looked at. */
  seen(): readonly string[] {
    return [...this.#seats.keys()]
  }

  /** The instance as this turn leaves it; null when there is none. */
  async get(ref: InstanceRef): Promise<Instance | null> {
    const seat = this.#seats.get(ref.id)
    if (seat) return seat.next
    const found = await this.#read(ref)
    if (found) this.know(found)
    return found
  }

  /** Begins an instance. Its input is its first journal entry, so that the journal alone can rebuild it. */
  open(
    ref: InstanceRef,
    about: {
      readonly owner: Msisdn
      readonly code: string | null
      /** What it is begun for; itself when not given. */
      readonly root?: string
      readonly input: Readonly<Record<string, unknown>>
    },
    cause: string,
    at: Instant,
  ): Instance {
    const flow = this.#flows[ref.flow]
    const fresh: Instance = {
      ...ref,
      version: flow.version,
      seq: 0,
      root: about.root ?? ref.id,
      owner: about.owner,
      code: about.code,
      state: '',
      context: {},
      done: false,
      deadlineAt: null,
    }
    const seat = { next: fresh, was: 0 }
    this.#seats.set(ref.id, seat)
    this.#take(seat, flow.open(about.input), { type: 'OPEN', at, input: about.input }, cause)
    return seat.next
  }

  /** Applies an event. False when the instance is gone or the event means nothing to it (journalled all the same). */
  async apply(ref: InstanceRef, event: Happening, cause: string, at: Instant): Promise<boolean> {
    await this.get(ref)
    const seat = this.#seats.get(ref.id)
    if (!seat) return false
    const stamped = { ...event, at }
    const step = this.#flows[ref.flow].step(seat.next, stamped)
    this.#take(seat, step, stamped, cause)
    return !step.ignored
  }

  /** What must be written, for `Store.commit`. */
  work(rest: Partial<Pick<Work, 'conversation' | 'answer' | 'finished'>> = {}): Work {
    return {
      conversation: null,
      answer: null,
      finished: [],
      ...rest,
      instances: [...this.#seats.values()],
      journal: this.journal,
      outbox: this.outbox,
      postings: this.postings,
    }
  }

  /** Puts something to be done outside into the outbox. */
  errand(type: string, params: unknown, about: InstanceRef | null, at: Instant): OutboxEntry {
    const root = about ? (this.#seats.get(about.id)?.next.root ?? about.id) : ''
    const entry = {
      id: this.#ids.next('ob'),
      about,
      root,
      type,
      params,
      lane: this.#laneOf(type, params),
      dueAt: at,
    }
    this.outbox.push(entry)
    return entry
  }

  #take(seat: Seat, step: Step, event: Stamped, cause: string): void {
    const { flow, id } = seat.next
    const deadlineAt = this.#deadline(seat.next, step, event)
    seat.next = {
      ...seat.next,
      ...step.snapshot,
      version: this.#flows[flow].version,
      seq: seat.next.seq + 1,
      deadlineAt,
    }
    this.journal.push({ flow, id, seq: seat.next.seq, cause, event, at: event.at })
    for (const { type, params } of step.effects) {
      if (type === 'post') this.#post(params, seat.next, event.at)
      else this.errand(type, params, { flow, id }, event.at)
    }
  }

  #deadline({ flow, deadlineAt }: Instance, { snapshot, ignored }: Step, event: Stamped): Instant | null {
    // A deadline that means nothing to its state must not come again and again.
    if (ignored) return event.type === 'DEADLINE' ? null : deadlineAt
    const waitMs = snapshot.done ? null : this.#flows[flow].deadlineMs(snapshot, event.at)
    return waitMs === null ? null : coarse(event.at, waitMs)
  }

  #post(params: unknown, about: Instance, at: Instant): void {
    const { amountMinor, currency, hold, resolve, ...named } = postParams.parse(params)
    this.postings.push({
      ...named,
      source: about.id,
      money: { amountMinor, currency },
      at,
      ...(hold && { hold: { until: at + hold.forMs } }),
      ...(resolve && { resolve: { ...resolve, source: resolve.source ?? about.id } }),
    })
  }
}

const MAX_LATE_MS = 60_000

/**
 * A deadline a little late rather than ever so often another one: it is indexed, and while it stays the same a turn's
 * update touches no index. At most a sixteenth of the wait is added, and never more than a minute.
 */
function coarse(at: Instant, waitMs: number): Instant {
  const grainMs = Math.max(1, Math.min(MAX_LATE_MS, Math.floor(waitMs / 16)))
  return Math.ceil((at + waitMs) / grainMs) * grainMs
}
