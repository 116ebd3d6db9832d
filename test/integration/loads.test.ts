import assert from 'node:assert/strict'
import { offeringOf } from '../../src/core/sell/loads.ts'
import { createLoads } from '../../src/integrations/postgres/loads.ts'
import { type Caller, caller } from '../channels/rest-client.ts'
import { type Stage, stage } from '../channels/rest-stage.ts'
import { carriers } from '../conversations/carriers.ts'

const CARGO = { what: 'cement', vehicle: '8 t', from: 'Kigali', to: 'Huye', when: 'tomorrow' }

describe('loads near a carrier', function () {
  this.timeout(60_000)
  let house: Stage
  let shipper: Caller
  let akagera: Caller
  let ibirunga: Caller
  const codes: Record<string, string> = {}

  before(async () => {
    house = await stage()
    shipper = await caller(house)
    akagera = await caller(house)
    ibirunga = await caller(house)
    await carriers(house.db, Date.now(), { Akagera: akagera.phone, Ibirunga: ibirunga.phone })
    codes.kigali = await posted(shipper, {})
    codes.musanze = await posted(shipper, { from: 'Musanze', to: 'Huye' })
    codes.heavy = await posted(shipper, { vehicle: '20 t' })
    codes.own = await posted(akagera, { from: 'Kigali', to: 'Rubavu' })
  })
  after(() => house.stop())

  async function posted(by: Caller, given: object): Promise<string> {
    const { id, code } = await by.done('/v1/bookings', { line: 'freight', given: { ...CARGO, ...given } })
    await by.done(`/v1/bookings/${id}/answer`, { value: 'yes' })
    await house.settle()
    return String(code)
  }
  const near = async (who: Caller, limit = 10) =>
    (await createLoads(house.db).near(who.phone, limit)).map(({ code }) => code)

  it('are those that its vehicles can take, the nearest first, and nobody’s own', async () => {
    assert.deepEqual(await near(akagera), [codes.kigali, codes.musanze])
    assert.deepEqual(await near(ibirunga), [codes.musanze, codes.own, codes.kigali])
    assert.deepEqual(await near(akagera, 1), [codes.kigali])
  })

  it('are none for whoever is of no carrier, or whose papers are not in order', async () => {
    assert.deepEqual(await near(shipper), [])
    const papers = () => house.db('partner_papers').where({ partner: 'pt_rw_ibirunga' })
    await papers().update({ state: 'rejected' })
    assert.deepEqual(await near(ibirunga), [])
    await papers().update({ state: 'verified' })
  })

  it('are not for a vehicle that is on the road that day, nor once they are taken', async () => {
    const loads = createLoads(house.db)
    assert.equal(await loads.jobOf(ibirunga.phone), null)
    const { id } = await house.db('instances').where({ code: codes.musanze }).first('id')
    await ibirunga.done(`/v1/loads/${codes.musanze}/bids`, { amountMinor: 90_000 })
    await shipper.done(`/v1/bookings/${id}/answer`, { value: 'pt_rw_ibirunga' })
    await shipper.done(`/v1/bookings/${id}/answer`, { value: 'yes' })
    await house.settle()
    assert.deepEqual(await near(ibirunga), [])
    assert.deepEqual(await near(akagera), [codes.kigali])
  })

  it('are named in every language alike, and by a code that is theirs', async () => {
    const [load] = await createLoads(house.db).near(akagera.phone, 1)
    assert.ok(load)
    const [, month, day] = load.day.split('-')
    const label = `${codes.kigali} cement 10 t Kigali-Huye ${day}/${month}`
    assert.deepEqual(offeringOf(load), { code: codes.kigali, label, currency: 'RWF' })
  })
})
