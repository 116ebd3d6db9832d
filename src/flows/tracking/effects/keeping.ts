import type { Instant } from '../../../core/base/clock.ts'
import type { Money } from '../../../core/base/money.ts'
import type { Draft } from '../../../core/run/draft.ts'
import { type Errand, type Handlers, write } from '../../../core/run/handler.ts'
import type { Ledgered } from '../../../core/run/store.ts'
import type { Carrier, Lacking } from '../../effects.ts'
import type { Kept } from '../../lines/line.ts'
import type { Wish } from '../../lines/wish.ts'
import type { WordKey } from '../../words/index.ts'
import { type TrackingContext, trackingContext, trackingEffects } from '../model.ts'
import { mayMove } from '../seated.ts'

/** Who carries it out with what was kept, or why nothing could be. */
export type Holding =
  | { readonly kind: 'held'; readonly driver: Carrier }
  | { readonly kind: 'queued' }
  | { readonly kind: 'refused'; readonly why: WordKey; readonly lacking?: Lacking }

/** What it goes by from now on, or why it stays with what it has. */
export type Moving =
  | {
      readonly kind: 'moved'
      readonly driver: Carrier
      readonly wish: Wish
      readonly commissionMinor: number
    }
  | { readonly kind: 'refused'; readonly why: WordKey }

/** What they have in place of what does not leave. */
export type Reseating = { readonly driver: Carrier; readonly wish: Wish }

/** Another that is wanted, for no more than this. */
export type Another = { readonly to: string; readonly price: Money }

/** A journey with what it wishes for. */
export type Wishing<K extends Kept> = TrackingContext & { readonly wish: Extract<Wish, { readonly kind: K }> }

/** How one kind of thing is kept, sold and freed, inside the transaction that records it. */
export interface Keeper<K extends Kept, Tx extends Ledgered> {
  /** For as long as a payment may take. Asked again, the same is still held. */
  hold(journey: Wishing<K>, tx: Tx): Promise<Holding>
  /** What was held is sold, or what is as good; null when it is gone. */
  keep(journey: Wishing<K>, tx: Tx): Promise<Carrier | null>
  /** What was sold and what is wanted instead change places, or everything stays; where it goes by a timetable. */
  move?(journey: Wishing<K>, another: Another, tx: Tx): Promise<Moving>
  /** As much as was sold on the next that leaves, at no cost; null when nothing has so much. */
  reseat?(journey: Wishing<K>, tx: Tx): Promise<Reseating | null>
  /** The same at the hour it leaves now; null when that is what they know. */
  retime?(journey: Wishing<K>, tx: Tx): Promise<Carrier | null>
  free(journey: TrackingContext, tx: Tx): Promise<void>
  /** Whose turn it is to have what this journey had, or could not take; null where nobody waits. */
  next?(journey: TrackingContext, tx: Tx): Promise<string | null>
  /** What was sold is carried away, where that is more than sitting down. */
  leave?(journey: TrackingContext, tx: Tx): Promise<void>
  /** Nobody carried it away: it can be sold again. */
  putBack?(journey: TrackingContext, tx: Tx): Promise<void>
}

/** A keeper for whatever is wished for. */
type AnyKeeper<Tx extends Ledgered> = {
  hold(journey: TrackingContext, tx: Tx): Promise<Holding> | null
  keep(journey: TrackingContext, tx: Tx): Promise<Carrier | null>
  move(journey: TrackingContext, another: Another, tx: Tx): Promise<Moving> | null
  reseat(journey: TrackingContext, tx: Tx): Promise<Reseating | null>
  retime(journey: TrackingContext, tx: Tx): Promise<Carrier | null>
  free(journey: TrackingContext, tx: Tx): Promise<void>
  next(journey: TrackingContext, tx: Tx): Promise<string | null>
  leave(journey: TrackingContext, tx: Tx): Promise<void>
  putBack(journey: TrackingContext, tx: Tx): Promise<void>
}

/** Ties a keeper to the kind of wish it understands. */
export const keeps = <K extends Kept, Tx extends Ledgered>(kind: K, keeper: Keeper<K, Tx>): AnyKeeper<Tx> => {
  const isMine = (journey: TrackingContext): journey is Wishing<K> => journey.wish?.kind === kind
  return {
    hold: (journey, tx) => (isMine(journey) ? keeper.hold(journey, tx) : null),
    keep: async (journey, tx) => (isMine(journey) ? keeper.keep(journey, tx) : null),
    move: (journey, another, tx) => (isMine(journey) ? (keeper.move?.(journey, another, tx) ?? null) : null),
    reseat: async (journey, tx) => (isMine(journey) ? ((await keeper.reseat?.(journey, tx)) ?? null) : null),
    retime: async (journey, tx) => (isMine(journey) ? ((await keeper.retime?.(journey, tx)) ?? null) : null),
    free: (journey, tx) => keeper.free(journey, tx),
    next: async (journey, tx) => (await keeper.next?.(journey, tx)) ?? null,
    leave: async (journey, tx) => keeper.leave?.(journey, tx),
    putBack: async (journey, tx) => keeper.putBack?.(journey, tx),
  }
}

