import assert from 'node:assert/strict'
import type { HookRequest } from '../../src/core/base/hook.ts'
import { silent } from '../../src/core/base/log.ts'
import { callbackUrl, paymentHooks } from '../../src/integrations/payments/mpesa/hook.ts'

const REFERENCE = '6f0f8b1e-8b0c-4a53-9d3e-3f6f1b0f8f11'
const SECRET = 'a-long-secret'
const HANDLE = 'ws_CO_191220191020363925'

const item = (Name: string, Value?: unknown) => (Value === undefined ? { Name } : { Name, Value })
const push = (fields: object = {}) => ({
  Body: {
    stkCallback: {
      MerchantRequestID: '29115-34620561-1',
      CheckoutRequestID: HANDLE,
      ResultCode: 0,
      ResultDesc: 'The service request is processed successfully.',
      ...fields,
    },
  },
})
const paid = (receipt: unknown) =>
  push({
    CallbackMetadata: {
      Item: [
        item('Amount', 1),
        item('MpesaReceiptNumber', receipt),
        item('Balance'),
        item('PhoneNumber', 2547),
      ],
    },
  })
const result = (fields: object = {}) => ({
  Result: {
    ResultType: 0,
    ResultCode: 0,
    OriginatorConversationID: REFERENCE,
    ConversationID: 'AG_20191219_00005797af5d7d75f652',
    TransactionID: 'NLJ41HAY6Q',
    ...fields,
  },
})

function door(onHint?: () => Promise<void>) {
  const hints: [string, string | undefined][] = []
  const receipts: [string, string][] = []
  const logged: Readonly<Record<string, unknown>>[] = []
  const [hook] = paymentHooks({
    secret: SECRET,
    onHint: async (reference, handle) => {
      hints.push([reference, handle])
      await onHint?.()
    },
    onReceipt: (handle, receipt) => receipts.push([handle, receipt]),
    log: { ...silent, info: (fields) => logged.push(fields) },
  })
  assert.ok(hook)
  const call = (params: Record<string, string>, body: unknown = '{}') => {
    const raw = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body))
    const request: HookRequest = { method: 'POST', params, query: {}, headers: {}, body: raw }
    return hook.answer(request)
  }
  const hear = (body: unknown) => call({ secret: SECRET, reference: REFERENCE }, body)
  return { hook, hints, receipts, logged, call, hear }
}

describe('mpesa callbacks', () => {
  it('come by POST to a path without the names that Safaricom advises against', () => {
    const { hook } = door()
    assert.deepEqual(hook.methods, ['POST'])
    const url = callbackUrl('https://x.example', 's', REFERENCE)
    assert.equal(
      url,
      `https://x.example${hook.path.replace(':secret', 's').replace(':reference', REFERENCE)}`,
    )
    assert.doesNotMatch(url, /m-?pesa|safaricom|exec?|cme|cmd|sql|query/i)
  })

  it('are accepted as Safaricom wants it, and tell the name of the push', async () => {
    const { hints, hear } = door()
    const answer = await hear(paid('NLJ7RT61SV'))
    assert.deepEqual([answer.status, answer.type], [200, 'application/json'])
    assert.deepEqual(JSON.parse(answer.body), { ResultCode: 0, ResultDesc: 'Accepted' })
    assert.deepEqual(hints, [[REFERENCE, HANDLE]])
  })

  it('keep a receipt that looks like one', async () => {
    const { hear, hints, receipts } = door()
    for (const receipt of ['NLJ7RT61SV', 'nlj7rt61sv', 'SHORT', 7, null, { a: 1 }]) await hear(paid(receipt))
    await hear(push({ ResultCode: 1032 }))
    await hear(push({ CallbackMetadata: { Item: 'odd' } }))
    assert.equal(hints.filter(([, handle]) => handle === HANDLE).length, 8)
    assert.deepEqual(receipts, [[HANDLE, 'NLJ7RT61SV']])
  })

  it('of payouts and reversals write down what they claim, and keep no receipt', async () => {
    const { hear, hints, logged, receipts } = door()
    await hear(result())
    await hear(result({ ResultCode: '2001', TransactionID: undefined }))
    assert.deepEqual(hints[0], [REFERENCE, 'AG_20191219_00005797af5d7d75f652'])
    assert.deepEqual(
      logged.map(({ result: code, receipt }) => [code, receipt]),
      [
        ['0', 'NLJ41HAY6Q'],
        ['2001', undefined],
      ],
    )
    assert.deepEqual(receipts, [])
  })

  const strange: Readonly<Record<string, unknown>> = {
    'no body': '',
    'an empty object': {},
    'no JSON': 'not json',
    'our own payout, sent back': { OriginatorConversationID: REFERENCE, SecurityCredential: 'c2VjcmV0' },
    'a push without a name': push({ CheckoutRequestID: undefined }),
    'a push whose name is odd': push({ CheckoutRequestID: '../../etc' }),
    'a push whose name is long': push({ CheckoutRequestID: 'x'.repeat(65) }),
    'far too much': JSON.stringify(paid('NLJ7RT61SV')) + ' '.repeat(70_000),
  }
  for (const [name, body] of Object.entries(strange))
    it(`with ${name} are a hint and no more`, async () => {
      const { hear, hints, logged, receipts } = door()
      assert.equal((await hear(body)).status, 200)
      assert.deepEqual(hints, [[REFERENCE, undefined]])
      assert.deepEqual([...receipts, ...logged], [])
    })

  const strangers: Record<string, Record<string, string>> = {
    'a wrong secret': { secret: 'wrong', reference: REFERENCE },
    'no secret': { reference: REFERENCE },
    'no reference': { secret: SECRET },
    'a reference that is no UUID': { secret: SECRET, reference: '1 OR 1=1' },
    'a reference and more': { secret: SECRET, reference: `${REFERENCE}0` },
  }
  for (const [name, params] of Object.entries(strangers))
    it(`with ${name} find no door`, async () => {
      const { call, hints, receipts } = door()
      assert.equal((await call(params, paid('NLJ7RT61SV'))).status, 404)
      assert.deepEqual([...hints, ...receipts], [])
    })

  it('are answered when the hint is lost, or hangs', async () => {
    const lost = door(() => Promise.reject(new Error('no database')))
    assert.equal((await lost.hear(paid('NLJ7RT61SV'))).status, 200)
    const hanging = door(() => new Promise(() => {}))
    const started = performance.now()
    assert.equal((await hanging.hear(paid('NLJ7RT61SV'))).status, 200)
    assert.ok(performance.now() - started < 2_000)
  })
})
