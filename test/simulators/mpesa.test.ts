import assert from 'node:assert/strict'
import { constants, publicEncrypt, randomUUID, X509Certificate } from 'node:crypto'
import { type Stage, stage } from './stage.ts'

interface Fault {
  requestId: string
  errorCode: string
  errorMessage: string
}
interface Entry {
  kind: string
  id: string
  status: string
  amount: number
  receipt?: string
  resultCode?: string
}
interface Taken extends Fault {
  MerchantRequestID: string
  CheckoutRequestID: string
  ConversationID: string
  OriginatorConversationID: string
  ResponseCode: string
  ResultCode: string
}

const PASS_KEY = 'bfb279f9aa9bdbcf158e97dd71a467cd2e0c893059b10f78e6b72ada1ed2c919'
const PHONE = '254708374149'
const KEY = { authorization: `Basic ${Buffer.from('inzira:inzira-key').toString('base64')}` }
const TOKEN_PATH = '/mpesa/oauth/v1/generate?grant_type=client_credentials'
const EAT_MS = 3 * 3_600_000

const stampOf = (at: number) => new Date(at + EAT_MS).toISOString().replace(/\D/g, '').slice(0, 14)
const signed = (stamp = stampOf(Date.now())) => ({
  BusinessShortCode: '174379',
  Timestamp: stamp,
  Password: Buffer.from(`174379${PASS_KEY}${stamp}`).toString('base64'),
})

