import assert from 'node:assert/strict'
import { type Stage, stage } from './stage.ts'

const TIN = '999000001'
const DAY_MS = 86_400_000

type Said = { resultCd: string; resultMsg: string; resultDt: string; data: Record<string, unknown> | null }

const item = (more: object = {}) => ({
  itemSeq: 1,
  itemCd: 'RW3NTXU0000001',
  itemClsCd: '8014160000',
  itemNm: 'Booking fee',
  qty: 1,
  prc: 200_000,
  splyAmt: 200_000,
  dcRt: 0,
  dcAmt: 0,
  taxTyCd: 'B',
  taxblAmt: 200_000,
  taxAmt: 30508.47,
  totAmt: 200_000,
  ...more,
})

const body = (more: object = {}) => ({
  tin: TIN,
  bhfId: '00',
  invcNo: 1,
  orgInvcNo: 0,
  custTin: null,
  prcOrdCd: null,
  salesTyCd: 'N',
  rcptTyCd: 'S',
  pmtTyCd: '06',
  salesSttsCd: '02',
  cfmDt: '20260407040000',
  salesDt: '20260407',
  rfdDt: null,
  rfdRsnCd: null,
  totItemCnt: 1,
  ...{ taxblAmtA: 0, taxblAmtB: 200_000, taxblAmtC: 0, taxblAmtD: 0 },
  ...{ taxRtA: 0, taxRtB: 18, taxRtC: 0, taxRtD: 0 },
  ...{ taxAmtA: 0, taxAmtB: 30508.47, taxAmtC: 0, taxAmtD: 0 },
  ...{ totTaxblAmt: 200_000, totTaxAmt: 30508.47, totAmt: 200_000 },
  ...{ regrId: 'x', regrNm: 'x', modrId: 'x', modrNm: 'x' },
  receipt: { rptNo: 1 },
  itemList: [item()],
  ...more,
})
const REFUND = { rcptTyCd: 'R', invcNo: 2, orgInvcNo: 1, rfdDt: '20260408040000', rfdRsnCd: '06' }

