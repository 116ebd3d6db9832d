/** `npm run bill`, or with what a text costs where you are, `npm run bill -- RW=10 NG=4`: hops and texts of each journey. */
import { billed, bills } from './bill.ts'
import { allTalks } from './talks.ts'

const COUNTRIES = ['RW', 'NG'] as const

const prices = Object.fromEntries(
  COUNTRIES.flatMap((country) => {
    const said = process.argv.find((one) => one.startsWith(`${country}=`))
    const price = Number(said?.slice(country.length + 1))
    return said !== undefined && price >= 0 ? [[country, price]] : []
  }),
)
process.stdout.write(`${billed(bills(allTalks()), prices)}\n`)
