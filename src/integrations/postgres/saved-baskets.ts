import { z } from 'zod'
import { readBasket, tellBasket } from '../../core/sell/basket.ts'
import { MOST_SAVED, type SavedBasket, type SavedBaskets } from '../../core/sell/saved-baskets.ts'
import { type Db, prepared } from './connect.ts'

const OF = 'select name, basket from saved_baskets where person = $1 order by name'
const SAVE = `
insert into saved_baskets (person, name, basket) select $1, $2, $3
where (select count(*) from saved_baskets where person = $1 and name <> $2) < ${MOST_SAVED}
on conflict (person, name) do update set basket = excluded.basket returning name`

const savedRow = z
  .object({ name: z.string(), basket: z.string() })
  .transform(({ name, basket }): SavedBasket => ({ name, basket: readBasket(basket) ?? [] }))

/** Baskets by name, each person's own. */
export const createSavedBaskets = (db: Db): SavedBaskets => ({
  of: (person) => prepared(db, 'saved_baskets', OF, [person], (row) => savedRow.parse(row)),
  async save(person, { name, basket }) {
    const values = [person, name, tellBasket(basket)]
    return (await prepared(db, 'save_basket', SAVE, values, (row) => row)).length > 0
  },
})
