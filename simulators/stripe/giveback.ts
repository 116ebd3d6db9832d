import { json, type Route } from '../http.ts'
import { type Desk, keyed, make, show } from './desk.ts'
import { type createRefunds, view } from './refunds.ts'
import { missing, readRefund } from './request.ts'

const PAGE = 10

/** Refunds. Source: docs.stripe.com/api/refunds. */
export const giveback = (desk: Desk, refunds: ReturnType<typeof createRefunds>): Route[] => [
  keyed('POST', 'refunds', (call) =>
    make(desk, 'refund', call, readRefund(call), refunds.wrong, (ask) => json(200, view(refunds.give(ask)))),
  ),
  keyed('GET', 'refunds', ({ query }) => {
    const all = refunds.of(query.get('payment_intent') ?? '')
    const limit = Number(query.get('limit') ?? PAGE)
    const page = { object: 'list', url: '/v1/refunds', has_more: all.length > limit }
    const shown = () => json(200, { ...page, data: all.slice(0, limit).map(view) })
    return show(desk, 'refundStatus', all[0]?.reference ?? '*', shown)
  }),
  keyed('GET', 'refunds/:id', ({ params }) => {
    const refund = refunds.find(params.id ?? '')
    if (!refund) return missing('refund', params.id ?? '')
    return show(desk, 'refundStatus', refund.reference, () => json(200, view(refund)))
  }),
]
