import { z } from 'zod'
import { Problem } from '../../core/base/problem.ts'
import { STAGES } from '../../core/move/places.ts'
import type { RestParts } from './parts.ts'
import { type Route, route } from './route.ts'
import { words } from './text.ts'

const PLACES = { shown: 5, most: 20 } as const

const degrees = (most: number) => z.number().min(-most).max(most)

/** Somewhere on Earth, degrees, WGS 84. */
export const positionBody = z.strictObject({ lat: degrees(90), lng: degrees(180) })

const place = z.object({
  id: z.string(),
  name: z.string(),
  area: z.string(),
  stage: z.int().nullable(),
  lat: z.number(),
  lng: z.number(),
})

/** Places, and drivers on them. */
export const streetRoutes = ({
  places,
  moved,
  clock,
}: Pick<RestParts, 'places' | 'moved' | 'clock'>): readonly Route[] => [
  route({
    method: 'get',
    path: '/v1/places',
    name: 'findPlaces',
    summary: 'Places by name, landmark or stage number, best first; the most asked-for without `q`.',
    who: 'person',
    rate: { of: 'search', per: 'person' },
    takes: z.object({
      query: z.strictObject({
        q: words.optional(),
        limit: z.coerce.number().int().min(1).max(PLACES.most).default(PLACES.shown),
      }),
    }),
    status: 200,
    gives: z.array(place),
    problems: [],
    async handle({ input: { query } }) {
      if (query.q === undefined) return { data: [...(await places.popular(query.limit, STAGES))] }
      const found = await places.find(query.q, query.limit, STAGES)
      return { data: [...found.places], meta: { sure: found.sure } }
    },
  }),
  route({
    method: 'post',
    path: '/v1/drivers/me/position',
    name: 'moveDriver',
    summary: 'Where the driver is now.',
    who: 'person',
    rate: { of: 'position', per: 'person' },
    takes: z.object({ body: positionBody }),
    status: 202,
    gives: z.object({ at: z.number() }),
    problems: ['forbidden'],
    async handle({ input: { body }, person }) {
      const at = clock.now()
      if (!(await moved(person.phone, { ...body, at })))
        throw new Problem('forbidden', 'This is for drivers.')
      return { data: { at } }
    },
  }),
]
