import assert from 'node:assert/strict'
import fc from 'fast-check'
import { NOT_FOUND, sameSecret } from '../../src/core/base/hook.ts'
import { jsonOf } from '../../src/core/base/http.ts'
import { Problem, type ProblemCode } from '../../src/core/base/problem.ts'

describe('secrets', () => {
  const WANTED = 'a-secret-of-the-house'
  for (const given of [
    undefined,
    '',
    'a',
    WANTED.slice(0, -1),
    `${WANTED}!`,
    WANTED.toUpperCase(),
    ` ${WANTED}`,
  ])
    it(`${JSON.stringify(given)} is not it`, () => assert.equal(sameSecret(given, WANTED), false))

  it('are equal when they are the same text, and only then', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (given, wanted) =>
        assert.equal(sameSecret(given, wanted), given === wanted),
      ),
    )
  })

  it('are not mixed up, however many there are', () => {
    const secrets = Array.from({ length: 40 }, (_, n) => `secret-${n}`)
    for (const round of [1, 2])
      for (const given of secrets)
        assert.deepEqual(
          secrets.filter((wanted) => sameSecret(given, wanted)),
          [given],
          `round ${round}`,
        )
  })

  it('left out look like a path that is not there', () =>
    assert.deepEqual(NOT_FOUND, { status: 404, type: 'text/plain', body: 'Not Found' }))
})

describe('problems', () => {
  const STATUS: Readonly<Record<ProblemCode, number>> = {
    bad_request: 400,
    unauthorised: 401,
    forbidden: 403,
    not_found: 404,
    conflict: 409,
    too_large: 413,
    not_applicable: 409,
    key_reused: 422,
    unprocessable: 422,
    too_many: 429,
    unavailable: 503,
  }
  for (const code of Object.keys(STATUS) as ProblemCode[])
    it(`${code} is ${STATUS[code]}`, () => {
      const problem = new Problem(code, 'Why.', { field: 'to' })
      assert.ok(problem instanceof Error)
      assert.deepEqual(
        [problem.code, problem.status, problem.message, problem.detail],
        [code, STATUS[code], 'Why.', { field: 'to' }],
      )
      assert.deepEqual(new Problem(code, 'Why.').detail, {})
    })
})

describe('bodies', () => {
  const cases: readonly [string, unknown][] = [
    ['{"a":[1]}', { a: [1] }],
    ['null', null],
    ['0', 0],
    ['', undefined],
    ['<html>', undefined],
    ['{"a":', undefined],
  ]
  for (const [body, value] of cases)
    it(`${JSON.stringify(body)} holds ${JSON.stringify(value) ?? 'no JSON'}`, () =>
      assert.deepEqual(jsonOf(body), value))
})
