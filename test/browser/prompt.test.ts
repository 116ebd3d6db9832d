import assert from 'node:assert/strict'
import { mkdir } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Browser, Page } from 'playwright-core'
import { z } from 'zod'
import { launchBrowser } from '../support/browser.ts'
import { movableClock } from '../support/clock.ts'
import { startWorld, type World } from '../support/world.ts'

const PICTURES = '.artifacts'
/** From Nyabugogo to Kimironko, confirmed. */
const RIDE = '*384*77*1*101*103*1#'
/** A little more than a prompt is open, and a little less than a late payer takes. */
const OVER_MS = 310_000
const LATER_MS = 70_000
const LOOKS = 40

const ledger = z.array(z.object({ kind: z.string(), status: z.string(), reason: z.string().optional() }))

describe("the payer's prompt, and what each answer to it leads to", function () {
  this.timeout(60_000)
  const clock = movableClock()
  let world: World
  let browser: Browser
  let page: Page

  before(async () => {
    await mkdir(PICTURES, { recursive: true })
    ;[world, browser] = await Promise.all([startWorld({}, clock), launchBrowser()])
    page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
    page.setDefaultTimeout(10_000)
    await page.goto(world.simulators)
    await page.locator('#live[data-live="true"]').waitFor()
  })

  after(async () => {
    await browser?.close()
    await world?.stop()
  })

  const phone = (id: 'feature' | 'asked') => page.locator(`#${id}`)
  const see = (words: string | RegExp) => phone('feature').getByText(words).first().waitFor()
  const tab = (name: RegExp) => phone('feature').getByRole('tab', { name }).click()
  const prompt = () => phone('feature').getByRole('alertdialog', { name: 'Mobile money' })
  const answer = async (name: string) => {
    const told = name === 'Ignore' ? undefined : page.waitForResponse(/\/mtn\/_handset\/decide$/)
    await prompt().getByRole('button', { name, exact: true }).click()
    assert.equal((await told)?.status() ?? 200, 200)
    await prompt().waitFor({ state: 'hidden' })
  }

  async function dial(code: string): Promise<string> {
    await tab(/^Phone/)
    await phone('feature').getByRole('button', { name: 'End', exact: true }).click()
    await phone('feature').getByLabel('Code to dial').fill(code)
    await phone('feature').getByRole('button', { name: 'Call or send', exact: true }).click()
    await phone('feature').locator('.ussd:is([data-state="asking"], [data-state="over"])').waitFor()
    return phone('feature').locator('.lcd-said').innerText()
  }

  /** Dials again and again until the screen fits, for the house asks the provider in its own time. */
  async function redial(pattern: RegExp): Promise<void> {
    let screen = ''
    for (let look = 0; look < LOOKS && !pattern.test(screen); look++) {
      if (look > 0) await sleep(100)
      screen = await dial('*384*77#')
    }
    assert.match(screen, pattern)
  }

  /** A ride up to the prompt, on the wall: a phone of its own for each story. */
  async function ask(customer: string): Promise<void> {
    await world.db('drivers').update({ seen_at: clock.now() })
    const number = page.getByLabel('Feature phone: number')
    await number.fill(customer)
    await number.press('Enter')
    assert.match(await dial(RIDE), /Finding a rider/)
    await phone('asked')
      .getByRole('button', { name: /^YES \d+$/ })
      .click()
    await prompt().waitFor()
  }

  async function wait(byMs: number): Promise<void> {
    clock.advance(byMs)
    await world.post('/_clock', { advanceMs: byMs })
  }

  const books = async (customer: string) =>
    ledger
      .parse(await world.get(`/mtn/_ledger?msisdn=${customer.slice(1)}`))
      .map(({ kind, status, reason = '' }) => `${kind} ${status} ${reason}`.trim())

  it('asks for an amount, for whom and for what', async () => {
    await ask('+250788000041')
    assert.match(await prompt().innerText(), /RWF\s*1,620[\s\S]*to Inzira for trip \d+/)
    const names = await prompt().getByRole('button').allTextContents()
    assert.deepEqual(names, ['Approve', 'Decline', 'Approve late', 'Ignore'])
    await page.screenshot({ path: `${PICTURES}/prompt.png`, animations: 'disabled' })
  })

  it('approved: the receipt, with the start code', async () => {
    await answer('Approve')
    await tab(/^Messages/)
    await see(/^Paid RWF 1,620, trip \d+.*Start code \d{4}/)
    assert.deepEqual(await books('+250788000041'), ['collect SUCCESSFUL'])
  })

  it('declined: said so, and may be tried again', async () => {
    await ask('+250788000042')
    await answer('Decline')
    await tab(/^Messages/)
    await see(/You declined the payment\..*1 Try again.*2 Pay the rider cash.*3 Cancel trip/s)
    await redial(/You declined the payment[\s\S]*1 Try again/)
    assert.deepEqual(await books('+250788000042'), ['collect FAILED APPROVAL_REJECTED'])
    await phone('feature').getByLabel('Your reply').fill('1')
    await phone('feature').getByRole('button', { name: 'Call or send', exact: true }).click()
    await answer('Approve')
    await tab(/^Messages/)
    await see(/^Paid RWF 1,620/)
    assert.deepEqual(await books('+250788000042'), ['collect FAILED APPROVAL_REJECTED', 'collect SUCCESSFUL'])
  })

  it('ignored: it expires, and nothing was paid', async () => {
    await ask('+250788000043')
    await answer('Ignore')
    await redial(/Approve RWF 1,620 on your phone/)
    await wait(OVER_MS)
    await tab(/^Messages/)
    await see(/The payment was not approved in time\..*1 Try again.*2 Pay the rider cash.*3 Cancel trip/s)
    assert.deepEqual(await books('+250788000043'), ['collect FAILED EXPIRED'])
  })

  it('approved late: "Do not pay again" meanwhile, then the receipt', async () => {
    await ask('+250788000044')
    await answer('Approve late')
    await wait(OVER_MS)
    await redial(/We are confirming with your operator\. Do not pay again\./)
    await page.screenshot({ path: `${PICTURES}/prompt-unsure.png`, animations: 'disabled' })
    assert.deepEqual(await books('+250788000044'), ['collect PENDING'])
    await wait(LATER_MS)
    await tab(/^Messages/)
    await see(/^Paid RWF 1,620/)
    assert.deepEqual(await books('+250788000044'), ['collect SUCCESSFUL'])
  })

  it('approved too late for the trip: all of it comes back', async () => {
    await ask('+250788000045')
    await answer('Approve late')
    await world.text('+250788000045', 'CANCEL')
    await tab(/^Messages/)
    await see(/^Cancelled\. You pay nothing\./)
    assert.deepEqual(await books('+250788000045'), ['collect PENDING'])
    await wait(OVER_MS + LATER_MS)
    await see(/^The payment for trip \d+ came too late\. RWF 1,620 comes back to you\./)
    await wait(5_000)
    await see(/^RWF 1,620 for trip \d+ was sent back to you\./)
    assert.deepEqual(await books('+250788000045'), ['collect SUCCESSFUL', 'refund SUCCESSFUL'])
  })
})
