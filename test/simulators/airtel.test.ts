import assert from 'node:assert/strict'
import {
  constants,
  createCipheriv,
  createHmac,
  createPublicKey,
  publicEncrypt,
  randomBytes,
  randomUUID,
} from 'node:crypto'
import { CLIENT, HASH_KEY, PIN, PIN_PUBLIC_KEY } from '../../simulators/airtel/keys.ts'
import { type Got, type Stage, stage } from './stage.ts'

interface Said {
  status?: {
    code?: string
    response_code?: string
    result_code?: string
    success?: boolean
    message?: string
  }
  data?: { transaction?: { id?: string; status?: string; airtel_money_id?: string; reference_id?: string } }
  status_code?: string
  error?: string
}

interface Entry {
  kind: string
  reference: string
  msisdn: string
  amount: string
  currency: string
  status: string
  at: number
  of?: string
}

const seal = (text: string, key: string) =>
  publicEncrypt(
    {
      key: createPublicKey({ key: Buffer.from(key, 'base64'), format: 'der', type: 'spki' }),
      padding: constants.RSA_PKCS1_PADDING,
    },
    Buffer.from(text),
  ).toString('base64')

/** A client of the wallet that knows the rules, so that tests can break one at a time. */
function wallet(on: Stage, msisdn: string) {
  let token: string | undefined

  const bearer = async () => {
    const body = { client_id: CLIENT.id, client_secret: CLIENT.secret, grant_type: 'client_credentials' }
    token ??= (await on.post<{ access_token: string }>('/airtel/auth/oauth2/token', body)).json.access_token
    return token
  }
  const headers = async (more: Record<string, string> = {}) => ({
    authorization: `Bearer ${await bearer()}`,
    'content-type': 'application/json',
    'x-country': 'RW',
    'x-currency': 'RWF',
    ...more,
  })
  const place = { country: 'RW', currency: 'RWF' }

  /** What `change` says goes over what is right: of the subscriber, the transaction, or the headers. */
  async function push(
    change: { subscriber?: object; transaction?: object; headers?: Record<string, string> } = {},
  ) {
    const id = randomUUID()
    const body = {
      reference: 'Moto trip',
      subscriber: { ...place, msisdn, ...change.subscriber },
      transaction: { ...place, amount: 1000, id, ...change.transaction },
    }
    const got = await on.post<Said>('/airtel/merchant/v1/payments/', body, await headers(change.headers))
    return { ...got, id }
  }
  async function disburse(change: object = {}, more: Record<string, string> = {}) {
    const id = randomUUID()
    const body = {
      payee: { currency: 'RWF', msisdn },
      reference: 'Fares1',
      pin: seal(PIN, PIN_PUBLIC_KEY),
      transaction: { amount: 1000, id, type: 'B2C' },
      ...change,
    }
    const got = await on.post<Said>('/airtel/standard/v2/disbursements/', body, await headers(more))
    return { ...got, id }
  }
  const ask = async (id: string) => on.get<Said>(`/airtel/standard/v1/payments/${id}`, await headers())
  const askPaid = async (id: string) =>
    on.get<Said>(`/airtel/standard/v2/disbursements/${id}?transactionType=B2C`, await headers())
  const refund = async (airtel_money_id: string) =>
    on.post<Said>(
      '/airtel/standard/v1/payments/refund',
      { transaction: { airtel_money_id } },
      await headers(),
    )
  const letter = async (id: string) => (await ask(id)).json.data?.transaction?.status
  const ledger = async () => (await on.get<Entry[]>(`/airtel/_ledger?to=%2B250${msisdn}`)).json
  const scenario = (rule: object) =>
    on.post<{ error?: string }>('/airtel/_scenario', { msisdn: `250${msisdn}`, ...rule })
  return { headers, push, disburse, ask, askPaid, refund, letter, ledger, scenario }
}

let serial = 100
const freshNumber = () => `72${String(1000 + serial++)}500`

