import { z } from 'zod'
import { Problem } from '../../../core/base/problem.ts'
import type { RestParts } from '../parts.ts'
import { type Route, route } from '../route.ts'
import { phoneNumber } from '../text.ts'
import { inOffice, limit, madeBy, name, type OfficeParts, OWNERS, paged, there, within } from './office.ts'

/** An office with more is run otherwise. */
const MOST = { members: 50, offices: 20 } as const

const member = z.object({
  id: z.string(),
  phone: z.string(),
  role: z.enum(['owner', 'clerk']),
  paid: z.boolean().meta({ description: "The partner's earnings are sent to this phone." }),
  joinedAt: z.number(),
})
const changing = { may: OWNERS, keyed: true } as const
const params = within({ id: name })

/** Offices that one may enter. */
export const officeList = ({ office }: Pick<RestParts, 'office'>): Route =>
  route({
    method: 'get',
    path: '/v1/partners',
    name: 'listOffices',
    summary: 'Partners that one acts for, and as what.',
    who: 'person',
    takes: z.object({}),
    status: 200,
    gives: z.array(
      z.object({ partner: z.string(), name: z.string(), kind: z.string(), role: z.enum(['owner', 'clerk']) }),
    ),
    problems: [],
    async handle({ person }) {
      const badges = await office.partners.of(person.phone, MOST.offices)
      return {
        data: badges.flatMap(({ by: _, role, ...badge }) => (role === 'admin' ? [] : [{ ...badge, role }])),
      }
    },
  })

/** Who acts for a partner, and what they changed. */
export function memberRoutes(parts: OfficeParts): readonly Route[] {
  const { partners } = parts.office
  const office = inOffice(parts)
  return [
    office({
      method: 'get',
      path: '/v1/partners/:partner/members',
      name: 'listMembers',
      summary: 'Who acts for the partner.',
      may: ['owner', 'admin'],
      takes: z.object({ params: within({}) }),
      status: 200,
      gives: z.array(member),
      problems: [],
      handle: async ({ hand }) => ({ data: [...(await partners.members(hand.partner, MOST.members))] }),
    }),
    office({
      ...changing,
      method: 'post',
      path: '/v1/partners/:partner/members',
      name: 'admitMember',
      summary:
        'Lets a phone number act for the partner, or in another role; administrators let the first one in.',
      may: ['owner', 'admin'],
      takes: z.object({
        params: within({}),
        body: z.strictObject({ phone: phoneNumber, role: z.enum(['owner', 'clerk']) }),
      }),
      status: 201,
      gives: member,
      problems: ['unprocessable', 'key_reused', 'conflict'],
      async handle(asked) {
        const { input, hand } = asked
        const admitted = { ...input.body, id: await madeBy(parts, asked, 'pm') }
        const found = await partners.admit(hand, admitted, MOST.members)
        if (found) return { data: found }
        throw new Problem('unprocessable', `There is at least one owner, and at most ${MOST.members} people.`)
      },
    }),
    office({
      ...changing,
      method: 'post',
      path: '/v1/partners/:partner/members/:id/dismiss',
      name: 'dismissMember',
      summary: 'They act for the partner no more. The last owner stays.',
      takes: z.object({ params }),
      status: 200,
      gives: z.object({ id: z.string() }),
      problems: ['key_reused', 'conflict'],
      async handle({ input, hand }) {
        const { id } = input.params
        there((await partners.dismiss(hand, id)) ? id : null)
        return { data: { id } }
      },
    }),
    office({
      ...changing,
      method: 'post',
      path: '/v1/partners/:partner/members/:id/pay',
      name: 'payMember',
      summary: "What the partner earns is sent to this owner's phone from now on.",
      takes: z.object({ params }),
      status: 200,
      gives: member,
      problems: ['key_reused', 'conflict'],
      handle: async ({ input, hand }) => ({ data: there(await partners.pay(hand, input.params.id)) }),
    }),
    office({
      method: 'get',
      path: '/v1/partners/:partner/changes',
      name: 'listChanges',
      summary: 'Who changed what, newest first, as it was before and after.',
      may: ['owner', 'admin'],
      takes: z.object({
        params: within({}),
        query: z.strictObject({ limit, cursor: z.coerce.number().int().positive().optional() }),
      }),
      status: 200,
      gives: z.array(
        z.object({
          ...{ n: z.int(), at: z.number(), by: z.string(), what: z.string(), about: z.string() },
          ...{ before: z.unknown(), after: z.unknown() },
        }),
      ),
      problems: [],
      async handle({ input: { query }, hand }) {
        const found = await partners.changes(hand.partner, query.cursor ?? null, query.limit + 1)
        return paged(found, query.limit, ({ n }) => n)
      },
    }),
  ]
}
