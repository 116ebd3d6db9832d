import assert from 'node:assert/strict'
import { z } from 'zod'
import { startWorld, type World } from '../support/world.ts'

const rows = z.array(z.looseObject({}))

/** Whole rides over the real application, each paid another way. */
describe('ways to pay', function () {
  this.timeout(60_000)
  let world: World
  const town = (settings: Readonly<Record<string, string>>) => {
    before(async () => {
      world = await startWorld(settings)
    })
    after(() => world.stop())
  }
  const ledger = async (name: string) => rows.parse(await world.get(`/${name}/_ledger`))

  /** Books from Nyabugogo to Kimironko and has the rider say yes. @returns the trip's code */
  async function book(phone: string): Promise<string> {
    for (const text of ['', '1', '1*1', '1*1*2', '1*1*2*1']) await world.hop(phone, `pay-${phone}`, text)
    const rider = '+250788100001'
    const [, code = ''] = await world.hears(rider, /reply YES (\d+)/i)
    await world.text(rider, `YES ${code}`)
    return code
  }

  describe('by the number of who pays', () => {
    town({ PAYMENTS: 'airtel,mtn', MTN_NUMBERS: '+25078,+25079' })

    it('Airtel asks its own customers', async () => {
      const code = await book('+250733000321')
      await world.hears('+250733000321', new RegExp(`Paid RWF 1,620, trip ${code}`), 20_000)
      assert.equal((await ledger('airtel')).length, 1)
      assert.equal((await ledger('mtn')).length, 0)
    })
  })

  describe('by card', () => {
    town({ PAYMENTS: 'stripe' })

    it('sends the address of the page, and goes on once it was paid there', async () => {
      const phone = '+250788000322'
      const code = await book(phone)
      const [, url = ''] = await world.hears(phone, new RegExp(`Pay RWF 1,620 for trip ${code} here: (\\S+)`))
      const orderId = /cs_\w+/.exec(url)?.[0]
      await world.post('/stripe/_card', { orderId, pan: '4242424242424242' })
      await world.hears(phone, new RegExp(`Paid RWF 1,620, trip ${code}`), 20_000)
      assert.equal((await ledger('stripe')).length, 1)
    })
  })

  describe('where nobody takes the number', () => {
    town({ PAYMENTS: 'airtel' })

    it('cash is left', async () => {
      const phone = '+250788000323'
      await book(phone)
      await world.hears(phone, /Mobile money is not answering[\s\S]*Pay the rider cash/)
      assert.equal((await ledger('airtel')).length, 0)
    })
  })
})
