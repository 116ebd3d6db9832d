import { z } from 'zod'
import type { Instant } from '../../../core/base/clock.ts'
import { Problem } from '../../../core/base/problem.ts'
import { isUsable, lacking, PAPER_KINDS, VEHICLE_KINDS, type Vehicle } from '../../../core/move/vehicles.ts'
import type { Route } from '../route.ts'
import { words } from '../text.ts'
import {
  inOffice,
  limit,
  MEMBERS,
  madeBy,
  name,
  type OfficeParts,
  OWNERS,
  paged,
  READERS,
  there,
  within,
} from './office.ts'

const MOST_PAPERS = 50
const short = words.max(40)
const MAX_CAPACITY_KG = 100_000

const paper = z.object({
  id: z.string(),
  kind: z.enum(PAPER_KINDS),
  number: z.string(),
  expiresAt: z.number(),
  state: z.enum(['submitted', 'verified', 'rejected']),
})
const shape = z.object({
  id: z.string(),
  plate: z.string(),
  kind: z.enum(VEHICLE_KINDS),
  seats: z.int().nullable(),
  capacityKg: z.int().nullable(),
  status: z.enum(['active', 'retired']),
  papers: z.array(paper),
  usable: z.boolean().meta({ description: 'It may go now: what the law wants is verified and in force.' }),
  lacks: z.array(z.enum(PAPER_KINDS)),
})

const shown = (vehicle: Vehicle, at: Instant): z.infer<typeof shape> => ({
  ...vehicle,
  papers: [...vehicle.papers],
  usable: isUsable(vehicle, at),
  lacks: [...lacking(vehicle, at)],
})

const vehicleBody = z.strictObject({
  plate: words.max(16),
  kind: z.enum(VEHICLE_KINDS),
  seats: z.int().min(1).max(200).optional(),
  capacityKg: z.int().min(1).max(MAX_CAPACITY_KG).optional(),
})

const vehicleParams = within({ id: name })
const changing = { keyed: true, status: 200, gives: shape } as const

/** A partner's vehicles, and whether they may go. */
export function vehicleRoutes(parts: OfficeParts): readonly Route[] {
  const { fleet } = parts.office
  const office = inOffice(parts)
  return [
    office({
      method: 'get',
      path: '/v1/partners/:partner/vehicles',
      name: 'listVehicles',
      summary: 'Own vehicles by number plate, with their papers and whether they may go.',
      may: READERS,
      takes: z.object({
        params: within({}),
        query: z.strictObject({ limit, cursor: short.optional() }),
      }),
      status: 200,
      gives: z.array(shape),
      problems: [],
      async handle({ input: { query }, hand }) {
        const found = await fleet.of(hand.partner, query.cursor ?? null, query.limit + 1)
        const { data, meta } = paged(found, query.limit, ({ plate }) => plate)
        return { data: data.map((vehicle) => shown(vehicle, hand.at)), meta }
      },
    }),
    office({
      ...changing,
      method: 'post',
      path: '/v1/partners/:partner/vehicles',
      name: 'addVehicle',
      summary: 'A vehicle for people, goods or both. It may go once its papers are verified.',
      may: MEMBERS,
      takes: z.object({ params: within({}), body: vehicleBody }),
      status: 201,
      problems: ['unprocessable', 'key_reused', 'conflict'],
      async handle(asked) {
        const { seats = null, capacityKg = null, ...body } = asked.input.body
        if (seats === null && capacityKg === null)
          throw new Problem('unprocessable', 'A vehicle has seats, or a capacity in kilograms.')
        const id = await madeBy(parts, asked, 'vh')
        const added = await fleet.add(asked.hand, { id, ...body, seats, capacityKg })
        if (!added) throw new Problem('unprocessable', 'There is a vehicle of that plate already.')
        return { data: shown(added, asked.hand.at) }
      },
    }),
    office({
      ...changing,
      method: 'post',
      path: '/v1/partners/:partner/vehicles/:id/retire',
      name: 'retireVehicle',
      summary: 'Nothing is put on sale with it any more.',
      may: OWNERS,
      takes: z.object({ params: vehicleParams }),
      problems: ['key_reused', 'conflict'],
      handle: async ({ input, hand }) => ({
        data: shown(there(await fleet.retire(hand, input.params.id)), hand.at),
      }),
    }),
  ]
}

/** What the law wants in a vehicle: handed in by its partner, verified by an administrator. */
export function paperRoutes(parts: OfficeParts): readonly Route[] {
  const { fleet } = parts.office
  const office = inOffice(parts)
  return [
    office({
      ...changing,
      method: 'post',
      path: '/v1/partners/:partner/vehicles/:id/papers',
      name: 'submitPaper',
      summary: 'Hands in a paper; it counts once it is verified.',
      may: MEMBERS,
      takes: z.object({
        params: vehicleParams,
        body: z.strictObject({ kind: z.enum(PAPER_KINDS), number: short, expiresAt: z.int() }),
      }),
      status: 201,
      problems: ['unprocessable', 'key_reused', 'conflict'],
      async handle(asked) {
        const { input, hand } = asked
        if (input.body.expiresAt <= hand.at) throw new Problem('unprocessable', 'It has expired.')
        const added = { ...input.body, id: await madeBy(parts, asked, 'vp') }
        return { data: shown(there(await fleet.submit(hand, input.params.id, added, MOST_PAPERS)), hand.at) }
      },
    }),
    office({
      ...changing,
      method: 'post',
      path: '/v1/partners/:partner/vehicles/:id/papers/:paper/review',
      name: 'reviewPaper',
      summary: "An administrator's word on a paper.",
      may: ['admin'],
      takes: z.object({
        params: within({ id: name, paper: name }),
        body: z.strictObject({ state: z.enum(['verified', 'rejected']) }),
      }),
      problems: ['key_reused', 'conflict'],
      async handle({ input: { params, body }, hand }) {
        return { data: shown(there(await fleet.review(hand, params.id, params.paper, body.state)), hand.at) }
      },
    }),
  ]
}
