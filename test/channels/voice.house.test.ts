import assert from 'node:assert/strict'
import { z } from 'zod'
import { VOICE_GATEWAYS } from '../../src/core/base/channels.ts'
import { startWorld, type World } from '../support/world.ts'
import { until } from './smpp-stage.ts'

const PERSON = '+250788000337'
/** Ride, where from, a stage code, yes. */
const KEYS = ['1', '1#', '103#', '1'] as const

const Call = z.object({
  ...{ sessionId: z.string(), state: z.string(), direction: z.string() },
  says: z.array(z.string()),
})

describe('a ride, booked by who rings once', function () {
  this.timeout(60_000)
  /** What is heard, by who carried it. */
  const heard = new Map<string, string[]>()

  for (const gateway of VOICE_GATEWAYS)
    it(`through ${gateway}`, async () => {
      const world: World = await startWorld({ VOICE_GATEWAY: gateway })
      const hand = async (doing: string, body: object) =>
        Call.parse(await world.post(`/${gateway}/_handset/${doing}`, body))
      const calls = async () => {
        const all = await world.get(`/${gateway}/_handset/calls?phone=${encodeURIComponent(PERSON)}`)
        return z.array(Call).parse(all)
      }
      const ringing = async () => (await calls()).find(({ direction }) => direction === 'Outbound')
      try {
        assert.equal((await hand('call', { phone: PERSON })).state, 'Rejected')
        await until('called back', async () => (await ringing()) !== undefined)
        const { sessionId = '' } = (await ringing()) ?? {}
        let call = await hand('answer', { sessionId })
        for (const digits of KEYS) call = await hand('digits', { sessionId, digits })
        assert.deepEqual([call.state, call.says.at(-1)], ['Completed', 'Finding a rider. We will text you.'])
        heard.set(gateway, call.says)
        const bookings = await world.db('instances').where({ owner: PERSON, flow: 'booking' })
        assert.equal(bookings.length, 1)
      } finally {
        await world.stop()
      }
    })

  it('says the same whoever carries it', () => {
    const [first, ...others] = heard.values()
    assert.equal(others.length, VOICE_GATEWAYS.length - 1)
    for (const other of others) assert.deepEqual(other, first)
  })
})
