import { z } from 'zod'
import { Problem } from '../../core/base/problem.ts'
import { isPaymentId } from '../../core/people/payments.ts'
import type { RestParts } from './parts.ts'
import { type Route, route } from './route.ts'
import { languageOf } from './talk.ts'

const params = z.object({ id: z.string().meta({ example: 'py_0192f0c1a2b37c4d8e5f60718293a4b5' }) })

/** Payments of the one who asks, read. What moves them is said to their bookings. */
export const paymentRoutes = (
  parts: Pick<RestParts, 'payments' | 'till' | 'access' | 'store' | 'script'>,
): readonly Route[] => [
  route({
    method: 'get',
    path: '/v1/payments/:id',
    name: 'getPayment',
    summary: "One payment, as every channel tells of it: a booking's `paymentId`. Administrators see it too.",
    who: 'person',
    takes: z.object({ params }),
    status: 200,
    gives: parts.till.shape,
    problems: ['not_found'],
    async handle({ input: { params }, person }) {
      const payment = isPaymentId(params.id) ? await parts.payments.find(params.id) : null
      const isShown =
        payment?.owner === person.phone || (await parts.access.ranksOf(person.phone)).has('admin')
      if (!payment || !isShown) throw new Problem('not_found', 'There is no such payment.')
      return { data: parts.till.describe(payment, await languageOf(parts, person)) }
    },
  }),
]
