import assert from 'node:assert/strict'
import { mkdir } from 'node:fs/promises'
import type { Browser, Page } from 'playwright-core'
import { z } from 'zod'
import { USSD_GATEWAYS } from '../../src/core/base/channels.ts'
import { launchBrowser } from '../support/browser.ts'
import { startWorld, type World } from '../support/world.ts'

const PICTURES = '.artifacts'
const DESK = { width: 1440, height: 900 }
const SMALL = { width: 360, height: 800 }
/** What is pressed for a ride, and what comes then. */
const RIDE = [
  ['1', 'Where are you?'],
  ['1', 'Where to?'],
  ['2', 'RWF 1,620'],
] as const

const spoken = z.object({ data: z.array(z.object({ code: z.string(), name: z.string() })) })
const sessions = z.array(
  z.object({
    status: z.string().optional(),
    hops: z.array(z.object({ text: z.string(), answer: z.string().optional() })),
  }),
)

/** What dialling again shows who was cut off at which hop: where they were, or the question whether to go on with it. */
const AGAIN = [/^Inzira/, /^Inzira/, /^Continue Moto ride\?/, /Nyabugogo -> Kimironko/] as const

describe('several devices on the wall, languages, and a network that is lost', function () {
  this.timeout(90_000)
  let world: World
  let browser: Browser
  let page: Page
  let callers = 0
  const wrong: string[] = []

  before(async () => {
    await mkdir(PICTURES, { recursive: true })
    ;[world, browser] = await Promise.all([
      startWorld({ USSD_GATEWAYS: USSD_GATEWAYS.join(',') }),
      launchBrowser(),
    ])
    page = await browser.newPage({ viewport: DESK })
    page.setDefaultTimeout(10_000)
    page.on('pageerror', (error) => wrong.push(error.message))
    await page.goto(world.simulators)
    await page.locator('#live[data-live="true"]').waitFor()
  })

  after(async () => {
    await browser?.close()
    await world?.stop()
  })

  const device = (id: 'feature' | 'whatsapp' | 'voice' | 'asked') => page.locator(`#${id}`)
  const button = (id: Parameters<typeof device>[0], name: string | RegExp) =>
    device(id).getByRole('button', { name, exact: true })
  const see = (id: Parameters<typeof device>[0], words: string | RegExp) =>
    device(id).getByText(words).first().waitFor()
  const tab = (name: RegExp) => device('feature').getByRole('tab', { name }).click()
  const number = (label: string) => page.getByLabel(`${label}: number`)
  const reply = () => device('feature').getByLabel('Your reply')
  const cutOff = (id: 'feature' | 'voice') =>
    button(id, id === 'feature' ? 'Feature phone: cut off' : 'Voice: cut off').click()
  const languageOf = async (person: string) =>
    (await world.db('conversations').where({ person }).first('language'))?.language

  /** Puts somebody new behind the first phone. */
  async function somebody(): Promise<string> {
    callers += 1
    const phone = `+2507880002${String(callers).padStart(2, '0')}`
    await number('Feature phone').fill(phone)
    await number('Feature phone').press('Enter')
    await tab(/^Phone/)
    return phone
  }

  async function dial(): Promise<void> {
    await button('feature', 'End').click()
    await button('feature', 'Call or send').click()
    await device('feature').locator('.ussd:is([data-state="asking"], [data-state="over"])').waitFor()
  }

  async function answer([key, next]: readonly [string, string]): Promise<void> {
    await reply().fill(key)
    await reply().press('Enter')
    await see('feature', next)
  }

  const lastSession = async (phone: string) =>
    sessions
      .parse(await world.get(`/africastalking/_handset/sessions?phone=${encodeURIComponent(phone)}`))
      .at(-1)

  describe('the languages', () => {
    let names: { code: string; name: string }[]

    const choose = async (owner: string, id: Parameters<typeof device>[0], name: string) => {
      await button(id, `${owner}: language`).click()
      await device(id)
        .getByRole('group', { name: `${owner}: languages` })
        .getByText(name, { exact: true })
        .click()
    }

    before(async () => {
      names = spoken.parse(await (await fetch(`${world.gateway}/v1/languages`)).json()).data
    })

    it('are those the gateway speaks', async () => {
      await button('feature', 'Feature phone: language').click()
      const list = device('feature').getByRole('group', { name: 'Feature phone: languages' })
      await list.getByRole('button').first().waitFor()
      assert.deepEqual(
        await list.getByRole('button').allTextContents(),
        names.map(({ name }) => name),
      )
      await page.keyboard.press('Escape')
      assert.equal(await list.isVisible(), false)
    })

    it('are each chosen by an SMS of its name, which is seen', async () => {
      const phone = await somebody()
      for (const { code, name } of names.toReversed()) {
        const before = (await world.inbox(phone)).length
        await choose('Feature phone', 'feature', name)
        await device('feature').locator('.lcd-messages .me').getByText(name, { exact: true }).waitFor()
        await device('feature').locator(`.lcd-messages .them >> nth=${before}`).waitFor()
        assert.equal(await languageOf(phone), code)
      }
    })

    it('are chosen in the chat, and by SMS on the phone that calls', async () => {
      await choose('WhatsApp', 'whatsapp', 'Francais')
      await see('whatsapp', /votre trajet/)
      await choose('Voice', 'voice', 'Ikinyarwanda')
      await world.hears(await number('Voice').inputValue(), /Ubufasha/)
    })
  })

  it('reads from the right what is written so, in all its lines', async () => {
    const to = await somebody()
    const message = 'إنزيرا\n1 دراجة\n8 English'
    await fetch(`${world.simulators}/africastalking/version1/messaging`, {
      method: 'POST',
      headers: { apikey: 'key' },
      body: new URLSearchParams({ username: 'sandbox', to, message, from: 'Inzira' }),
    })
    const text = device('feature').locator('.lcd-messages .them p')
    await tab(/^Messages/)
    await text.waitFor()
    const lines = await text.evaluate((paragraph) => {
      const range = document.createRange()
      range.selectNodeContents(paragraph)
      const edge = paragraph.getBoundingClientRect().right
      const pieces = [...range.getClientRects()].filter(({ width }) => width > 0)
      return new Set(pieces.filter(({ right }) => edge - right < 1).map(({ top }) => Math.round(top))).size
    })
    assert.equal(lines, 3)
  })

  describe('being cut off', () => {
    for (let hop = 0; hop <= RIDE.length; hop++)
      it(`at hop ${hop}: the answer was given and never seen, and dialling again goes on there`, async () => {
        const phone = await somebody()
        const last = RIDE[hop - 1]
        if (last) {
          await dial()
          for (const one of RIDE.slice(0, hop - 1)) await answer(one)
          await reply().fill(last[0])
        }
        await cutOff('feature')
        await see('feature', /^No network\./)
        const session = await lastSession(phone)
        assert.equal(session?.status, 'Incomplete')
        assert.equal(session.hops.length, hop + 1)
        const unseen = session.hops.at(-1)?.answer ?? ''
        assert.ok(unseen.startsWith('CON ') && unseen.includes(last?.[1] ?? '1 Ride'), unseen)
        await dial()
        assert.match(await device('feature').locator('.lcd-said').innerText(), AGAIN[hop] ?? /never/)
      })

    it('with nothing typed ends the session there', async () => {
      const phone = await somebody()
      await dial()
      await cutOff('feature')
      await see('feature', /^No network\./)
      const session = await lastSession(phone)
      assert.deepEqual([session?.status, session?.hops.length], ['Incomplete', 1])
    })

    it('through another aggregator is the same', async () => {
      await somebody()
      const through = page.getByLabel('Feature phone: dials through')
      assert.deepEqual(
        (
          await through.locator('option').evaluateAll((all) => all.map((one) => one.getAttribute('value')))
        ).sort(),
        [...USSD_GATEWAYS].sort(),
      )
      await through.selectOption('hubtel')
      await dial()
      for (const one of RIDE.slice(0, 2)) await answer(one)
      await reply().fill('2')
      await cutOff('feature')
      await see('feature', /^No network\./)
      await through.selectOption('arkesel')
      await dial()
      await see('feature', /Nyabugogo -> Kimironko/)
      await through.selectOption('africastalking')
    })

    it('in a call: the key arrived, what was said to it is not heard', async () => {
      await number('Voice').fill('+250788000299')
      await number('Voice').press('Enter')
      await button('voice', 'Call').click()
      await button('voice', 'Answer').click()
      await see('voice', 'On the line')
      await see('voice', /1/)
      await device('voice').locator('[data-key="1"]').click()
      await cutOff('voice')
      await see('voice', /^No network\./)
      assert.equal(await button('voice', 'Hang up').isVisible(), false)
    })
  })

  describe('two devices of one person', () => {
    let phone: string

    it('have one number, which only the first can change', async () => {
      phone = await somebody()
      const own = await number('WhatsApp').inputValue()
      await device('whatsapp').getByLabel('same person').check()
      assert.equal(await number('WhatsApp').inputValue(), phone)
      assert.equal(await number('WhatsApp').getAttribute('readonly'), '')
      phone = await somebody()
      assert.equal(await number('WhatsApp').inputValue(), phone)
      await device('whatsapp').getByLabel('same person').uncheck()
      assert.equal(await number('WhatsApp').inputValue(), own)
      await device('whatsapp').getByLabel('same person').check()
    })

    it('go on with one booking: begun on the first, lost there, ended in the chat', async () => {
      await dial()
      for (const one of RIDE.slice(0, 2)) await answer(one)
      await reply().fill('2')
      await cutOff('feature')
      const words = device('whatsapp').getByLabel('Message', { exact: true })
      await words.fill('?')
      await words.press('Enter')
      await see('whatsapp', /Nyabugogo -> Kimironko/)
      await button('whatsapp', 'Yes').click()
      await see('whatsapp', /Finding a rider/)
      const booked = await world.db('instances').where({ owner: phone, flow: 'booking' }).select('id')
      assert.equal(booked.length, 1)
    })

    it('are both told: the chat of the news, the phone with the SIM card of the payment, and the screen shows where it stands', async () => {
      await button('asked', /^YES \d+$/).click()
      const prompt = device('feature').getByRole('alertdialog', { name: 'Mobile money' })
      await prompt.waitFor()
      await see('whatsapp', /Approve RWF 1,620/)
      assert.equal(await device('whatsapp').getByRole('alertdialog').isVisible(), false)
      await page.screenshot({ path: `${PICTURES}/devices.png`, animations: 'disabled' })
      await prompt.getByRole('button', { name: 'Approve', exact: true }).click()
      await see('whatsapp', /Paid RWF 1,620/)
      await dial()
      await see('feature', /Start code \d{4}|is \d+ min|on the way/i)
      await device('whatsapp').getByLabel('same person').uncheck()
    })
  })

  for (const [name, size] of [
    ['desk', DESK],
    ['small', SMALL],
  ] as const)
    it(`fits a window of ${size.width} px`, async () => {
      await page.setViewportSize(size)
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), 0)
      const feet = await device('feature').locator('.feature').boundingBox()
      const strip = await page.locator('.strip').boundingBox()
      if (name === 'desk') assert.ok(feet && strip && feet.y + feet.height <= strip.y)
      await page.setViewportSize(DESK)
    })

  it('made no error on the way', () => assert.deepEqual(wrong, []))
})
