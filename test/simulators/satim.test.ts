import assert from 'node:assert/strict'
import { freshPhone, type Stage, stage } from './stage.ts'

interface Registered {
  errorCode: string
  orderId: string
  formUrl: string
}
interface Acknowledged {
  ErrorCode: string
  OrderStatus: number
  depositAmount: number
  params: { respCode?: string }
}

const PAYS = '6280581110007215'
const MINUTE_MS = 60_000
const PARAMS = '{"force_terminal_id":"E010900222","udf1":"1"}'

describe('simulated SATIM', () => {
  let on: Stage
  beforeEach(async () => {
    on = await stage()
  })
  afterEach(() => on.stop())

  const call = async <T>(path: string, query: Record<string, string>) =>
    (await on.get<T>(`/satim/${path}?${new URLSearchParams({ ...ACCOUNT, ...query })}`)).json
  const ACCOUNT = { userName: 'inzira', password: 'inzira-password' }
  const query = (change: Record<string, string> = {}) => ({
    orderNumber: freshPhone().slice(-10),
    amount: '5000',
    currency: '012',
    returnUrl: 'https://x.dz/back?a=1',
    failUrl: 'https://x.dz/failed',
    language: 'fr',
    jsonParams: PARAMS,
    ...change,
  })
  const register = (change?: Record<string, string>) => call<Registered>('register.do', query(change))
  const look = (mdOrder: string) =>
    call<Acknowledged>('public/acknowledgeTransaction.do', { mdOrder, language: 'EN' })
  const refund = (orderId: string, amount: string, more: Record<string, string> = {}) =>
    call<Registered>('refund.do', { orderId, amount, ...more })
  const card = (orderId: string, pan: string) =>
    on.post<{ paid: boolean; returnUrl: string }>('/satim/_card', { orderId, pan })

  const WRONG: readonly (readonly [name: string, change: Record<string, string>, errorCode: string])[] = [
    ['a wrong password', { password: 'x' }, '5'],
    ['no order number', { orderNumber: '' }, '4'],
    ['no address', { returnUrl: '' }, '4'],
    ['euro', { currency: '978' }, '3'],
    ['eleven signs', { orderNumber: '12345678901' }, '5'],
    ['less than 50 dinars', { amount: '4900' }, '5'],
    ['half a dinar', { amount: '5050' }, '5'],
    ['another language', { language: 'RW' }, '5'],
    ['no terminal', { jsonParams: '{"udf1":"1"}' }, '5'],
    ['no JSON', { jsonParams: '{' }, '5'],
  ]
  for (const [name, change, errorCode] of WRONG)
    it(`refuses ${name}`, async () => assert.equal((await register(change)).errorCode, errorCode))

  it('takes an order number once', async () => {
    const orderNumber = 'ABC1234567'
    assert.equal((await register({ orderNumber })).errorCode, '0')
    assert.equal((await register({ orderNumber })).errorCode, '1')
  })

  it('sends the browser back, to another address when the card is refused', async () => {
    const [good, bad] = [await register(), await register()]
    assert.deepEqual((await card(good.orderId, PAYS)).json, {
      paid: true,
      returnUrl: `https://x.dz/back?a=1&orderId=${good.orderId}`,
    })
    assert.deepEqual((await card(bad.orderId, '6280580610061110')).json, {
      paid: false,
      returnUrl: `https://x.dz/failed?orderId=${bad.orderId}`,
    })
    assert.equal((await card(good.orderId, PAYS)).status, 409, 'nobody pays twice')
    const refused = await look(bad.orderId)
    assert.deepEqual([refused.ErrorCode, refused.OrderStatus, refused.params.respCode], ['0', 6, '51'])
  })

  it('takes a payment back that is not acknowledged within five minutes', async () => {
    const [kept, lost] = [await register(), await register()]
    await look(lost.orderId)
    for (const { orderId } of [kept, lost]) await card(orderId, PAYS)
    assert.equal((await look(kept.orderId)).OrderStatus, 2)
    await on.advance(5 * MINUTE_MS)
    const [stays, gone] = [await look(kept.orderId), await look(lost.orderId)]
    assert.deepEqual([stays.OrderStatus, stays.depositAmount, stays.params.respCode], [2, 5_000, '00'])
    assert.deepEqual([gone.OrderStatus, gone.depositAmount], [3, 0])
  })

  it('gives back in parts, under one number once, and never more than came', async () => {
    const { orderId } = await register({ amount: '20000' })
    assert.equal((await refund(orderId, '5000')).errorCode, '7', 'nothing has come in')
    await card(orderId, PAYS)
    assert.equal((await refund(orderId, '5000', { externalRefundId: 'R1' })).errorCode, '0')
    assert.equal((await refund(orderId, '5000', { externalRefundId: 'R1' })).errorCode, '5')
    assert.equal((await refund(orderId, '20000')).errorCode, '5')
    assert.deepEqual([(await look(orderId)).OrderStatus, (await look(orderId)).depositAmount], [2, 15_000])
    assert.equal((await refund(orderId, '15000')).errorCode, '0')
    assert.deepEqual([(await look(orderId)).OrderStatus, (await look(orderId)).depositAmount], [4, 0])
  })

  it('knows no order that is not there', async () => {
    assert.equal((await look('none')).ErrorCode, '6')
    assert.equal((await refund('none', '5000')).errorCode, '6')
    assert.equal((await card('none', PAYS)).status, 404)
    assert.equal((await on.get('/satim/pay/none')).status, 404)
  })
})
