import { cardPage, goTo, sumOf } from '../cardpage.ts'
import { form, json, jsonBody, type Route, route } from '../http.ts'
import { Refusal, read, string } from '../read.ts'
import { CARD_LIST } from './cards.ts'
import type { Payment, Sessions } from './sessions.ts'

/** The payer's page in a browser, and the same for programs. */
export function payer({ find, pay }: Sessions): Route[] {
  const known = (id: string | undefined) => {
    const payment = find(id ?? '')
    if (!payment) throw new Refusal(404, `no session ${id}`)
    return payment
  }
  const page = ({ name, currency, amount }: Payment, said?: string) =>
    cardPage('Simulated Stripe', `${name}: ${sumOf(currency, amount)}`, CARD_LIST, said)
  return [
    route('GET', '/stripe/pay/:id', ({ params }) => page(known(params.id))),
    route('POST', '/stripe/pay/:id', (call) => {
      const payment = known(call.params.id)
      const isPaid = pay(payment, form(call).get('pan') ?? '')
      return isPaid ? goTo(payment.successUrl) : page(payment, 'Your card was declined.')
    }),
    route('POST', '/stripe/_card', (call) => {
      const { orderId, pan } = read(jsonBody(call), { orderId: string(), pan: string(30) })
      const payment = known(orderId)
      return json(200, { paid: pay(payment, pan), returnUrl: payment.successUrl })
    }),
  ]
}
