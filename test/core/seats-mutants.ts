import type { SeatClaims, SeatWish } from '../../src/core/sell/seats.ts'
import type { Db } from '../../src/integrations/postgres/connect.ts'
import { createSeatTx } from '../../src/integrations/postgres/seats.ts'
import { type Claiming, change, chosen, hoard, market, races, rush } from './seats-laws.ts'

type Mutant = {
  readonly does: string
  readonly claims: Claiming
  /** What sees it, and what it says then. */
  readonly law: (db: Db, claims: Claiming) => Promise<void>
  readonly says: RegExp
}

const refit =
  (change: (real: SeatClaims, trx: Db) => Partial<SeatClaims>): Claiming =>
  (trx) => {
    const real = createSeatTx(trx).seats
    return { ...real, ...change(real, trx) }
  }

const oneRush: Mutant['law'] = (db, claims) => rush(db, claims, 1, 200, 20)
const aMarket: Mutant['law'] = (db, claims) => market(db, claims, 40)
const oneChange: Mutant['law'] = (db, claims) => change(db, claims, 1)
const oneChoice: Mutant['law'] = (db, claims) => chosen(db, claims, 100)
const someRaces: Mutant['law'] = (db, claims) => races(db, claims, 100)

/** Looks first and writes then, as it is done where no key stands against it. */
export const checksThenInserts: Claiming = refit((_, trx) => ({
  async hold({ departure, span, count, journey, person }: SeatWish) {
    const busy = await trx('seat_legs')
      .where({ departure })
      .whereBetween('leg', [span.from, span.to - 1])
      .distinct('seat')
      .pluck('seat')
    const { seats: all } = await trx('departures').where({ id: departure }).first()
    const free = Array.from({ length: all }, (_one, n) => n + 1).filter((seat) => !busy.includes(seat))
    const seats = free.slice(0, count)
    if (seats.length < count) return { kind: 'full' }
    const legs = Array.from({ length: span.to - span.from }, (_one, n) => span.from + n)
    await trx('seat_legs').insert(
      seats.flatMap((seat) => legs.map((leg) => ({ departure, leg, seat, journey, person, until_at: null }))),
    )
    return { kind: 'held', seats }
  },
}))

/** What each would do wrong; all but the one above keep the key, which is why only answers betray them. */
export const mutants: readonly Mutant[] = [
  {
    does: 'sells the whole way to whoever rides a part',
    claims: refit((real) => ({ hold: (wish) => real.hold({ ...wish, span: { from: 0, to: 4 } }) })),
    law: oneRush,
    says: /not every seat was sold/,
  },
  {
    does: 'seats whoever chose a seat where there is room',
    claims: refit((real) => ({ hold: ({ among: _, ...wish }) => real.hold(wish) })),
    law: oneChoice,
    says: /which nobody chose/,
  },
  {
    does: 'gives one of what is chosen to all who chose it',
    claims: refit((real) => ({
      async hold(wish) {
        const { kind } = await real.hold(wish)
        return kind === 'gone' ? { kind } : { kind: 'held', seats: (wish.among ?? []).slice(0, wish.count) }
      },
    })),
    law: oneChoice,
    says: /sold twice/,
  },
  {
    does: 'claims only the first part of the way',
    claims: refit((real) => ({
      hold: (wish) => real.hold({ ...wish, span: { from: wish.span.from, to: wish.span.from + 1 } }),
    })),
    law: oneRush,
    says: /sold twice/,
  },
  {
    does: 'keeps what there was of too much',
    claims: refit((real) => ({
      async hold(wish) {
        const held = await real.hold(wish)
        if (held.kind === 'full' && wish.count > 1) await real.hold({ ...wish, count: wish.count - 1 })
        return held
      },
    })),
    law: aMarket,
    says: /not the model's/,
  },
  {
    does: 'gives the same journey more each time',
    claims: refit((real) => ({
      hold: (wish) => real.hold({ ...wish, journey: `${wish.journey}${++again}` }),
    })),
    law: aMarket,
    says: /sold twice|not the model's/,
  },
  {
    does: 'revives what another has',
    claims: refit((real, trx) => ({
      async hold(wish) {
        wished.set(wish.journey, wish)
        return real.hold(wish)
      },
      async keep(journey) {
        const kept = await real.keep(journey)
        const wish = wished.get(journey)
        if (kept.length > 0 || !wish) return kept
        await trx('seat_legs').where({ departure: wish.departure }).update({ journey, until_at: null })
        return [1]
      },
    })),
    law: someRaces,
    says: /not one owner/,
  },
  {
    does: 'never lets a hold end',
    claims: refit((real) => ({ hold: (wish) => real.hold({ ...wish, holdMs: wish.holdMs + 600_000 }) })),
    law: someRaces,
    says: /nobody raced/,
  },
  {
    does: 'sells what is held the moment that it is wanted',
    claims: refit((real, trx) => ({
      async hold(wish) {
        await trx('seat_legs').where({ departure: wish.departure }).whereNotNull('until_at').delete()
        return real.hold(wish)
      },
    })),
    law: oneRush,
    says: /sold twice/,
  },
  {
    does: 'gives up what somebody has before the other is theirs',
    claims: refit((real) => ({
      async move(wish) {
        await real.free(wish.journey)
        return real.move(wish)
      },
    })),
    law: oneChange,
    says: /not each on one bus/,
  },
  {
    does: 'leaves whoever moves with both',
    claims: refit((real) => ({
      async move(wish) {
        const moved = await real.move({ ...wish, journey: `${wish.journey}${++again}` })
        return moved
      },
    })),
    law: oneChange,
    says: /not each on one bus/,
  },
  {
    does: 'only holds the other for whoever has paid',
    claims: refit((real, trx) => ({
      async move(wish) {
        const moved = await real.move(wish)
        await trx('seat_legs').where({ journey: wish.journey }).update({ until_at: 1 })
        return moved
      },
    })),
    law: aMarket,
    says: /not the model's|sold twice/,
  },
  {
    does: 'counts what a person holds before it waits for its turn',
    claims: refit((real, trx) => ({
      async hold(wish) {
        const held = await trx('seat_legs').where({ person: wish.person }).distinct('journey')
        if (held.length >= 2) return { kind: 'hoarding' }
        const stranger = `${wish.person}${++again}`
        return real.hold({ ...wish, person: stranger as SeatWish['person'] })
      },
    })),
    law: hoard,
    says: /not two/,
  },
]

let again = 0
const wished = new Map<string, SeatWish>()
