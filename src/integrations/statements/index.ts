import type { StatementFormat } from '../../core/pay/statement.ts'
import { airtelStatement } from './airtel.ts'
import { mpesaStatement } from './mpesa.ts'
import { mtnStatement } from './mtn.ts'
import { satimStatement } from './satim.ts'
import { stripeStatement } from './stripe.ts'

const FORMATS = [mtnStatement, airtelStatement, mpesaStatement, stripeStatement, satimStatement]

/** Every provider whose statements can be read, by name. */
export const STATEMENTS: Readonly<Record<string, StatementFormat>> = Object.fromEntries(
  FORMATS.map((format) => [format.provider, format]),
)
