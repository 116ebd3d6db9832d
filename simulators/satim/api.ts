import { type Answer, type Call, header, json, type Reply, type Route, route } from '../http.ts'
import type { Ledger } from '../ledger.ts'
import { ruin } from '../ruin.ts'
import type { Scenario } from '../scenario.ts'
import type { Mischief, World } from '../simulator.ts'
import type { Order, Orders, Returned } from './orders.ts'
import { type Ask, fault, isShop, isSum, limited, readAsk } from './request.ts'

const PAYS = '6280581110007215'
const HAS_TOO_LITTLE = '6280580610061110'
const STATUS = { registered: 0, deposited: 2, reversed: 3, refunded: 4, declined: 6 } as const

/** `register.do`, `acknowledgeTransaction.do` and `refund.do`, all by GET. */
export function api(
  world: World,
  ledger: Ledger<Order | Returned>,
  orders: Orders,
  mischief: Mischief,
): Route[] {
  const { faults, guard } = mischief
  const refundIds = new Set<string>()
  const at = (on: string, subject: string, effect: (scenario: Scenario | undefined) => Reply) =>
    guard(on, subject, () => {
      const scenario = faults.plan(on, subject)
      return ruin(scenario?.outcome, () => effect(scenario), limited)
    })

  function register(call: Call, ask: Ask, { outcome, delayMs = 0 }: Partial<Scenario> = {}): Answer {
    if (orders.numbered(ask.reference)) return fault('1', 'Order with this number is already processed.')
    const order = orders.register(ask)
    const pan = outcome === 'insufficient' ? HAS_TOO_LITTLE : PAYS
    if (outcome && ['approve', 'short', 'insufficient'].includes(outcome)) {
      const pay = () => void (order.status === 'registered' && orders.pay(order, pan, outcome === 'short'))
      world.clock.after(delayMs, pay)
    }
    const formUrl = `http://${header(call, 'host')}/satim/pay/${order.id}`
    return json(200, { errorCode: '0', orderId: order.id, formUrl })
  }

  function refund(call: Call, order: Order): Answer {
    const amount = Number(call.query.get('amount') ?? order.deposited)
    const id = call.query.get('externalRefundId') ?? ''
    if (id && refundIds.has(id))
      return fault('5', 'Refund with this externalRefundId already exists for merchant.')
    if (order.status !== 'deposited') return fault('7', 'Payment must be in a correct state.')
    if (!isSum(amount) || amount > order.deposited) return fault('5', 'Invalid amount.')
    refundIds.add(id)
    const deposited = order.deposited - amount
    ledger.change(order, { deposited, status: deposited === 0 ? 'refunded' : 'deposited' })
    ledger.add({
      ...{ kind: 'refund', reference: order.reference, of: order.id },
      ...{ refundId: id, amount, at: world.clock.now() },
    })
    return json(200, { errorCode: '0', errorMessage: 'Success' })
  }

  return [
    route('GET', '/satim/register.do', (call) => {
      const ask = readAsk(call)
      if ('status' in ask) return at('register', '*', () => ask)
      return at('register', ask.reference, (scenario) => register(call, ask, scenario))
    }),
    route('GET', '/satim/public/acknowledgeTransaction.do', (call) => {
      const order = orders.find(call.query.get('mdOrder') ?? '')
      if (!isShop(call)) return json(200, { ErrorCode: '5', ErrorMessage: 'Access is denied.' })
      if (!order) return json(200, { ErrorCode: '6', ErrorMessage: 'Unregistered order Id.' })
      return at('acknowledge', order.reference, () => {
        orders.acknowledge(order)
        return json(200, view(order))
      })
    }),
    route('GET', '/satim/refund.do', (call) => {
      const order = orders.find(call.query.get('orderId') ?? '')
      if (!isShop(call)) return fault('5', 'Access is denied.')
      if (!order) return fault('6', 'Unregistered OrderId.')
      return at('refund', order.reference, () => refund(call, order))
    }),
  ]
}

/** An order as `acknowledgeTransaction.do` shows it. */
const view = ({ reference, status, amount, deposited, respCode, pan }: Order) => ({
  ErrorCode: '0',
  ErrorMessage: 'Success',
  OrderStatus: STATUS[status],
  OrderNumber: reference,
  Amount: amount,
  currency: '012',
  depositAmount: deposited,
  ...(pan && { Pan: pan }),
  ...(respCode === '00' && { approvalCode: '913180' }),
  actionCode: Number(respCode ?? -100),
  actionCodeDescription: respCode === '00' ? 'Your payment was accepted' : '',
  params: { ...(respCode && { respCode }), udf1: reference },
  ...(respCode && { SvfeResponse: respCode }),
})
