import { LIMITS } from '../../../core/base/limits.ts'
import type { Msisdn } from '../../../core/base/phone.ts'
import type { Basket } from '../../../core/sell/basket.ts'
import type { Product } from '../../../core/sell/catalogue.ts'
import { fold } from '../../../core/talk/reading.ts'
import { SHELF } from '../goods.ts'
import { AGAIN } from '../order.ts'
import type { LineWorld } from './world.ts'

/** What a person means by a name of their own, or by "again"; null when it was another word. */
export async function ownBasket(world: LineWorld, owner: Msisdn, text: string): Promise<Basket | null> {
  if (AGAIN.test(text)) return world.catalogue.last(owner)
  const name = fold(text.replace(SHELF, ''))
  return (await world.baskets.of(owner)).find((one) => one.name === name)?.basket ?? null
}

/** What a person buys most of that seller, and the names of their baskets. */
export async function ownChoices(
  { catalogue, baskets }: LineWorld,
  owner: Msisdn,
  partner: string,
): Promise<{ readonly usual: readonly Product[]; readonly saved: readonly string[] }> {
  const [usual, saved] = await Promise.all([
    catalogue.usual(owner, partner, LIMITS.usualProducts),
    baskets.of(owner),
  ])
  return { usual, saved: saved.map(({ name }) => name) }
}
