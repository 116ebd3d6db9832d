import type { Clock } from '../../../core/base/clock.ts'
import type { Demand } from '../../../core/move/drivers.ts'
import type { Places } from '../../../core/move/places.ts'
import type { Till } from '../../../core/pay/fiscal.ts'
import type { Habits } from '../../../core/people/habits.ts'
import type { Catalogue } from '../../../core/sell/catalogue.ts'
import type { Tariffs } from '../../../core/sell/fare.ts'
import type { SavedBaskets } from '../../../core/sell/saved-baskets.ts'
import type { Departures } from '../../../core/sell/seats.ts'

/** What the forms and prices of the lines are made from. */
export type LineWorld = {
  readonly clock: Clock
  readonly places: Places
  readonly habits: Habits
  readonly tariffs: Tariffs
  readonly demand: Demand
  readonly departures: Departures
  readonly catalogue: Catalogue
  readonly baskets: SavedBaskets
  /** Null where no tax device signs what is sold. */
  readonly till?: Till | null
}
