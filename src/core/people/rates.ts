import { Problem } from '../base/problem.ts'

/** Takes one of `points` that `key` has under `name` every `perSeconds`; false when none is left. */
export type Take = (name: string, key: string, points: number, perSeconds: number) => Promise<boolean>

/** How often something may be done. */
export type Rate = { readonly name: string; readonly points: number; readonly perSeconds: number }

const HOUR_S = 3_600

/** What programs may ask of us, and how often. The first three count by address, the others by person. */
export const RATES = {
  all: { name: 'rest', points: 100, perSeconds: 60 },
  auth: { name: 'auth', points: 10, perSeconds: 60 },
  otp: { name: 'otp', points: 10, perSeconds: HOUR_S },
  book: { name: 'book', points: 5, perSeconds: 60 },
  bid: { name: 'bid', points: 20, perSeconds: 60 },
  search: { name: 'search', points: 30, perSeconds: 60 },
  office: { name: 'office', points: 60, perSeconds: 60 },
  position: { name: 'position', points: 1, perSeconds: 1 },
} as const satisfies Readonly<Record<string, Rate>>

export type Rates = Readonly<Record<keyof typeof RATES, Rate>>

/** Takes one, or refuses. @throws Problem too_many with `retryAfterS`, seconds after which there is surely one again */
export async function spend(take: Take, { name, points, perSeconds }: Rate, key: string): Promise<void> {
  if (await take(name, key, points, perSeconds)) return
  throw new Problem('too_many', 'That is too often. Try again later.', { retryAfterS: perSeconds })
}
