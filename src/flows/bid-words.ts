import { isCode } from '../core/base/code.ts'
import type { Intent } from '../core/talk/script.ts'

const BID =
  /^(\d{3,12})\s(\D{0,4}\d[\d ,.']*)(?:\s(?:until|kugeza|jusqu'?\s?[aà]|hadi|حت[ىي])\s(.+)|\s(\d{1,2}:\d\d)\sتک)?$/i

/** `7730 450000`, or `7730 PKR 450,000 until 18:00`. */
export function bidIn(tail: string): Intent {
  const [, code = '', amount = '', day, hour] = BID.exec(tail.trim()) ?? []
  return isCode(code)
    ? { name: 'bid', code, amount: amount.trim(), until: day ?? hour ?? null }
    : { name: 'tell', key: 'bidHow' }
}

const COUNTER = /^(\d{3,12})\s(\d{1,2})\s(\D{0,4}\d[\d ,.']*)$/

/** `7730 1 400000`: the first of the offers, and a price of the shipper's own. */
export function counterIn(tail: string): Intent {
  const [, code = '', nth = '', amount = ''] = COUNTER.exec(tail.trim()) ?? []
  return isCode(code)
    ? { name: 'counter', code, nth: Number(nth), amount: amount.trim() }
    : { name: 'tell', key: 'counterHow' }
}
