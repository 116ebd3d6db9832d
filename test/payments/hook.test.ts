import assert from 'node:assert/strict'
import type { HookRequest } from '../../src/core/base/hook.ts'
import { silent } from '../../src/core/base/log.ts'
import { mtnMomo } from '../../src/integrations/payments/mtn/index.ts'

const REFERENCE = '6f0f8b1e-8b0c-4a53-9d3e-3f6f1b0f8f11'
const SECRET = 'a-long-secret'

const nowhere = {
  baseUrl: 'http://127.0.0.1',
  targetEnvironment: 'mtnrwanda',
  currency: 'RWF',
  numbers: [],
  apiUser: '',
  apiKey: '',
  collectionKey: '',
  disbursementKey: '',
  callbackUrl: () => null,
  http: () => assert.fail('a hint asks nobody'),
  clock: { now: () => 0 },
  log: silent,
  timeoutMs: 1,
} as const

function door(onHint?: (reference: string) => Promise<void>) {
  const hints: string[] = []
  const hear = async (reference: string) => {
    hints.push(reference)
    await onHint?.(reference)
  }
  const momo = mtnMomo({ ...nowhere, secret: SECRET })
  const [hook] = momo.hooks(hear)
  assert.ok(hook)
  const call = (params: Record<string, string>, method = 'PUT', body = '{}') => {
    const request: HookRequest = { method, params, query: {}, headers: {}, body: Buffer.from(body) }
    return hook.answer(request)
  }
  return { hook, hints, call }
}

describe('mtn callbacks', () => {
  it('come to the documented path, by POST and PUT', () => {
    const { hook } = door()
    assert.equal(hook.path, '/hooks/payments/mtn/:secret/:reference')
    assert.deepEqual([...hook.methods].sort(), ['POST', 'PUT'])
  })

  const bodies = ['', '{}', 'not json', '{"status":"SUCCESSFUL","amount":"1"}', 'x'.repeat(1_000_000)]
  for (const body of bodies)
    it(`are a hint whatever they say: ${body.slice(0, 40)}`, async () => {
      const { hints, call } = door()
      for (const method of ['POST', 'PUT']) {
        const answer = await call({ secret: SECRET, reference: REFERENCE.toUpperCase() }, method, body)
        assert.deepEqual([answer.status, answer.body], [200, ''])
      }
      assert.deepEqual(hints, [REFERENCE, REFERENCE])
    })

  const strangers: Record<string, Record<string, string>> = {
    'a wrong secret': { secret: 'wrong', reference: REFERENCE },
    'no secret': { reference: REFERENCE },
    'no reference': { secret: SECRET },
    'a reference that is no UUID': { secret: SECRET, reference: '1 OR 1=1' },
    'a UUID of another version': { secret: SECRET, reference: '6f0f8b1e-8b0c-7a53-9d3e-3f6f1b0f8f11' },
    'a reference and more': { secret: SECRET, reference: `${REFERENCE}0` },
  }
  for (const [name, params] of Object.entries(strangers))
    it(`with ${name} find no door`, async () => {
      const { hints, call } = door()
      assert.equal((await call(params)).status, 404)
      assert.deepEqual(hints, [])
    })

  it('are answered 200 when the hint is lost', async () => {
    const { call } = door(() => Promise.reject(new Error('no database')))
    assert.equal((await call({ secret: SECRET, reference: REFERENCE })).status, 200)
  })

  it('are answered within two seconds when the hint hangs', async () => {
    const { call } = door(() => new Promise(() => {}))
    const started = performance.now()
    assert.equal((await call({ secret: SECRET, reference: REFERENCE })).status, 200)
    assert.ok(performance.now() - started < 2_000)
  })
})
