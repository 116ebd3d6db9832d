import assert from 'node:assert/strict'
import { mkdir } from 'node:fs/promises'
import type { Browser, Page } from 'playwright-core'
import { launchBrowser } from '../support/browser.ts'
import { startWorld, type World } from '../support/world.ts'

const PICTURES = '.artifacts'

describe('a ride on the wall of phones, from dial to stars', function () {
  this.timeout(90_000)
  let world: World
  let browser: Browser
  let page: Page
  const wrong: string[] = []

  before(async () => {
    await mkdir(PICTURES, { recursive: true })
    world = await startWorld()
    browser = await launchBrowser()
    page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
    page.setDefaultTimeout(15_000)
    page.on('pageerror', (error) => wrong.push(error.message))
    await page.goto(world.simulators)
    await page.locator('#live[data-live="true"]').waitFor()
  })

  after(async () => {
    await browser?.close()
    await world?.stop()
  })

  const phone = (id: 'feature' | 'asked') => page.locator(`#${id}`)
  const button = (id: 'feature' | 'asked', name: string | RegExp) => phone(id).getByRole('button', { name })
  const see = (id: 'feature' | 'asked', words: string | RegExp) =>
    phone(id).getByText(words).first().waitFor()
  const send = (id: 'feature' | 'asked') => button(id, 'Call or send').click()
  const press = async (id: 'feature' | 'asked', keys: string) => {
    for (const key of keys) await phone(id).locator(`[data-key="${key}"]`).click()
  }

  it('books by keypad', async () => {
    await press('feature', '*384*77#')
    await send('feature')
    await see('feature', '1 Ride')
    for (const [key, next] of [
      ['1', 'Where are you?'],
      ['1', 'Where to?'],
      ['2', 'RWF'],
    ] as const) {
      await press('feature', key)
      await send('feature')
      await see('feature', next)
    }
    await press('feature', '1')
    await send('feature')
    await see('feature', 'Finding a rider')
  })

  it("is accepted on the rider's phone, and paid on the customer's", async () => {
    await button('asked', /^YES \d+$/).click()
    await see('asked', /is yours/)
    const approve = phone('feature').getByRole('button', { name: 'Approve', exact: true })
    await approve.waitFor()
    await page.screenshot({ path: `${PICTURES}/journey-payment.png`, animations: 'disabled' })
    await approve.click()
    await world.hears('+250788000001', /^Paid RWF/)
    await see('asked', /Paid by phone/)
  })

  it('goes its way by text, and is rated', async () => {
    const [, start = ''] = await world.hears('+250788000001', /^Paid .*Start code (\d{4})/)
    const [, rider = ''] = await world.hears('+250788000001', /(\+2507881000\d\d)/)
    const [, code = ''] = await world.hears(rider, /Job (\d+):/)
    await button('asked', /^ARRIVED \d+$/).click()
    await world.hears('+250788000001', /is here, plate/)
    await world.text(rider, `START ${code} ${start}`)
    await world.hears(rider, /reply DONE/)
    await button('asked', /^DONE \d+$/).click()
    await world.hears('+250788000001', /How was/)
    await page.screenshot({ path: `${PICTURES}/journey-arrived.png` })
    await world.text('+250788000001', '5')
    await world.hears('+250788000001', /Thank you/)
    const [stars] = await world.db('drivers').where({ phone: rider }).select('stars_sum', 'stars_count')
    assert.deepEqual(stars, { stars_sum: 5, stars_count: 1 })
    assert.deepEqual(wrong, [])
  })
})
