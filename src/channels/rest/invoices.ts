import { z } from 'zod'
import { Problem } from '../../core/base/problem.ts'
import { type Invoice, isInvoiceId } from '../../core/people/invoices.ts'
import type { Person } from '../../core/people/token.ts'
import type { RestParts } from './parts.ts'
import { type Route, route } from './route.ts'
import { actingFor, languageOf } from './talk.ts'

const params = z.object({ id: z.string().meta({ example: 'iv_0192f0c1a2b37c4d8e5f60718293a4b5' }) })
const PAGE = { shown: 20, most: 100 } as const
const query = z.strictObject({
  limit: z.coerce.number().int().min(1).max(PAGE.most).default(PAGE.shown),
  cursor: z.string().refine(isInvoiceId, 'This is not a cursor.').optional(),
})

const nothing = () => new Problem('not_found', 'There is no such invoice.')

/** Invoices of what was bought on credit: read, and paid. */
export function invoiceRoutes(parts: RestParts): readonly Route[] {
  const { invoices, billing } = parts
  const act = actingFor(parts)

  async function own({ phone }: Person, id: string): Promise<Invoice> {
    const invoice = isInvoiceId(id) ? await invoices.find(id) : null
    if (invoice?.owner !== phone) throw nothing()
    return invoice
  }
  const shown = async (person: Person, invoice: Invoice) => ({
    data: billing.describe(invoice, await languageOf(parts, person)),
  })

  return [
    route({
      method: 'get',
      path: '/v1/invoices',
      name: 'listInvoices',
      summary: 'Own invoices, newest first. `meta.next` is the cursor of the next page, null on the last.',
      who: 'person',
      takes: z.object({ query }),
      status: 200,
      gives: z.array(billing.shape),
      problems: [],
      async handle({ input, person }) {
        const { limit, cursor: before = null } = input.query
        const found = await invoices.of(person.phone, before, limit + 1)
        const page = found.slice(0, limit)
        const language = await languageOf(parts, person)
        const next = found.length > limit ? (page.at(-1)?.id ?? null) : null
        return { data: page.map((invoice) => billing.describe(invoice, language)), meta: { next } }
      },
    }),
    route({
      method: 'get',
      path: '/v1/invoices/:id',
      name: 'getInvoice',
      summary: 'One invoice. Administrators see it too.',
      who: 'person',
      takes: z.object({ params }),
      status: 200,
      gives: billing.shape,
      problems: ['not_found'],
      async handle({ input: { params: of }, person }) {
        const invoice = isInvoiceId(of.id) ? await invoices.find(of.id) : null
        const isShown =
          invoice?.owner === person.phone || (await parts.access.ranksOf(person.phone)).has('admin')
        if (!invoice || !isShown) throw nothing()
        return shown(person, invoice)
      },
    }),
    route({
      method: 'post',
      path: '/v1/invoices/:id/pay',
      name: 'payInvoice',
      summary: 'Pays what is open: the request comes to the phone, and the invoice is `paying` meanwhile.',
      who: 'person',
      rate: { of: 'book', per: 'person' },
      keyed: true,
      takes: z.object({ params }),
      status: 200,
      gives: billing.shape,
      problems: ['not_found', 'not_applicable', 'conflict', 'unavailable'],
      async handle({ input: { params: of }, person, message }) {
        const { code } = await own(person, of.id)
        await act(person, message, async (turn) => {
          const about = { flow: 'invoice', id: of.id } as const
          const before = await turn.draft.get(about)
          await turn.act({ name: 'pay', code }, 0)
          const after = await turn.draft.get(about)
          if (after?.state === before?.state)
            throw new Problem('not_applicable', 'It cannot be paid as it stands.')
        })
        return shown(person, await own(person, of.id))
      },
    }),
  ]
}