/** What a journey does to things that are kept for it, whatever they are. */
export function keepingHandlers<Tx extends Ledgered>(
  keepers: Readonly<Record<Kept, AnyKeeper<Tx>>>,
  now: () => Instant,
): Handlers<Tx> {
  const keeperOf = ({ wish }: TrackingContext) => wish && keepers[wish.kind]
  /** Something may have come free: the first in line asks for it. */
  const wake = async (journey: TrackingContext, { about }: Errand, tx: Tx, draft: Draft) => {
    const id = await keeperOf(journey)?.next(journey, tx)
    const to = { flow: 'tracking', id } as const
    if (id) draft.errand('tell', { to, event: { type: 'WAKE' } }, about, now())
  }
  /** Whatever state the journey is in, and nobody asks what came of it. */
  const simply = (deed: 'free' | 'leave' | 'putBack') =>
    write('booking', trackingEffects[deed], async (_, errand, tx: Tx, draft) => {
      const journey = await journeyOf(draft, errand)
      if (!journey) return undefined
      await keeperOf(journey.context)?.[deed](journey.context, tx)
      await wake(journey.context, errand, tx, draft)
      return undefined
    })
  return {
    hold: write('booking', trackingEffects.hold, async (_, errand, tx: Tx, draft) => {
      const journey = await journeyOf(draft, errand)
      if (journey?.state !== 'seeking' && journey?.state !== 'queued') return undefined
      const held = await keeperOf(journey.context)?.hold(journey.context, tx)
      // Whoever had their turn leaves it to the next.
      if (journey.state === 'queued' && held?.kind !== 'queued')
        await wake(journey.context, errand, tx, draft)
      if (held?.kind === 'held') return { type: 'OFFERED', driver: held.driver }
      if (held?.kind === 'queued') return { type: 'QUEUED' }
      if (!held) return { type: 'NOBODY' }
      const { why, lacking } = held
      return { type: 'NOBODY', why, ...(lacking && { lacking }) }
    }),
    keep: write('booking', trackingEffects.keep, async (_, errand, tx: Tx, draft) => {
      const journey = await journeyOf(draft, errand)
      if (journey?.state !== 'assigned') return undefined
      const driver = await keeperOf(journey.context)?.keep(journey.context, tx)
      return driver ? { type: 'KEPT', driver } : { type: 'NOBODY' }
    }),
    move: write('booking', trackingEffects.move, async (another, errand, tx: Tx, draft) => {
      const journey = await journeyOf(draft, errand)
      // Who has cancelled meanwhile, or is aboard, moves nowhere.
      if (journey?.state !== 'assigned' || !mayMove(journey)) return undefined
      const moved = await keeperOf(journey.context)?.move(journey.context, another, tx)
      if (!moved) return undefined
      if (moved.kind === 'moved') await wake(journey.context, errand, tx, draft)
      const { kind, ...told } = moved
      return { type: kind === 'moved' ? 'MOVED' : 'UNMOVED', ...told }
    }),
    reseat: write('booking', trackingEffects.reseat, async ({ departure }, errand, tx: Tx, draft) => {
      const journey = await journeyOf(draft, errand)
      if (journey?.state !== 'assigned' || !mayMove(journey)) return undefined
      const { wish } = journey.context
      // Said twice, or moved meanwhile: what they have now does leave.
      if (wish?.kind !== 'seats' || wish.departure !== departure) return undefined
      const reseated = await keeperOf(journey.context)?.reseat(journey.context, tx)
      return reseated ? { type: 'RESEATED', ...reseated } : { type: 'UNSEATED' }
    }),
    retime: write('booking', trackingEffects.retime, async (_, errand, tx: Tx, draft) => {
      const journey = await journeyOf(draft, errand)
      if (journey?.state !== 'assigned') return undefined
      const driver = await keeperOf(journey.context)?.retime(journey.context, tx)
      return driver ? { type: 'RETIMED', driver } : undefined
    }),
    free: simply('free'),
    leave: simply('leave'),
    putBack: simply('putBack'),
  }
}

/** The journey that an errand is about, as its turn leaves it. */
export async function journeyOf(
  draft: Draft,
  { about }: Errand,
): Promise<{ readonly state: string; readonly context: TrackingContext } | null> {
  const journey = about && (await draft.get(about))
  return journey ? { state: journey.state, context: trackingContext.parse(journey.context) } : null
}
