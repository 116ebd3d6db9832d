import { z } from 'zod'
import { Problem, type ProblemCode } from '../../core/base/problem.ts'
import { KEY_HEADER } from './once.ts'
import { PROBLEM_TYPE } from './problem.ts'
import type { Route } from './route.ts'

type Json = Readonly<Record<string, unknown>>

const schemaOf = (schema: z.ZodType, io: 'input' | 'output'): Json => {
  const { $schema: _, ...json } = z.toJSONSchema(schema, { io })
  return json
}

const PROBLEM = z.looseObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.string(),
  detail: z.string().optional(),
  requestId: z.string(),
})

/** The API as OpenAPI 3.1, made of the very routes that are mounted. */
export function openApiOf(routes: readonly Route[]): Json {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const route of routes) {
    const path = route.path.replace(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [route.method]: operationOf(route) }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Inzira',
      version: '1',
      description:
        'Journeys booked from any phone. Moments are epoch milliseconds, amounts integer minor units.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    paths,
    components: {
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
      schemas: { Problem: schemaOf(PROBLEM, 'output') },
    },
  }
}

function operationOf(route: Route): Json {
  const { body } = route.takes.shape
  return {
    operationId: route.name,
    summary: route.summary,
    security: route.who === 'anyone' ? [] : [{ bearer: [] }],
    parameters: [
      ...parametersIn('path', route),
      ...parametersIn('query', route),
      ...(route.keyed ? [KEY_PARAMETER] : []),
    ],
    ...(body instanceof z.ZodType
      ? {
          requestBody: {
            required: true,
            content: { 'application/json': { schema: schemaOf(body, 'input') } },
          },
        }
      : {}),
    responses: { [route.status]: answerOf(route), ...refusalsOf(route) },
  }
}

const KEY_PARAMETER = {
  name: KEY_HEADER,
  in: 'header',
  required: false,
  description: 'The same key with the same request has its effect once and gets the same answer.',
  schema: { type: 'string', pattern: '^[\\w.:-]{1,64}$' },
}

function parametersIn(where: 'path' | 'query', route: Route): Json[] {
  const group = route.takes.shape[where === 'path' ? 'params' : 'query']
  if (!(group instanceof z.ZodObject)) return []
  return Object.entries(group.shape).map(([name, schema]) => ({
    name,
    in: where,
    required: where === 'path',
    schema: schema instanceof z.ZodType ? schemaOf(schema, 'input') : {},
  }))
}

const answerOf = ({ gives, file }: Route): Json => ({
  description: 'Done.',
  content: file
    ? { [file]: {} }
    : {
        'application/json': {
          schema: schemaOf(
            z.object({ data: gives, meta: z.looseObject({ requestId: z.string() }) }),
            'output',
          ),
        },
      },
})

/** What every route may refuse; only those behind a log-in ask for one. */
function refusalsOf({ problems, who }: Route): Json {
  const codes: ProblemCode[] = [...problems, 'bad_request', 'too_large', 'too_many']
  if (who !== 'anyone') codes.push('unauthorised')
  const named = new Map<number, string[]>()
  for (const code of new Set<ProblemCode>(codes)) {
    const { status } = new Problem(code, '')
    named.set(status, [...(named.get(status) ?? []), code])
  }
  return Object.fromEntries(
    [...named].map(([status, same]) => [
      status,
      {
        description: same.join(', '),
        content: { [PROBLEM_TYPE]: { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    ]),
  )
}
