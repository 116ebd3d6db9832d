import assert from 'node:assert/strict'
import { once } from 'node:events'
import { z } from 'zod'
import { pickUpPhones } from '../chaos/phones.ts'
import type { Plan } from '../chaos/plan.ts'
import { createStreet } from '../chaos/street.ts'
import { startWorld, type World } from '../support/world.ts'

const story = z.object({
  id: z.enum(['moto', 'parcel', 'bus', 'load', 'order']),
  phones: z.tuple([z.string(), z.string(), z.string()]),
  asked: z.object({ phone: z.string() }),
  openings: z.tuple([z.string()]).rest(z.string()),
})
type Story = z.infer<typeof story>

const LINES = { moto: 'ride', parcel: 'parcel', bus: 'bus', load: 'freight', order: 'order' } as const
/** Of each link to pay by, the card that pays. */
const CARDS = { stripe: '4242424242424242', satim: '6280581110007215' } as const
const PAGE = /https?:\/\/\S+\/(stripe|satim)\/pay\/\S+/
const WITHIN_MS = 60_000

/** Somebody who says yes to everything and pays by whatever link they get. */
const planOf = ({ id, phones: [phone, , receiver] }: Story): Plan => ({
  ...{ phone, receiver, line: LINES[id], from: 0, to: 0, day: '', product: 0 },
  ...{ cancels: false, rates: true, whenUnpaid: /Try again/, chance: () => false },
})

const STORIES = new URL('../../simulators/wall/stories.js', import.meta.url).href

describe('the stories of the wall, as they open by text on the demo', () => {
  let world: World
  let stories: readonly Story[]
  before(async function () {
    this.timeout(60_000)
    const page: unknown = await import(STORIES)
    stories = z.object({ stories: z.array(story) }).parse(page).stories
    world = await startWorld({ PAYMENTS: 'mtn,satim,stripe' })
  })
  after(() => world.stop())

  /** Plays it until the customer is asked how it was, or, with a ticket for another day, sits in the bus. */
  async function play(told: Story): Promise<void> {
    const plan = planOf(told)
    const street = createStreet([plan], world.text, told.asked.phone)
    const over = new AbortController()
    const heard: string[] = []
    const hear = (phone: string, text: string) => {
      heard.push(`${phone} ${text}`)
      const isMine = phone === plan.phone
      const [page, by] = PAGE.exec(text) ?? []
      if (isMine && page && (by === 'stripe' || by === 'satim')) void pay(page, CARDS[by])
      if (isMine && /Who travels\?/.test(text)) void world.text(phone, '1')
      else if (isMine && /\n1 Yes/.test(text) && !/, with /.test(text)) void world.text(phone, 'YES')
      else street.hear(phone, text)
      const isAboard = phone === told.asked.phone && /Ticket \d+ is good/.test(text)
      if (street.arrivals.has(plan.phone) || isAboard) over.abort()
    }
    const phones = await pickUpPhones(world.simulators, hear, async () => {})
    try {
      await world.text(plan.phone, told.openings[0])
      await once(AbortSignal.any([over.signal, AbortSignal.timeout(WITHIN_MS)]), 'abort')
      assert.ok(over.signal.aborted, `never over:\n${heard.join('\n\n')}`)
    } finally {
      phones.stop()
      street.stop()
    }
  }
  const pay = (page: string, pan: string) =>
    fetch(page, { method: 'POST', body: new URLSearchParams({ pan }), redirect: 'manual' })

  it('are one for each line', () =>
    assert.deepEqual(stories.map(({ id }) => id).sort(), Object.keys(LINES).sort()))

  for (const id of Object.keys(LINES))
    it(`go on to their end: ${id}`, async function () {
      this.timeout(WITHIN_MS + 10_000)
      const told = stories.find((one) => one.id === id)
      assert.ok(told)
      await play(told)
    })
})
