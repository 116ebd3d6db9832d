import assert from 'node:assert/strict'
import { mkdir } from 'node:fs/promises'
import type { Browser, Page } from 'playwright-core'
import { z } from 'zod'
import { type Simulators, startSimulators } from '../../simulators/server.ts'
import { launchBrowser } from '../support/browser.ts'
import { type Gateway, PHONE_NUMBER_ID, RIDER, startGateway } from './gateway.ts'

const PICTURES = '.artifacts'
const DESK = { width: 1440, height: 900 }

describe('the wall of phones', function () {
  this.timeout(60_000)
  let gateway: Gateway
  let simulators: Simulators
  let browser: Browser
  let page: Page
  const wrong: string[] = []

  before(async () => {
    await mkdir(PICTURES, { recursive: true })
    gateway = await startGateway(() => simulators.url)
    simulators = await startSimulators({
      port: 0,
      gatewayUrl: gateway.url,
      hookSecret: 'dev',
      whatsappAppSecret: 'dev-app-secret',
      phoneNumberId: PHONE_NUMBER_ID,
      seed: 1,
    })
    browser = await launchBrowser()
    page = await browser.newPage({ viewport: DESK })
    page.setDefaultTimeout(10_000)
    page.on('pageerror', (error) => wrong.push(error.message))
    page.on('console', (line) => line.type() === 'error' && wrong.push(line.text()))
    await page.goto(simulators.url)
    await page.locator('#live[data-live="true"]').waitFor()
  })

  after(async () => {
    await browser?.close()
    await simulators?.stop()
    gateway?.stop()
  })

  const phone = (id: 'feature' | 'whatsapp' | 'voice' | 'asked') => page.locator(`#${id}`)
  const button = (id: Parameters<typeof phone>[0], name: string | RegExp) =>
    phone(id).getByRole('button', { name, exact: true })
  const see = (id: Parameters<typeof phone>[0], words: string) => phone(id).getByText(words).first().waitFor()
  const press = async (id: Parameters<typeof phone>[0], keys: string) => {
    for (const key of keys) await phone(id).locator(`[data-key="${key}"]`).click()
  }

  const text = (to: string, message: string) =>
    fetch(`${simulators.url}/africastalking/version1/messaging`, {
      method: 'POST',
      headers: { apikey: 'key' },
      body: new URLSearchParams({ username: 'sandbox', to, message, from: 'Inzira' }),
    })

  it('dials a code by keypad and shows the screen', async () => {
    await press('feature', '*384*77#')
    assert.equal(await phone('feature').getByLabel('Code to dial').inputValue(), '*384*77#')
    await button('feature', 'Call or send').click()
    await see('feature', 'Welcome to Inzira')
  })

  it('answers a screen by keypad, by keyboard, and with letters tapped on the keys', async () => {
    const reply = phone('feature').getByLabel('Your reply')
    await press('feature', '12')
    await button('feature', 'Clear the last character').click()
    await button('feature', 'Call or send').click()
    await see('feature', 'Where are you?')
    await reply.fill('1')
    await reply.press('Enter')
    await see('feature', 'Where to?')
    await button('feature', 'The keypad writes digits').click()
    await press('feature', '5544')
    assert.equal(await reply.inputValue(), 'kh')
    for (const _ of 'kh') await button('feature', 'Clear the last character').click()
    await page.keyboard.type('Kimironko')
    assert.equal(await reply.inputValue(), 'Kimironko')
    await page.keyboard.press('Enter')
    await see('feature', 'RWF 1,150')
    await button('feature', 'The keypad writes letters').click()
    await press('feature', '1')
    await button('feature', 'Call or send').click()
    await see('feature', 'Finding a rider')
  })

  it("turns to the rider who got the job and answers it by a tap on the message's own words", async () => {
    await see('asked', 'Job 4821')
    assert.equal(await phone('asked').getByLabel('Asked next: number').inputValue(), RIDER)
    assert.deepEqual(await phone('asked').getByLabel('Quick replies').getByRole('button').allTextContents(), [
      'YES 4821',
      'NO 4821',
    ])
    await button('asked', 'YES 4821').click()
    await see('asked', 'Sent')
  })

  it('counts the unread SMS, asks for the payment on the screen, and shows the receipt once approved', async () => {
    const tab = phone('feature').getByRole('tab', { name: 'Messages, 1 unread' })
    await tab.waitFor()
    const prompt = phone('feature').getByRole('alertdialog', { name: 'Mobile money' })
    await prompt.waitFor()
    assert.match(await prompt.innerText(), /RWF\s*1,150[\s\S]*Inzira[\s\S]*Moto ride 4821/)
    await page.screenshot({ path: `${PICTURES}/wall-payment.png`, animations: 'disabled' })
    await button('feature', 'Approve').click()
    await prompt.waitFor({ state: 'hidden' })
    await phone('feature')
      .getByRole('tab', { name: /^Messages/ })
      .click()
    await see('feature', 'Start code 7306')
    await see('feature', 'Paid RWF 1,150')
    assert.equal(await (await fetch(`${simulators.url}/mtn/_ledger`)).text().then(statusOf), 'SUCCESSFUL')
  })

  it('chats: text, a pin, a row of a list, a button', async () => {
    const words = phone('whatsapp').getByLabel('Message', { exact: true })
    await words.fill('Muraho')
    await words.press('Enter')
    await phone('whatsapp')
      .getByRole('button', { name: /^Remera/ })
      .click()
    await see('whatsapp', 'Shall we find a rider?')
    await button('whatsapp', 'Yes').last().click()
    await button('whatsapp', 'Send a location').click()
    await button('whatsapp', 'Nyabugogo').click()
    await phone('whatsapp').locator('.map').waitFor()
    const interactive = gateway.chatted.map(({ interactive }) => interactive).filter(Boolean)
    assert.deepEqual(interactive, [
      { type: 'list_reply', list_reply: { id: 'remera', title: 'Remera' } },
      { type: 'button_reply', button_reply: { id: 'yes', title: 'Yes' } },
    ])
    await assertSoon(() => gateway.chatted.some(({ type }) => type === 'location'))
  })

  it('rings once, is called back, hears, and answers with a key', async () => {
    await button('voice', 'Call').click()
    await button('voice', 'Answer').click()
    await see('voice', 'press 1')
    await press('voice', '1')
    await see('voice', 'We are finding a rider')
    await see('voice', 'Call ended')
    assert.deepEqual(gateway.pressed, ['1'])
  })

  it('shows what passed on the wire, with masked phones', async () => {
    await page.getByRole('button', { name: /On the wire/ }).click()
    const rows = page.locator('#wires li')
    await rows.filter({ hasText: 'MTN MoMo' }).filter({ hasText: '+250788***001' }).first().waitFor()
    assert.equal(await rows.filter({ hasText: /\+2507\d{8}/ }).count(), 0)
    await page.getByRole('button', { name: /On the wire/ }).click()
  })

  it('goes to another phone when its number is changed, and refuses a number that is none', async () => {
    const number = page.getByLabel('Feature phone: number')
    await number.fill('0788')
    await number.press('Enter')
    assert.equal(await number.getAttribute('aria-invalid'), 'true')
    await see('feature', 'Paid RWF 1,150')
    await number.fill('+250788000009')
    await number.press('Enter')
    await see('feature', 'No messages yet')
  })

  it('plays a story: its people take the phones, and its texts and places are offered', async () => {
    await page.getByRole('button', { name: /^Algiers to Oran/ }).click()
    assert.match(await page.getByLabel('Feature phone: number').inputValue(), /^\+213/)
    assert.match(await page.getByLabel('Voice: number').inputValue(), /^\+213/)
    assert.match(await page.getByLabel('Asked next: number').inputValue(), /^\+213/)
    await see('asked', 'The conductor')
    await button('feature', /^BUS Alger to Oran/).waitFor()
    await button('whatsapp', 'Send a location').click()
    await button('whatsapp', 'Oran').waitFor()
  })

  it('goes to whoever is asked next, of any country, unless told to stay', async () => {
    const next = page.getByLabel('Asked next: number')
    await text('+923000010007', 'Load 7730 fits your vehicle. To offer: BID 7730 and your price')
    await button('asked', 'BID 7730 ...').click()
    assert.equal(await next.inputValue(), '+923000010007')
    assert.equal(await phone('asked').getByLabel('New SMS to Inzira').inputValue(), 'BID 7730 ')
    await text('+213550020001', 'Reply YES 4821')
    await page.getByLabel('stay').check()
    await text('+2348030000101', 'Order 4828: pack it. When packed, reply PICKED 4828')
    await button('feature', 'YES 4821').waitFor()
    assert.equal(await next.inputValue(), '+923000010007')
    await page.getByLabel('stay').uncheck()
  })

  it('opens the card page behind a link, and pays', async () => {
    const order = new URLSearchParams({
      ...{ userName: 'inzira', password: 'inzira-password', orderNumber: '1509', amount: '120000' },
      ...{ currency: '012', returnUrl: `${simulators.url}/_health`, failUrl: `${simulators.url}/_clock` },
      ...{ language: 'FR', jsonParams: '{"force_terminal_id":"E010901234","udf1":"1509"}' },
    })
    const registered = await (await fetch(`${simulators.url}/satim/register.do?${order}`)).text()
    const { formUrl } = z.object({ formUrl: z.string() }).parse(JSON.parse(registered))
    await text('+213550020001', `Pay DZD 1,200.00 for trip 1509 here: ${formUrl}`)
    await phone('feature').getByRole('link', { name: formUrl }).click()
    const card = page.frameLocator('.paypage iframe')
    await card.getByText('DZD 1,200.00').waitFor()
    await card.getByRole('button', { name: 'Pay' }).click()
    await card.getByText('"ok":true').waitFor()
    await page.getByRole('button', { name: 'Close' }).click()
    assert.equal(await (await fetch(`${simulators.url}/satim/_ledger`)).text().then(statusOf), 'deposited')
  })

  it('fits a narrow window', async () => {
    await page.setViewportSize({ width: 390, height: 844 })
    const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    await page.screenshot({ path: `${PICTURES}/wall-narrow.png` })
    await page.setViewportSize(DESK)
    assert.equal(over, 0)
  })

  it('made no error on the way', () => assert.deepEqual(wrong, []))
})

/** Status of the only payment in a ledger. */
function statusOf(ledger: string): unknown {
  const payments: unknown = JSON.parse(ledger)
  assert.ok(Array.isArray(payments) && payments.length === 1, ledger)
  return payments[0].status
}

async function assertSoon(holds: () => boolean, withinMs = 3_000): Promise<void> {
  const until = Date.now() + withinMs
  while (!holds() && Date.now() < until) await new Promise((resolve) => setTimeout(resolve, 20))
  assert.ok(holds())
}