describe('simulated VSDC', () => {
  let on: Stage
  beforeEach(async () => {
    on = await stage()
  })
  afterEach(() => on.stop())

  const save = async (more: object = {}) =>
    (await on.post<Said>('/vsdc/trnsSales/saveSales', body(more))).json
  const set = (more: object) => on.post('/vsdc/_device', { tin: TIN, ...more })
  const ledger = async () => (await on.get<{ invcNo: number }[]>('/vsdc/_ledger')).json

  it('signs with 26 and 16 signs of base32, never the same twice', async () => {
    const [one, two] = [await save(), await save({ invcNo: 2 })]
    assert.equal(one.resultCd, '000')
    assert.match(one.resultDt, /^\d{14}$/)
    assert.match(String(one.data?.intrlData), /^[A-Z2-7]{26}$/)
    assert.match(String(one.data?.rcptSign), /^[A-Z2-7]{16}$/)
    assert.notEqual(one.data?.rcptSign, two.data?.rcptSign)
    assert.deepEqual([two.data?.rcptNo, two.data?.totRcptNo, two.data?.sdcId], [2, 2, 'SDC010000033'])
  })

  it('counts kinds apart and all together', async () => {
    await save()
    const { data } = await save(REFUND)
    assert.deepEqual([data?.rcptNo, data?.totRcptNo], [1, 2])
  })

  it('answers 994 without data, whatever the second body says', async () => {
    await save()
    for (const more of [{}, { pmtTyCd: '01' }, { taxAmtB: 1 }]) {
      const { resultCd, data } = await save(more)
      assert.deepEqual([resultCd, data], ['994', null])
    }
    assert.equal((await ledger()).length, 1)
  })

  it('takes numbers upwards only', async () => {
    await save({ invcNo: 5 })
    assert.equal((await save({ invcNo: 4 })).resultCd, '910')
  })

  const wrong: readonly (readonly [name: string, more: object])[] = [
    ['a tax that is not 18/118', { taxAmtB: 30508, totTaxAmt: 30508, itemList: [item({ taxAmt: 30508 })] }],
    ['a tax cut off instead of rounded', { itemList: [item({ taxAmt: 30508.46 })] }],
    ['a third decimal', { itemList: [item({ taxAmt: 30508.474 })] }],
    ['a discount without a rate', { itemList: [item({ dcAmt: 5, taxblAmt: 199_995 })] }],
    ['a rate without a discount', { itemList: [item({ dcRt: 5 })] }],
    ['a price that is not the supply', { itemList: [item({ prc: 100 })] }],
    ['an unknown class', { itemList: [item({ taxTyCd: 'E' })] }],
    ['a class in the wrong column', { itemList: [item({ taxTyCd: 'A', taxAmt: 0 })] }],
    ['another rate', { taxRtB: 16 }],
    ['totals that do not add up', { totAmt: 200_001 }],
    ['a miscounted list', { totItemCnt: 2 }],
    ['an empty list', { totItemCnt: 0, itemList: [] }],
    ['a negative number, however deep', { receipt: { rptNo: -1 } }],
    ['a negative refund', { ...REFUND, totAmt: -200_000 }],
    ['a date that is none', { cfmDt: '20260231040000', salesDt: '20260231' }],
    ['a day that is another', { salesDt: '20260408' }],
    ['a sale of a sale', { orgInvcNo: 7 }],
    ['a refund without a reason', { ...REFUND, rfdRsnCd: '14' }],
    ['a number that is none', { invcNo: '1' }],
  ]
  for (const [name, more] of wrong)
    it(`answers 910 to ${name}, and signs nothing`, async () => {
      assert.equal((await save(more)).resultCd, '910')
      assert.deepEqual(await ledger(), [])
    })

  it('takes a discount that adds up', async () => {
    const line = { prc: 250_000, splyAmt: 250_000, dcRt: 20, dcAmt: 50_000 }
    assert.equal((await save({ itemList: [item(line)] })).resultCd, '000')
  })

  it('gives back no more than was sold', async () => {
    await save()
    assert.equal((await save(REFUND)).resultCd, '000')
    assert.equal((await save({ ...REFUND, invcNo: 3 })).resultCd, '910')
  })

  it('answers 922 to a refund before its sale, 921 for a declared day', async () => {
    assert.equal((await save(REFUND)).resultCd, '922')
    await set({ declaredTo: '20260407' })
    assert.equal((await save()).resultCd, '921')
    await set({ declaredTo: '20260406' })
    assert.equal((await save()).resultCd, '000')
  })

  for (const [code, buyer] of [
    ['881', { custTin: '100600570' }],
    ['882', { custTin: '100600570', prcOrdCd: 'short' }],
    ['884', { custTin: '1006', prcOrdCd: 'A1B2C3' }],
    ['000', { custTin: '100600570', prcOrdCd: 'A1B2C3' }],
  ] as const)
    it(`answers ${code} to ${JSON.stringify(buyer)}`, async () =>
      assert.equal((await save(buyer)).resultCd, code))

  it('answers 901 to a stranger and to an OSDC call without its key, 911 to no JSON', async () => {
    assert.equal((await save({ tin: '123456789' })).resultCd, '901')
    assert.equal((await save({ bhfId: '07' })).resultCd, '901')
    assert.equal((await on.post<Said>('/vsdc/saveTrnsSalesOsdc', body())).json.resultCd, '901')
    assert.equal((await on.post<Said>('/vsdc/trnsSales/saveSales', 'x')).json.resultCd, '911')
  })

  it('is introduced once: 902 without data after that', async () => {
    const ask = async () =>
      (await on.post<Said>('/vsdc/selectInitOsdcInfo', { tin: TIN, bhfId: '00', dvcSrlNo: 'X' })).json
    const first = await ask()
    assert.equal(first.resultCd, '000')
    const second = await ask()
    assert.deepEqual([second.resultCd, second.data], ['902', null])
  })

  it('signs for 24 hours without RRA, then 894 until it is back', async () => {
    await set({ online: false })
    await on.advance(DAY_MS - 5_000)
    assert.equal((await save()).resultCd, '000')
    await on.advance(5_000)
    assert.equal((await save({ invcNo: 2 })).resultCd, '894')
    await set({ online: true })
    assert.equal((await save({ invcNo: 2 })).resultCd, '000')
  })

  it('does one thing at a time, in the order it came, and tells who pressed it', async () => {
    await on.post('/vsdc/_scenario', { no: TIN, fault: 'delay', delayMs: 60, times: 1 })
    const first = save()
    await new Promise((resolve) => setTimeout(resolve, 20))
    const second = save({ invcNo: 2 })
    assert.deepEqual([(await first).resultCd, (await second).resultCd], ['000', '000'])
    assert.deepEqual(
      (await ledger()).map(({ invcNo }) => invcNo),
      [1, 2],
    )
    const { json } = await on.get<{ tin: string; mostInFlight: number }[]>('/vsdc/_device')
    assert.deepEqual(
      json.map(({ mostInFlight }) => mostInFlight),
      [2, 0],
    )
  })

  it('refuses a scenario it does not know', async () => {
    assert.equal((await on.post('/vsdc/_scenario', { outcome: '777' })).status, 400)
    assert.equal((await on.post('/vsdc/_device', { tin: '1' })).status, 400)
  })
})
