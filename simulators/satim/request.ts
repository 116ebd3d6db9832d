import { type Answer, type Call, json } from '../http.ts'
import { isRecord } from '../read.ts'

const LEAST = 5_000
const STEP = 100
const DZD = '012'

/** Its one shop. */
const USER = 'inzira'
const PASSWORD = 'inzira-password'

/** Error answer of `register.do` and `refund.do`: `{errorCode, errorMessage}`, with 200. */
export const fault = (errorCode: string, errorMessage: string) => json(200, { errorCode, errorMessage })

export const limited: Answer = {
  status: 429,
  headers: { 'content-type': 'text/plain' },
  body: 'Too many requests',
}

export const isShop = ({ query }: Call): boolean =>
  query.get('userName') === USER && query.get('password') === PASSWORD

/** An order to register, checked. */
export interface Ask {
  reference: string
  amount: number
  returnUrl: string
  failUrl: string
  description: string
}

export const isSum = (amount: number): boolean =>
  Number.isInteger(amount) && amount >= LEAST && amount % STEP === 0

/** Reads a query of `register.do`; the provider's error when something is wrong. */
export function readAsk(call: Call): Ask | Answer {
  const field = (name: string) => call.query.get(name) ?? ''
  const lacking = ['orderNumber', 'userName', 'amount', 'returnUrl', 'password'].find((name) => !field(name))
  if (lacking) return fault('4', `${lacking} is not specified.`)
  if (!isShop(call)) return fault('5', 'Access is denied.')
  if (field('currency') !== DZD) return fault('3', 'Unknown currency.')
  if (!/^[A-Za-z0-9]{1,10}$/.test(field('orderNumber'))) return wrong('orderNumber')
  if (!isSum(Number(field('amount')))) return wrong('amount')
  if (!/^(?:AR|FR|EN)$/i.test(field('language'))) return wrong('Language')
  if (!URL.canParse(field('returnUrl')) || field('returnUrl').length > 512) return wrong('returnUrl')
  if (!hasTerminal(field('jsonParams'))) return fault('5', 'Invalid jsonParams[].')
  return {
    reference: field('orderNumber'),
    amount: Number(field('amount')),
    returnUrl: field('returnUrl'),
    failUrl: field('failUrl') || field('returnUrl'),
    description: field('description'),
  }
}

const wrong = (name: string) => fault('5', `Incorrect value in the ${name} parameter.`)

function hasTerminal(text: string): boolean {
  try {
    const params: unknown = JSON.parse(text)
    if (!isRecord(params)) return false
    const { force_terminal_id: terminal, udf1 } = params
    return (
      typeof terminal === 'string' && terminal.length <= 16 && typeof udf1 === 'string' && udf1.length <= 20
    )
  } catch {
    return false
  }
}