describe('simulated M-Pesa', () => {
  let on: Stage
  let bearer = {}
  let credential = ''
  before(async () => {
    on = await stage()
    const { json } = await on.get<{ access_token: string }>(TOKEN_PATH, KEY)
    bearer = { authorization: `Bearer ${json.access_token}` }
    const { body: key } = await on.get('/mpesa/_certificate')
    const certificate = new X509Certificate(key)
    assert.equal(certificate.checkIssued(certificate), true)
    assert.equal(certificate.verify(certificate.publicKey), true)
    const padding = constants.RSA_PKCS1_PADDING
    credential = publicEncrypt({ key, padding }, Buffer.from('inzira-password')).toString('base64')
  })
  after(() => on.stop())

  let serial = 0
  const freshPhone = () => `2547111${String(10_000 + ++serial)}`
  const push = (change: object = {}, phone = freshPhone(), headers: Record<string, string> = bearer) =>
    on.post<Taken>(
      '/mpesa/mpesa/stkpush/v1/processrequest',
      {
        ...signed(),
        TransactionType: 'CustomerPayBillOnline',
        Amount: 1,
        PartyA: phone,
        PartyB: '174379',
        PhoneNumber: phone,
        CallBackURL: `${on.gatewayUrl}/told/${phone}`,
        AccountReference: 'TRIP123',
        TransactionDesc: 'Trip',
        ...change,
      },
      headers,
    )
  const query = (CheckoutRequestID: string, change: object = {}) =>
    on.post<Taken>(
      '/mpesa/mpesa/stkpushquery/v1/query',
      { ...signed(), CheckoutRequestID, ...change },
      bearer,
    )
  const payOut = (phone: string, change: object = {}) =>
    on.post<Taken>(
      '/mpesa/mpesa/b2c/v3/paymentrequest',
      {
        OriginatorConversationID: randomUUID(),
        InitiatorName: 'inzira-operator',
        SecurityCredential: credential,
        CommandID: 'BusinessPayment',
        Amount: 10,
        PartyA: '600000',
        PartyB: phone,
        Remarks: 'Fares',
        QueueTimeOutURL: `${on.gatewayUrl}/queued/${phone}`,
        ResultURL: `${on.gatewayUrl}/told/${phone}`,
        ...change,
      },
      bearer,
    )
  const reverse = (TransactionID: string, Amount: number, change: object = {}) =>
    on.post<Taken>(
      '/mpesa/mpesa/reversal/v1/request',
      {
        Initiator: 'inzira-operator',
        SecurityCredential: credential,
        CommandID: 'TransactionReversal',
        TransactionID,
        Amount,
        ReceiverParty: '174379',
        RecieverIdentifierType: '11',
        ResultURL: `${on.gatewayUrl}/told/${TransactionID}`,
        QueueTimeOutURL: `${on.gatewayUrl}/queued/${TransactionID}`,
        Remarks: 'Refund',
        Occasion: 'RF-1',
        ...change,
      },
      bearer,
    )
  const ledger = async (phone: string) => (await on.get<Entry[]>(`/mpesa/_ledger?msisdn=${phone}`)).json
  const heard = async (path: string, count = 1) =>
    (await on.until(path, count)).map(({ body }) => JSON.parse(body))

  it('gives tokens to its app, and to no other', async () => {
    const { status, json } = await on.get<{ expires_in: string }>(TOKEN_PATH, KEY)
    assert.deepEqual([status, json.expires_in], [200, '3599'])
    assert.equal(
      (await on.get<Fault>(TOKEN_PATH, { authorization: 'Basic eDp5' })).json.errorCode,
      '400.008.01',
    )
    const bare = await on.get<Fault>('/mpesa/oauth/v1/generate', KEY)
    assert.equal(bare.json.errorCode, '400.008.02')
  })

  it('wants a token that holds', async () => {
    const none = await push({}, PHONE, {})
    const invented = await push({}, PHONE, { authorization: 'Bearer x' })
    assert.deepEqual([none.status, none.json.errorCode], [401, '401.003.01'])
    assert.deepEqual([invented.status, invented.json.errorCode], [404, '404.001.03'])
  })

  for (const [name, change, status, code, message] of [
    ['another short code', { BusinessShortCode: '174380' }, 500, '500.001.1001', /Merchant does not exist/],
    ['a wrong password', { Password: 'eA==' }, 500, '500.001.1001', /Wrong credentials/],
    ['the time of London', signed(stampOf(Date.now() - EAT_MS)), 400, '400.002.02', /Timestamp/],
    ['no time', { Timestamp: 'now' }, 400, '400.002.02', /Timestamp/],
    ['half a shilling', { Amount: 1.5 }, 400, '400.002.02', /Amount/],
    ['a decimal point', { Amount: '1.00' }, 400, '400.002.02', /Amount/],
    ['nothing', { Amount: 0 }, 400, '400.002.02', /Amount/],
    ['a foreign phone', { PhoneNumber: '250788000001' }, 400, '400.002.02', /PhoneNumber/],
    ['a plus', { PhoneNumber: `+${PHONE}` }, 400, '400.002.02', /PhoneNumber/],
    ['another payer', { PartyA: '254711000000' }, 400, '400.002.02', /PartyA/],
    ['a foreign callback', { CallBackURL: 'http://example.com/x' }, 400, '400.002.02', /CallBackURL/],
    ['a long account', { AccountReference: '1234567890123' }, 400, '400.002.02', /AccountReference/],
    ['no description', { TransactionDesc: '' }, 400, '400.002.02', /TransactionDesc/],
    ['a strange type', { TransactionType: 'Gift' }, 400, '400.002.02', /TransactionType/],
  ] as const)
    it(`refuses a push with ${name}`, async () => {
      const phone = freshPhone()
      const got = await push(change, phone)
      assert.deepEqual([got.status, got.json.errorCode], [status, code])
      assert.match(got.json.errorMessage, message)
      assert.deepEqual(await ledger(phone), [])
    })

  it('takes a push, says that it is under way with an error, and tells how it ended in two forms', async () => {
    const phone = freshPhone()
    const { status, json } = await push({}, phone)
    const { CheckoutRequestID: id } = json
    assert.deepEqual([status, json.ResponseCode], [200, '0'])
    assert.match(id, /^ws_CO_\d{24}$/)
    const early = await query(id)
    assert.deepEqual([early.status, early.json.errorCode], [500, '500.001.1001'])
    assert.equal(early.json.errorMessage, 'The transaction is being processed')
    await on.advance(3_000)
    const late = await query(id)
    assert.deepEqual([late.status, late.json.ResultCode, late.json.CheckoutRequestID], [200, '0', id])
    const [{ Body }] = await heard(phone)
    const { CallbackMetadata, ...rest } = Body.stkCallback
    assert.deepEqual(
      [rest.ResultCode, rest.CheckoutRequestID, rest.MerchantRequestID],
      [0, id, json.MerchantRequestID],
    )
    const [, receipt, balance] = CallbackMetadata.Item
    assert.match(receipt.Value, /^[A-Z0-9]{10}$/)
    assert.deepEqual(balance, { Name: 'Balance' })
    assert.equal((await ledger(phone))[0]?.receipt, receipt.Value)
  })

  it('tells of a push that failed without its particulars', async () => {
    const phone = freshPhone()
    await on.post('/mpesa/_scenario', { msisdn: phone, outcome: 'decline' })
    await push({}, phone)
    await on.advance(3_000)
    const [{ Body }] = await heard(phone)
    assert.equal(Body.stkCallback.ResultCode, 1032)
    assert.ok(!('CallbackMetadata' in Body.stkCallback))
  })

  it('knows no push that it was not asked for, and no stranger', async () => {
    const unknown = await query('ws_CO_1')
    assert.deepEqual(
      [unknown.status, unknown.json.errorMessage],
      [400, 'Bad Request - Invalid CheckoutRequestID'],
    )
    const { json } = await push()
    assert.equal(
      (await query(json.CheckoutRequestID, { Password: 'x' })).json.errorMessage,
      'Wrong credentials',
    )
  })

  it('has one prompt a phone, and no room for a long text', async () => {
    const [phone, other] = [freshPhone(), freshPhone()]
    await push({}, phone)
    await push({}, phone)
    await push({ TransactionDesc: 'x'.repeat(183) }, other)
    await on.advance(3_000)
    assert.deepEqual(
      (await ledger(phone)).map(({ resultCode }) => resultCode),
      ['0', '1001'],
    )
    assert.deepEqual(
      (await ledger(other)).map(({ resultCode }) => resultCode),
      ['1025'],
    )
  })

  it('waits a minute for a phone that somebody looks at', async () => {
    const [one, two] = [freshPhone(), freshPhone()]
    const look = (phone: string) => on.get<Entry[]>(`/mpesa/_handset/prompts?phone=${phone}`)
    await look(one)
    await look(two)
    await push({}, one)
    await push({}, two)
    const [prompt] = (await look(one)).json
    await on.advance(3_000)
    const word = { id: prompt?.id, decision: 'wrong_pin' }
    assert.equal((await on.post<Entry>('/mpesa/_handset/decide', word)).json.resultCode, '2001')
    assert.equal((await on.post('/mpesa/_handset/decide', word)).status, 409)
    await on.advance(60_000)
    assert.equal((await ledger(two))[0]?.resultCode, '1037')
  })

  it('pays out once under one name, and tells so at the ResultURL', async () => {
    const phone = freshPhone()
    const OriginatorConversationID = randomUUID()
    const { json } = await payOut(phone, { OriginatorConversationID })
    assert.deepEqual([json.ResponseCode, json.OriginatorConversationID], ['0', OriginatorConversationID])
    const again = await payOut(phone, { OriginatorConversationID })
    assert.deepEqual([again.status, again.json.errorCode], [500, '500.002.1001'])
    await on.advance(3_000)
    const [{ Result }] = await heard(phone)
    assert.deepEqual([Result.ResultCode, Result.ConversationID], [0, json.ConversationID])
    assert.equal((await ledger(phone))[0]?.receipt, Result.TransactionID)
  })

  for (const [name, change] of [
    ['name', { InitiatorName: 'nobody' }],
    ['credential', { SecurityCredential: 'eA==' }],
  ] as const)
    it(`accepts an operator of the wrong ${name}, and then pays nothing`, async () => {
      const phone = freshPhone()
      assert.equal((await payOut(phone, change)).status, 200)
      await on.advance(3_000)
      assert.equal((await heard(phone))[0].Result.ResultCode, 2001)
      assert.equal((await ledger(phone))[0]?.status, 'FAILED')
    })

  it('knows the payees of the 121 platform', async () => {
    assert.equal((await payOut('254000000000')).status, 500)
    await payOut('254000000001')
    const queued = await payOut('254000000002')
    const early = payOut('254000000003')
    const [{ Result }] = await heard('/told/254000000003')
    assert.equal(Result.ConversationID, (await early).json.ConversationID)
    await on.advance(3_000)
    assert.equal((await heard('/told/254000000001'))[0].Result.ResultCode, 2001)
    const [echo] = await heard('/queued/254000000002')
    assert.equal(echo.OriginatorConversationID, queued.json.OriginatorConversationID)
  })

  it('tells an early result before it answers', async () => {
    const order: string[] = []
    on.answering(({ path }) => {
      order.push(path)
      return {}
    })
    await payOut('254000000003')
    assert.deepEqual([...order, 'answered'], ['/told/254000000003', 'answered'])
  })

  it('reverses the whole of what came, once', async () => {
    const phone = freshPhone()
    await push({ Amount: 50 }, phone)
    await on.advance(3_000)
    const [{ receipt = '' } = {}] = await ledger(phone)
    for (const amount of [49, 51, 50, 50]) {
      assert.equal((await reverse(receipt, amount)).json.ResponseCode, '0')
      await on.advance(3_000)
    }
    const reversals = (await ledger(phone)).filter(({ kind }) => kind === 'reversal')
    assert.deepEqual(
      reversals.map(({ resultCode }) => resultCode),
      ['17', '17', '0', '17'],
    )
    assert.equal((await reverse('ws_CO_1', 50)).json.errorMessage, 'Bad Request - Invalid TransactionID')
  })

  it('cuts answers, has had too many, and ends its tokens, when told to', async () => {
    const phone = freshPhone()
    const plan = (outcome: string) =>
      on.post('/mpesa/_scenario', { msisdn: phone, on: 'push', outcome, times: 1 })
    await plan('tooMany')
    assert.equal((await push({}, phone)).status, 429)
    assert.deepEqual(await ledger(phone), [])
    await plan('expired')
    assert.equal((await push({}, phone)).json.errorCode, '404.001.03')
    assert.equal((await push({}, phone)).json.errorCode, '404.001.03')
    const { json } = await on.get<{ access_token: string }>(TOKEN_PATH, KEY)
    bearer = { authorization: `Bearer ${json.access_token}` }
    await plan('truncated')
    await assert.rejects(push({}, phone), SyntaxError)
    assert.equal((await ledger(phone)).length, 1)
  })
})
