import { z } from 'zod'
import type { RestParts } from './parts.ts'
import { type Route, route } from './route.ts'

const spoken = z.object({ code: z.string(), name: z.string() })

/** What can be spoken. */
export const languageRoutes = ({ script }: Pick<RestParts, 'script'>): readonly Route[] => [
  route({
    method: 'get',
    path: '/v1/languages',
    name: 'listLanguages',
    summary: 'Every language spoken here, by its own name. Who sends the name by SMS is spoken to in it.',
    who: 'anyone',
    takes: z.object({}),
    status: 200,
    gives: z.array(spoken),
    problems: [],
    handle: async () => ({ data: [...script.languages] }),
  }),
]
