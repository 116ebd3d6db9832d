import { z } from 'zod'
import type { Msisdn } from '../../core/base/phone.ts'
import type { Rating, TravellerStars } from '../../core/people/stars.ts'
import { type Db, prepared } from './connect.ts'

const RATE = `
insert into traveller_stars as t (person, stars_sum, stars_count) select $1, $2, 1 where is_held($1, $3)
on conflict (person) do update set stars_sum = t.stars_sum + excluded.stars_sum, stars_count = t.stars_count + 1`

export const createTravellerStars = (trx: Db): TravellerStars => ({
  async rate(person, stars, journey) {
    await prepared(trx, 'rate_traveller', RATE, [person, stars, journey], (row) => row)
  },
})

const rating = z.object({ sum: z.int(), count: z.int() })

/** How drivers found somebody; null while none has said so. */
export async function starsOf(db: Db, person: Msisdn): Promise<Rating | null> {
  const text = 'select stars_sum as sum, stars_count as count from traveller_stars where person = $1'
  return (await prepared(db, 'traveller_stars', text, [person], (row) => rating.parse(row)))[0] ?? null
}
