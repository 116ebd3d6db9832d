import type { Held, SeatWish } from '../../src/core/sell/seats.ts'
import type { Told as InTurn } from './in-turn.ts'

export type Act =
  | { readonly what: 'hold'; readonly wish: SeatWish }
  | { readonly what: 'move'; readonly wish: SeatWish }
  | { readonly what: 'keep' | 'free'; readonly journey: string }
export type Answer = Held | readonly number[] | null

export type Told = InTurn<Act, Answer>

type Claim = { readonly wish: SeatWish; readonly seats: readonly number[]; readonly sold: boolean }

/** Buses in memory, one act after the other, where no hold ever ends: what the database must amount to. */
export class SeatModel {
  readonly claims = new Map<string, Claim>()
  readonly #seats: number

  /** @param seats of every bus */
  constructor(seats: number) {
    this.#seats = seats
  }

  do(act: Act): Answer {
    if (act.what === 'hold') return this.#hold(act.wish)
    if (act.what === 'move') return this.#move(act.wish)
    const claim = this.claims.get(act.journey)
    if (act.what === 'free') {
      this.claims.delete(act.journey)
      return null
    }
    if (claim) this.claims.set(act.journey, { ...claim, sold: true })
    return claim?.seats ?? []
  }

  /** Seats that are free all the way, those with most of the rest of it sold first. */
  free({ departure, span }: SeatWish): number[] {
    const sold = Array.from({ length: this.#seats }, () => 0)
    for (const { wish, seats } of this.claims.values()) {
      if (wish.departure !== departure) continue
      for (const seat of seats) sold[seat - 1] = (sold[seat - 1] ?? 0) + cost(wish.span, span)
    }
    return [...sold.keys()]
      .filter((n) => sold[n] !== Number.POSITIVE_INFINITY)
      .sort((a, b) => (sold[b] ?? 0) - (sold[a] ?? 0) || a - b)
      .map((n) => n + 1)
  }

  #move(wish: SeatWish): Held {
    const mine = this.claims.get(wish.journey)
    if (mine?.wish.departure === wish.departure) return { kind: 'held', seats: mine.seats }
    const seats = this.free(wish).slice(0, wish.count)
    if (seats.length < wish.count) return { kind: 'full' }
    this.claims.set(wish.journey, { wish, seats: seats.sort((a, b) => a - b), sold: true })
    return { kind: 'held', seats }
  }

  #hold(wish: SeatWish): Held {
    const mine = this.claims.get(wish.journey)
    if (mine) return { kind: 'held', seats: mine.seats }
    const held = [...this.claims.values()].filter((one) => !one.sold && one.wish.person === wish.person)
    if (held.length >= 2) return { kind: 'hoarding' }
    const seats = this.free(wish).slice(0, wish.count)
    if (seats.length < wish.count) return { kind: 'full' }
    this.claims.set(wish.journey, { wish, seats: seats.sort((a, b) => a - b), sold: false })
    return { kind: 'held', seats }
  }
}

const cost = (one: SeatWish['span'], other: SeatWish['span']): number =>
  one.from < other.to && other.from < one.to ? Number.POSITIVE_INFINITY : one.to - one.from
