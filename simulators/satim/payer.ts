import { cardPage, goTo, sumOf } from '../cardpage.ts'
import { form, json, jsonBody, type Route, route } from '../http.ts'
import { Refusal, read, string } from '../read.ts'
import { CARD_LIST } from './cards.ts'
import type { Order, Orders } from './orders.ts'

/** The payer's page in a browser, and the same for programs. */
export function payer({ find, pay }: Orders): Route[] {
  const known = (id: string | undefined) => {
    const order = find(id ?? '')
    if (!order) throw new Refusal(404, `no order ${id}`)
    return order
  }
  /** SATIM adds its own number to the shop's address. */
  function tryCard(order: Order, pan: string) {
    const paid = pay(order, pan)
    const back = new URL(paid ? order.returnUrl : order.failUrl)
    back.searchParams.set('orderId', order.id)
    return { paid, returnUrl: back.href }
  }
  return [
    route('GET', '/satim/pay/:id', ({ params }) => {
      const { description, amount } = known(params.id)
      return cardPage('Simulated SATIM', `${description}: ${sumOf('DZD', amount)}`, CARD_LIST)
    }),
    route('POST', '/satim/pay/:id', (call) =>
      goTo(tryCard(known(call.params.id), form(call).get('pan') ?? '').returnUrl),
    ),
    route('POST', '/satim/_card', (call) => {
      const { orderId, pan } = read(jsonBody(call), { orderId: string(), pan: string(30) })
      return json(200, tryCard(known(orderId), pan))
    }),
  ]
}
