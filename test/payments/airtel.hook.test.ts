import assert from 'node:assert/strict'
import { generateKeyPairSync, privateDecrypt } from 'node:crypto'
import type { HookRequest } from '../../src/core/base/hook.ts'
import type { Log } from '../../src/core/base/log.ts'
import { airtelHooks, isGenuine } from '../../src/integrations/payments/airtel/hook.ts'
import { publicKeyOf, sealed, signatureOf } from '../../src/integrations/payments/airtel/seal.ts'

const REFERENCE = '6f0f8b1e-8b0c-4a53-9d3e-3f6f1b0f8f11'
const SECRET = 'a-long-secret'
const KEY = 'test-private-key'

/** Computed apart from this code. */
const TRANSACTION =
  '{"id":"BBZMiscxy","message":"Paid RWF 5,000 to TEST LTD Charge RWF 140, Trans ID MP210603.1234.L06941.","status_code":"TS","airtel_money_id":"MP210603.1234.L06941"}'
const HASH = 'ffc4BeJjG3FBxk9cO3DFI5IYoEjAS2kjCiA0/h8qPxU='

function door({ hashKey = null, onHint }: { hashKey?: string | null; onHint?: () => Promise<void> } = {}) {
  const hints: unknown[] = []
  const lines: string[] = []
  const note = (_: object, event: string) => void lines.push(event)
  const log: Log = { info: note, warn: note, error: note }
  const hear = async (...hint: unknown[]) => {
    hints.push(hint)
    await onHint?.()
  }
  const [hook] = airtelHooks({ secret: SECRET, hashKey, onHint: hear, log })
  assert.ok(hook)
  const call = (body: string, secret: string | undefined = SECRET) => {
    const params: Record<string, string> = secret === undefined ? {} : { secret }
    const request: HookRequest = { method: 'POST', params, query: {}, headers: {}, body: Buffer.from(body) }
    return hook.answer(request)
  }
  return { hook, hints, lines, call }
}

describe('airtel callbacks', () => {
  const news = (transaction: object, hash?: string) => JSON.stringify({ transaction, ...(hash && { hash }) })

  it('come to one address', () => {
    const { hook } = door()
    assert.equal(hook.path, '/hooks/payments/airtel/:secret')
    assert.deepEqual(hook.methods, ['POST'])
  })

  for (const status_code of ['TS', 'TF', 'TX'])
    it(`are a hint, whatever they say: ${status_code}`, async () => {
      const { hints, call } = door()
      const answer = await call(news({ id: REFERENCE.toUpperCase(), status_code, airtel_money_id: 'MP1' }))
      assert.deepEqual([answer.status, answer.body], [200, ''])
      assert.deepEqual(hints, [[REFERENCE]])
    })

  it('find no door with a wrong secret', async () => {
    const { hints, call } = door()
    assert.equal((await call(news({ id: REFERENCE }), 'wrong')).status, 404)
    assert.equal((await call(news({ id: REFERENCE }), '')).status, 404)
    assert.deepEqual(hints, [])
  })

  const strange: Readonly<Record<string, string>> = {
    nothing: '',
    'no JSON': 'id=1',
    'half of it': `{"transaction":{"id":"${REFERENCE}"`,
    'another shape': '{"transaction":"TS"}',
    'an id that is a number': '{"transaction":{"id":7}}',
    'an id that is not ours': '{"transaction":{"id":"BBZMiscxy"}}',
    'an id and more': `{"transaction":{"id":"${REFERENCE}0"}}`,
    'a megabyte': JSON.stringify({ transaction: { id: REFERENCE, message: 'x'.repeat(1_000_000) } }),
  }
  for (const [name, body] of Object.entries(strange))
    it(`with ${name} are answered, and nobody is asked`, async () => {
      const { hints, lines, call } = door({ hashKey: KEY })
      assert.equal((await call(body)).status, 200)
      assert.deepEqual(hints, [])
      assert.deepEqual(lines, ['airtel callback without a reference'])
    })

  for (const hash of [undefined, HASH])
    it(`with ${hash ? 'a wrong hash' : 'no hash'} where one is expected are told to the log, and asked after`, async () => {
      const { hints, lines, call } = door({ hashKey: KEY })
      assert.equal((await call(news({ id: REFERENCE, status_code: 'TS' }, hash))).status, 200)
      assert.deepEqual(hints, [[REFERENCE]])
      assert.deepEqual(lines, ['airtel callback with a wrong hash'])
    })

  it('are answered 200 when the hint is lost', async () => {
    const { call } = door({ onHint: () => Promise.reject(new Error('no database')) })
    assert.equal((await call(news({ id: REFERENCE }))).status, 200)
  })

  it('are answered soon when the hint hangs', async () => {
    const { call } = door({ onHint: () => new Promise(() => {}) })
    const started = performance.now()
    assert.equal((await call(news({ id: REFERENCE }))).status, 200)
    assert.ok(performance.now() - started < 2_000)
  })
})

