import { z } from 'zod'
import { TAX_CLASSES, type TaxClass, type Taxes, type Treatment } from '../../core/pay/fiscal.ts'
import { type Db, prepared } from './connect.ts'

const rateRow = z.object({ class: z.enum(TAX_CLASSES), rate_bp: z.int() })
const serviceRow = z.object({
  service: z.string(),
  class: z.enum(TAX_CLASSES),
  name: z.string(),
  item_code: z.string(),
  item_class: z.string(),
})

const RATES =
  'select distinct on (class) class, rate_bp from tax_rates where valid_from <= $1 order by class, valid_from desc'
const SERVICES = `
select distinct on (service) service, class, name, item_code, item_class
from tax_services where valid_from <= $1 order by service, valid_from desc`

/** The tax tables: of every class and service the newest row that is valid already. */
export function createTaxes(db: Db): Taxes {
  return {
    async inForce(at) {
      const [rates, services] = await Promise.all([
        prepared(db, 'tax_rates', RATES, [at], (row) => rateRow.parse(row)),
        prepared(db, 'tax_services', SERVICES, [at], (row) => serviceRow.parse(row)),
      ])
      const rateOf = (taxClass: TaxClass): number => {
        const found = rates.find((row) => row.class === taxClass)
        if (!found) throw new Error(`tax class ${taxClass} has no rate at ${new Date(at).toISOString()}`)
        return found.rate_bp
      }
      return {
        ratesBp: { A: rateOf('A'), B: rateOf('B'), C: rateOf('C'), D: rateOf('D') },
        services: new Map(
          services.map((row): [string, Treatment] => [
            row.service,
            { name: row.name, itemCode: row.item_code, itemClass: row.item_class, taxClass: row.class },
          ]),
        ),
      }
    },
  }
}
