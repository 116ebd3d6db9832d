import { z } from 'zod'
import type { Instant } from '../base/clock.ts'
import type { Money } from '../base/money.ts'
import { dynamicRules } from './dynamic-fare.ts'
import { waitingTerms } from './waiting.ts'

/** A regulated tariff as data. Prices are whole minor units; distances are metres. */
export const tariffRules = z.object({
  currency: z.literal('RWF'),
  /** Covers the first `firstMetres`. */
  firstMinor: z.int().nonnegative(),
  firstMetres: z.int().positive(),
  perKmMinor: z.int().nonnegative(),
  /** Beyond this distance a kilometre costs `farPerKmMinor`. */
  farMetres: z.int().positive(),
  farPerKmMinor: z.int().nonnegative(),
  /** The fare is rounded to the nearest multiple of this. */
  roundToMinor: z.int().positive(),
  /** What a weight adds, by its step in kilograms: `{ 15: 500 }`. */
  weightMinor: z.record(z.string(), z.int().nonnegative()).default({}),
  /** What the operator keeps of a fare that a driver earns; hundredths of a percent. */
  commissionBp: z.int().min(0).max(10_000).default(0),
  /** What letting the driver wait costs; nothing where it does not say. */
  waiting: waitingTerms.exactOptional(),
  /** How the operator moves the fare below what is allowed; not at all where it does not say. */
  dynamic: dynamicRules.exactOptional(),
})
export type TariffRules = z.infer<typeof tariffRules>

/** Tariffs by line and date. */
export interface Tariffs {
  /** The rules in force at a moment; null when the line has none. */
  inForce(line: string, at: Instant): Promise<TariffRules | null>
}

export type FareLine = {
  readonly what:
    | 'first'
    | 'distance'
    | 'far'
    | 'weight'
    | 'rounding'
    | 'usual'
    | 'hour'
    | 'cap'
    | 'seats'
    | 'demand'
    | 'early'
    | 'bags'
    | 'cover'
    | 'choice'
  readonly amountMinor: number
}
export type Fare = Money & { readonly lines: readonly FareLine[] }

/** The fare of a way, and of what weighs so much, line by line; the lines sum to the amount. */
export function fareOf(rules: TariffRules, metres: number, kg?: string): Fare {
  const share = (beyond: number, perKmMinor: number) => Math.round((Math.max(0, beyond) * perKmMinor) / 1000)
  const first: FareLine = { what: 'first', amountMinor: rules.firstMinor }
  const distance: FareLine = {
    what: 'distance',
    amountMinor: share(Math.min(metres, rules.farMetres) - rules.firstMetres, rules.perKmMinor),
  }
  const far: FareLine = { what: 'far', amountMinor: share(metres - rules.farMetres, rules.farPerKmMinor) }
  const weight: FareLine = {
    what: 'weight',
    amountMinor: kg === undefined ? 0 : (rules.weightMinor[kg] ?? 0),
  }
  const exact = [first, distance, far, weight].reduce((sum, one) => sum + one.amountMinor, 0)
  const amountMinor = Math.round(exact / rules.roundToMinor) * rules.roundToMinor
  const lines = [
    first,
    distance,
    far,
    weight,
    { what: 'rounding', amountMinor: amountMinor - exact } as const,
  ]
  return { amountMinor, currency: rules.currency, lines: lines.filter((line) => line.amountMinor !== 0) }
}