describe('airtel hash', () => {
  const body = (transaction: string, hash = HASH) => `{"transaction":${transaction},"hash":"${hash}"}`
  const spaced = JSON.stringify(JSON.parse(TRANSACTION), null, 1)
  const table: readonly (readonly [name: string, raw: string, key: string, wanted: boolean])[] = [
    ['the golden vector', body(TRANSACTION), KEY, true],
    ['the same, hash first', `{"hash":"${HASH}","transaction":${TRANSACTION}}`, KEY, true],
    ['the same, written with spaces', `{ "transaction" : ${spaced} , "hash":"${HASH}"}`, KEY, true],
    ['another key', body(TRANSACTION), 'other', false],
    ['another amount', body(TRANSACTION.replace('5,000', '9,000')), KEY, false],
    ['another hash', body(TRANSACTION, HASH.replace('ffc4', 'ffc5')), KEY, false],
    ['an empty hash', body(TRANSACTION, ''), KEY, false],
    ['no hash', `{"transaction":${TRANSACTION}}`, KEY, false],
    ['no JSON', TRANSACTION.slice(5), KEY, false],
  ]
  for (const [name, raw, key, wanted] of table)
    it(`${name}: ${wanted}`, () => assert.equal(isGenuine(raw, key), wanted))

  it('is over the letters that came, where writing them again would change them', async () => {
    const raw = '{"id":"a","message":"caf\\u00e9 {","more":{"n":1.0}}'
    const { createHmac } = await import('node:crypto')
    const hash = createHmac('sha256', KEY).update(raw).digest('base64')
    assert.equal(isGenuine(body(raw, hash), KEY), true)
    assert.notEqual(JSON.stringify(JSON.parse(raw)), raw)
  })
})

describe('airtel seals', () => {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 1024 })
  const key = publicKeyOf(publicKey.export({ format: 'der', type: 'spki' }).toString('base64'))

  /** Takes PKCS#1 v1.5 padding off by hand, as Node no longer does. */
  const opened = (text: string) => {
    const plain = privateDecrypt({ key: privateKey, padding: 3 }, Buffer.from(text, 'base64'))
    assert.deepEqual([plain[0], plain[1]], [0, 2])
    return plain.subarray(plain.indexOf(0, 2) + 1).toString()
  }

  it('a PIN, each time otherwise', () => {
    assert.equal(opened(sealed('4821', key)), '4821')
    assert.notEqual(sealed('4821', key), sealed('4821', key))
  })

  it('a key and its vector, 32 and 16 bytes, that open the body', async () => {
    const { createDecipheriv } = await import('node:crypto')
    const text = '{"amount":1150}'
    const signature = signatureOf(text, key)
    const [secret, vector] = opened(signature['x-key'])
      .split(':')
      .map((part) => Buffer.from(part, 'base64'))
    assert.ok(secret && vector)
    assert.deepEqual([secret.length, vector.length], [32, 16])
    const decipher = createDecipheriv('aes-256-cbc', secret, vector)
    const plain = Buffer.concat([
      decipher.update(Buffer.from(signature['x-signature'], 'base64')),
      decipher.final(),
    ])
    assert.equal(plain.toString(), text)
  })

  it('with no key that is none', () => {
    assert.throws(() => publicKeyOf('bm90IGEga2V5'))
  })
})
