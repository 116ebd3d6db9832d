import { createCatalogue } from './catalogue.ts'
import type { Db } from './connect.ts'
import { createDepartures } from './departures.ts'
import { createDemand } from './field.ts'
import { createHabits } from './habits.ts'
import { createPlaces, createTariffs } from './places.ts'
import { createSavedBaskets } from './saved-baskets.ts'

/** What the forms and prices of the lines are made from. */
export const createNouns = (db: Db) => ({
  places: createPlaces(db),
  tariffs: createTariffs(db),
  demand: createDemand(db),
  departures: createDepartures(db),
  habits: createHabits(db),
  catalogue: createCatalogue(db),
  baskets: createSavedBaskets(db),
})
