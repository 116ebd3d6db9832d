import assert from 'node:assert/strict'
import { z } from 'zod'
import { routesOf } from '../../src/channels/rest/index.ts'
import { LINES } from '../../src/flows/lines/index.ts'
import { type Call, caller, owing, paying } from './rest-client.ts'
import { type Stage, stage } from './rest-stage.ts'

const operation = z.object({
  operationId: z.string(),
  security: z.array(z.record(z.string(), z.array(z.string()))),
  parameters: z.array(z.object({ name: z.string(), in: z.string(), required: z.boolean() })),
  requestBody: z
    .object({ content: z.object({ 'application/json': z.object({ schema: z.unknown() }) }) })
    .optional(),
  responses: z.record(
    z.string(),
    z.object({ description: z.string(), content: z.record(z.string(), z.unknown()) }),
  ),
})
const document = z.object({
  openapi: z.literal('3.1.0'),
  paths: z.record(z.string(), z.partialRecord(z.enum(['get', 'post']), operation)),
})

/** The paths that other programs rely on. */
const CONTRACT = [
  'post /v1/auth/otp',
  'post /v1/auth/verify',
  'post /v1/auth/refresh',
  'post /v1/bookings',
  'get /v1/bookings',
  'get /v1/bookings/{id}',
  'get /v1/bookings/{id}/ticket',
  'post /v1/bookings/{id}/answer',
  'post /v1/bookings/{id}/counter',
  'post /v1/bookings/{id}/cancel',
  'post /v1/bookings/{id}/rate',
  'get /v1/payments/{id}',
  'get /v1/invoices',
  'get /v1/invoices/{id}',
  'post /v1/invoices/{id}/pay',
  'get /v1/loads',
  'post /v1/loads/{code}/bids',
  'post /v1/loads/{code}/bids/withdraw',
  'get /v1/places',
  'get /v1/languages',
  'post /v1/drivers/me/position',
  'get /v1/partners',
  'get /v1/partners/{partner}/routes',
  'post /v1/partners/{partner}/routes/{id}/prices',
  'get /v1/partners/{partner}/departures',
  'post /v1/partners/{partner}/departures',
  'post /v1/partners/{partner}/departures/{id}/call-off',
  'get /v1/partners/{partner}/departures/{id}/bookings',
  'get /v1/partners/{partner}/vehicles',
  'post /v1/partners/{partner}/vehicles',
  'post /v1/partners/{partner}/vehicles/{id}/retire',
  'post /v1/partners/{partner}/vehicles/{id}/papers',
  'post /v1/partners/{partner}/vehicles/{id}/papers/{paper}/review',
  'get /v1/partners/{partner}/earnings',
  'get /v1/partners/{partner}/statements/{week}',
  'get /v1/partners/{partner}/statements/{week}/page',
  'get /v1/partners/{partner}/members',
  'post /v1/partners/{partner}/members',
  'post /v1/partners/{partner}/members/{id}/dismiss',
  'post /v1/partners/{partner}/members/{id}/pay',
  'get /v1/partners/{partner}/changes',
]

describe('REST: the description', function () {
  this.timeout(60_000)
  let house: Stage
  before(async () => {
    house = await stage()
  })
  after(() => house.stop())

  it('is there for everybody, and names what is mounted', async () => {
    const response = await fetch(`${house.url}/v1/openapi.json`)
    assert.equal(response.headers.get('content-type'), 'application/json; charset=utf-8')
    const { paths } = z
      .looseObject({ paths: z.record(z.string(), z.record(z.string(), z.unknown())) })
      .parse(await response.json())
    const described = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method} ${path}`),
    )
    assert.deepEqual(described.sort(), [...CONTRACT].sort())
  })

  it('says of each route what the route does', async () => {
    const { paths } = await described()
    for (const route of routesOf(house.parts)) {
      const told = paths[route.path.replace(/:(\w+)/g, '{$1}')]?.[route.method]
      assert.ok(told, route.name)
      assert.equal(told.operationId, route.name)
      assert.equal(told.security.length, route.who === 'anyone' ? 0 : 1)
      assert.equal(
        told.parameters.some(({ name }) => name === 'Idempotency-Key'),
        route.keyed === true,
      )
      assert.equal(
        told.parameters.some((one) => one.in === 'path'),
        route.path.includes(':'),
      )
      assert.equal(told.requestBody !== undefined, route.takes.shape.body !== undefined)
      assert.ok(told.responses[route.status] && told.responses['400'] && told.responses['429'])
    }
  })

  it('describes bodies strictly', async () => {
    const { paths } = await described()
    const body = (line: string, fields: readonly string[]) => ({
      type: 'object',
      properties: {
        line: { type: 'string', const: line },
        given: {
          type: 'object',
          properties: Object.fromEntries(
            fields.map((field) => [field, { type: 'string', maxLength: 160, minLength: 1 }]),
          ),
          additionalProperties: false,
        },
        for: {
          type: 'string',
          maxLength: 24,
          description: 'Whom an agent books for; they are asked to confirm on their own phone.',
        },
      },
      required: ['line'],
      additionalProperties: false,
    })
    assert.deepEqual(paths['/v1/bookings']?.post?.requestBody?.content['application/json'].schema, {
      oneOf: LINES.map(({ id, fields, asides = [] }) =>
        body(
          id,
          [...fields, ...asides].map((field) => field.id),
        ),
      ),
    })
  })

  it('has a schema that real answers fit', async () => {
    const by = await caller(house)
    const { id } = await by.done('/v1/bookings', { line: 'ride', given: { from: 'Remera', to: 'Kacyiru' } })
    const invoice = await owing(house, by)
    const asked: Readonly<Record<string, Call & { readonly path: string }>> = {
      createBooking: { path: '/v1/bookings', body: { line: 'ride' } },
      listBookings: { path: '/v1/bookings' },
      getBooking: { path: `/v1/bookings/${id}` },
      answerBooking: { path: `/v1/bookings/${id}/answer`, body: { value: 'back' } },
      cancelBooking: { path: `/v1/bookings/${id}/cancel`, body: {} },
      getPayment: { path: `/v1/payments/${await paying(house, by, String(id))}` },
      listInvoices: { path: '/v1/invoices' },
      getInvoice: { path: `/v1/invoices/${invoice}` },
      payInvoice: { path: `/v1/invoices/${invoice}/pay`, body: {} },
      findPlaces: { path: '/v1/places?q=Remera' },
    }
    for (const route of routesOf(house.parts)) {
      const how = asked[route.name]
      if (!how) continue
      const { status, body } = await by.call(how.path, how)
      assert.equal(status, route.status, route.name)
      assert.deepEqual(strict(route.gives).parse(body.data), body.data, route.name)
    }
  })

  const described = async () => document.parse(await (await fetch(`${house.url}/v1/openapi.json`)).json())
  /** Nothing may be answered that is not described. */
  const strict = (schema: z.ZodType): z.ZodType =>
    schema instanceof z.ZodObject
      ? schema.strict()
      : schema instanceof z.ZodArray && schema.element instanceof z.ZodObject
        ? z.array(schema.element.strict())
        : schema
})