describe('simulated Airtel Money', () => {
  let on: Stage
  let msisdn: string
  let momo: ReturnType<typeof wallet>

  beforeEach(async () => {
    on = await stage()
    msisdn = freshNumber()
    momo = wallet(on, msisdn)
  })
  afterEach(() => on.stop())

  /** The code of an error, wherever it stands. */
  const codeOf = ({ json }: Got<Said>) =>
    json.status_code ?? json.status?.result_code ?? json.status?.response_code ?? json.error

  describe('who may ask', () => {
    it('gives a token for three minutes, said as a string', async () => {
      const body = { client_id: CLIENT.id, client_secret: CLIENT.secret, grant_type: 'client_credentials' }
      const { json } = await on.post<object>('/airtel/auth/oauth2/token', body)
      assert.deepEqual(
        { ...json, access_token: '' },
        { access_token: '', expires_in: '180', token_type: 'bearer' },
      )
      const wrong = await on.post<Said>('/airtel/auth/oauth2/token', { ...body, client_secret: 'x' })
      assert.deepEqual([wrong.status, wrong.json.error], [200, 'invalid_client'])
    })

    it('refuses an expired token, and an invented one, with 403', async () => {
      assert.equal((await momo.push()).status, 200)
      await on.advance(179_000)
      assert.equal((await momo.push()).status, 200)
      await on.advance(2_000)
      const late = await momo.push()
      assert.deepEqual([late.status, late.json.error], [403, 'invalid_token'])
      assert.equal((await momo.push({ headers: { authorization: 'Bearer x' } })).status, 403)
    })

    for (const [name, change, status, code] of [
      ['no country', { headers: { 'x-country': '' } }, 400, 'ROUTER110'],
      ['no currency', { headers: { 'x-currency': '' } }, 400, 'ESB000008'],
      ['another country', { headers: { 'x-country': 'UG' } }, 400, 'ROUTER006'],
      ['another currency', { headers: { 'x-currency': 'UGX' } }, 400, 'ROUTER112'],
      ['a number with its country', { subscriber: { msisdn: '250728000500' } }, 400, 'ESB000033'],
      ['a number that begins with 0', { subscriber: { msisdn: '072800050' } }, 400, 'ESB000036'],
      ['a number of another network', { subscriber: { msisdn: '788000500' } }, 400, 'DP00800001005'],
      ['a payer abroad', { subscriber: { country: 'UG' } }, 400, 'ESB000034'],
      ['dollars', { transaction: { currency: 'USD' } }, 400, 'ESB000035'],
      ['an amount that is a string', { transaction: { amount: '1000' } }, 400, 'DP00800001004'],
      ['no amount', { transaction: { amount: 0 } }, 400, 'DP00800001004'],
      ['no id', { transaction: { id: '' } }, 400, 'ESB000008'],
      [
        'a signature of somebody else',
        { headers: { 'x-signature': 'a', 'x-key': 'b' } },
        400,
        'DP00800001026',
      ],
    ] as const)
      it(`refuses a push with ${name}`, async () => {
        const got = await momo.push(change)
        assert.deepEqual([got.status, codeOf(got)], [status, code])
        assert.deepEqual(await momo.ledger(), [])
      })
  })

  describe('a collection', () => {
    it('is called SUCCESS when the push is sent, and TS when it is paid', async () => {
      const { id, json, status } = await momo.push()
      assert.equal(status, 200)
      assert.deepEqual(json.data?.transaction, { id, status: 'SUCCESS' })
      assert.deepEqual([json.status?.response_code, json.status?.success], ['DP00800001006', true])
      const early = await momo.ask(id)
      assert.equal(early.json.data?.transaction?.status, 'TIP')
      assert.equal(early.json.data?.transaction?.airtel_money_id, undefined)
      await on.advance(2_000)
      const paid = await momo.ask(id)
      assert.equal(paid.json.data?.transaction?.status, 'TS')
      assert.match(paid.json.data?.transaction?.airtel_money_id ?? '', /^MP\d+$/)
      const [entry] = await momo.ledger()
      assert.deepEqual(
        { ...entry, at: 0, settledAt: 0, airtelMoneyId: '' },
        {
          kind: 'collect',
          reference: id,
          msisdn: `250${msisdn}`,
          amount: '1000',
          currency: 'RWF',
          status: 'TS',
          at: 0,
          settledAt: 0,
          airtelMoneyId: '',
        },
      )
    })

    it('is taken once under one id', async () => {
      const { id } = await momo.push()
      const again = await momo.push({ transaction: { id } })
      assert.deepEqual([again.status, codeOf(again)], [400, 'ESB000041'])
      assert.equal((await momo.ledger()).length, 1)
    })

    it('that nobody asked for is not found', async () => {
      assert.equal(codeOf(await momo.ask(randomUUID())), 'ESB000045')
    })

    it('is told by a callback with a hash, at one address', async () => {
      const { id } = await momo.push()
      await on.advance(2_000)
      const [hit] = await on.until('/hooks/payments/airtel/s3cret')
      const told = JSON.parse(hit?.body ?? '')
      assert.deepEqual([told.transaction.id, told.transaction.status_code], [id, 'TS'])
      const [, raw] = /"transaction":(\{.*\}),"hash"/.exec(hit?.body ?? '') ?? []
      assert.equal(
        told.hash,
        createHmac('sha256', HASH_KEY)
          .update(raw ?? '')
          .digest('base64'),
      )
      assert.ok(!('amount' in told.transaction))
    })

    for (const [end, waitMs, shown, booked] of [
      ['001', 2_000, 'TF', 'TF'],
      ['003', 181_000, 'TE', 'TE'],
      ['004', 86_400_000, 'TA', 'TS'],
      ['005', 180_000, 'TIP', 'TIP'],
      ['005', 241_000, 'TS', 'TS'],
      ['008', 181_000, 'TE', 'TE'],
      ['008', 301_000, 'TS', 'TS'],
      ['500', 2_000, 'TS', 'TS'],
    ] as const)
      it(`of …${end} shows ${shown} after ${waitMs / 1000} s`, async () => {
        const number = msisdn.replace(/500$/, end)
        const other = wallet(on, number)
        const { id } = await other.push()
        await on.advance(waitMs)
        const later = wallet(on, number)
        assert.equal(await later.letter(id), shown)
        assert.equal((await later.ledger())[0]?.status, booked)
      })

    it('can be answered with 408 and be paid', async () => {
      const other = wallet(on, msisdn.replace(/500$/, '009'))
      const { id, status } = await other.push()
      assert.equal(status, 408)
      await on.advance(2_000)
      assert.equal(await other.letter(id), 'TS')
    })

    for (const [outcome, letter, code] of [
      ['decline', 'TF', 'DP00800001008'],
      ['insufficient', 'TF', 'DP00800001007'],
      ['wrong_pin', 'TF', 'DP00800001002'],
      ['limit', 'TF', 'DP00800001003'],
      ['no_pin', 'TF', 'DP00800001005'],
      ['odd', 'TX', 'DP00800001000'],
    ] as const)
      it(`with the outcome ${outcome} ends so`, async () => {
        await momo.scenario({ outcome, delayMs: 0 })
        const { id } = await momo.push()
        const { json } = await momo.ask(id)
        assert.deepEqual([json.data?.transaction?.status, json.status?.response_code], [letter, code])
      })

    it('is decided by the payer who is looked after', async () => {
      const phone = encodeURIComponent(`+250${msisdn}`)
      const prompts = async () =>
        (await on.get<Entry[]>(`/airtel/_handset/prompts?phone=${phone}`)).json.map(
          (entry) => entry.reference,
        )
      await prompts()
      const [first, second, third] = [await momo.push(), await momo.push(), await momo.push()]
      await on.advance(3_000)
      assert.deepEqual(await prompts(), [first.id, second.id, third.id])
      const decide = (reference: string, decision: string) =>
        on.post('/airtel/_handset/decide', { reference, decision })
      assert.equal((await decide(first.id, 'approve')).status, 200)
      assert.equal((await decide(second.id, 'decline')).status, 200)
      assert.equal((await decide(second.id, 'approve')).status, 409)
      assert.equal((await decide(randomUUID(), 'approve')).status, 404)
      await on.advance(170_000)
      assert.deepEqual(await Promise.all([first, second, third].map(({ id }) => momo.letter(id))), [
        'TS',
        'TF',
        'TIP',
      ])
      await on.advance(10_000)
      assert.equal((await momo.ledger())[2]?.status, 'TE')
    })
  })

  describe('giving and paying', () => {
    async function paid() {
      const { id } = await momo.push()
      await on.advance(2_000)
      return (await momo.ask(id)).json.data?.transaction?.airtel_money_id ?? ''
    }

    it('gives the whole back, once', async () => {
      const of = await paid()
      const first = await momo.refund(of)
      const number = first.json.data?.transaction?.airtel_money_id ?? ''
      assert.deepEqual(first.json.data?.transaction, { airtel_money_id: number, status: 'SUCCESS' })
      assert.notEqual(number, of)
      const again = await momo.refund(of)
      assert.deepEqual([again.status, codeOf(again)], [400, 'ESB000041'])
      assert.equal(again.json.data?.transaction?.airtel_money_id, number)
      assert.equal(await momo.letter(number), 'TIP')
      await on.advance(2_000)
      assert.equal(await momo.letter(number), 'TS')
      assert.deepEqual(
        (await momo.ledger()).map(({ kind, amount, of: what }) => [kind, amount, what]),
        [
          ['collect', '1000', undefined],
          ['refund', '1000', of],
        ],
      )
      assert.equal(codeOf(await momo.refund('MP0')), 'ESB000045')
    })

    it('pays out at once, once under one id', async () => {
      const { id, json } = await momo.disburse()
      assert.equal(json.data?.transaction?.status, 'TS')
      assert.equal(json.status?.response_code, 'DP00900001001')
      const again = await momo.disburse({ transaction: { amount: 1000, id, type: 'B2C' } })
      assert.deepEqual([again.status, codeOf(again)], [200, 'DP00900001011'])
      assert.equal((await momo.askPaid(id)).json.data?.transaction?.status, 'TS')
      assert.equal(codeOf(await momo.askPaid(randomUUID())), 'DP00900001015')
      assert.equal((await momo.ledger()).length, 1)
    })

    for (const [name, change, code] of [
      ['a PIN in plain text', { pin: PIN }, 'ROUTER116'],
      ['another PIN', { pin: seal('0000', PIN_PUBLIC_KEY) }, 'ROUTER115'],
      ['no PIN', { pin: undefined }, 'ROUTER116'],
      ['a reference with spaces', { reference: 'Fares of May' }, 'ESB000008'],
      ['a number with its country', { payee: { msisdn: '250728000500' } }, '521002'],
      ['no type', { transaction: { amount: 1, id: 'x' } }, 'ESB000008'],
      ['no amount', { transaction: { amount: 0, id: 'x', type: 'B2C' } }, 'DP00900001004'],
    ] as const)
      it(`pays nothing out with ${name}`, async () => {
        assert.equal(codeOf(await momo.disburse(change)), code)
        assert.deepEqual(await momo.ledger(), [])
      })

    it('pays out no more than there is', async () => {
      const pay = async (amount: number) =>
        (await momo.disburse({ transaction: { amount, id: randomUUID(), type: 'B2C' } })).json
      assert.equal((await pay(1_000_001)).status?.response_code, 'DP00900001007')
      await paid()
      assert.equal((await pay(1_000_001)).data?.transaction?.status, 'TS')
      assert.equal((await pay(1_000)).data?.transaction?.status, 'TF')
    })
  })

  describe('signatures', () => {
    const keyOf = async () => {
      const { json } = await on.get<{ data: { key: string; key_id: number; valid_upto: string } }>(
        '/airtel/v1/rsa/encryption-keys',
        await wallet(on, msisdn).headers(),
      )
      return json.data
    }
    /** A signature over the body of a disbursement with that id. */
    async function signed(key: string, text: string) {
      const [secret, vector] = [randomBytes(32), randomBytes(16)]
      const cipher = createCipheriv('aes-256-cbc', secret, vector)
      const signature = Buffer.concat([cipher.update(text), cipher.final()]).toString('base64')
      const xKey = seal(`${secret.toString('base64')}:${vector.toString('base64')}`, key)
      return { 'x-signature': signature, 'x-key': xKey }
    }
    const post = async (body: string, more: Record<string, string>) =>
      on.post<Said>('/airtel/merchant/v1/payments/', body, await wallet(on, msisdn).headers(more))
    const bodyOf = (id: string) =>
      JSON.stringify({ subscriber: { msisdn }, transaction: { amount: 1000, id } })

    it('are checked, demanded on request, and made with a key that lives an hour', async () => {
      const { key, key_id, valid_upto } = await keyOf()
      assert.match(valid_upto, /^\d\d-\d\d-\d{4} \d\d:\d\d:\d\d$/)
      const body = bodyOf(randomUUID())
      assert.equal((await post(body, await signed(key, body))).status, 200)
      const other = bodyOf(randomUUID())
      assert.equal(codeOf(await post(other, await signed(key, body))), 'DP00800001026')
      assert.equal((await post(other, {})).status, 200)
      await on.post('/airtel/_signing', { required: true })
      assert.equal(codeOf(await post(bodyOf(randomUUID()), {})), 'DP00800001026')
      await on.advance(3_600_001)
      const last = bodyOf(randomUUID())
      assert.equal(codeOf(await post(last, await signed(key, last))), 'DP00800001026')
      const next = await keyOf()
      assert.equal(next.key_id, key_id + 1)
      assert.equal((await post(last, await signed(next.key, last))).status, 200)
    })
  })

  describe('trouble', () => {
    it('truncated: the work is done, the answer is cut off', async () => {
      await momo.scenario({ on: 'collect', outcome: 'truncated', times: 1 })
      const raw = await fetch(`${on.url}/airtel/merchant/v1/payments`, {
        method: 'POST',
        headers: await momo.headers(),
        body: JSON.stringify({ subscriber: { msisdn }, transaction: { amount: 1000, id: 'x' } }),
      })
      const text = await raw.text()
      assert.throws(() => JSON.parse(text))
      assert.ok(text.startsWith('{"data"'))
      assert.equal((await momo.ledger()).length, 1)
    })

    it('limited: nothing is done', async () => {
      await momo.scenario({ on: 'collect', outcome: 'limited', times: 1 })
      assert.equal((await momo.push()).status, 429)
      assert.deepEqual(await momo.ledger(), [])
      assert.equal((await momo.push()).status, 200)
    })

    it('token_expired: all of them, now', async () => {
      await momo.scenario({ on: 'enquiry', outcome: 'token_expired', times: 1 })
      const { id } = await momo.push()
      for (const _ of [1, 2]) assert.equal((await momo.ask(id)).status, 403)
      assert.equal((await wallet(on, msisdn).ask(id)).status, 200)
    })

    it('keeps to its rules, and knows no others', async () => {
      assert.equal((await momo.scenario({ outcome: 'explode' })).status, 400)
      assert.equal((await momo.scenario({ on: 'disburse', outcome: 'wrong_pin' })).status, 400)
      assert.equal((await on.ask('DELETE', '/airtel/_scenario')).status, 204)
    })
  })
})
