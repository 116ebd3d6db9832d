import assert from 'node:assert/strict'
import { parseXml } from '../../simulators/africastalking/xml.ts'
import { readOutbound } from '../../simulators/whatsapp/outbound.ts'
import { segments } from '../../src/channels/sms/codec.ts'
import { MAX_SPOKEN_CHARACTERS } from '../../src/channels/voice/codec.ts'
import { readMessage } from '../../src/channels/whatsapp/message.ts'
import { formatMoney } from '../../src/core/base/money.ts'
import { FLOW_NAMES } from '../../src/core/run/flow.ts'
import { CHANNELS, type ChannelName } from '../../src/core/talk/channel.ts'
import { septets } from '../../src/core/talk/gsm7.ts'
import type { View } from '../../src/core/talk/prompt.ts'
import { telling, viewOf } from '../../src/core/talk/view.ts'
import { shared } from '../../src/flows/effects.ts'
import { flows } from '../../src/flows/index.ts'
import { en } from '../../src/flows/words/en.ts'
import { fr } from '../../src/flows/words/fr.ts'
import { LANGUAGES, type Language, render } from '../../src/flows/words/index.ts'
import { rw } from '../../src/flows/words/rw.ts'
import { type Data, LONG, TYPICAL, WORST } from './data.ts'
import { CODECS, hugeViews, otherViews, pagesOf, screensOf, script, VIEWER, WORD_KEYS } from './views.ts'
import { edges, walks } from './walk.ts'

const USSD_SEPTETS = 160
/** The first screen of a session leaves room for what a network adds to it. */
const FIRST_USSD_SEPTETS = 140
/** Three parts of 153. */
const SMS_SEPTETS = 459
const ONE_SMS_SEPTETS = 160
const TWO_SMS_SEPTETS = 306

/** What a text costs on the air. @throws AssertionError naming the first character that no GSM-7 phone can show */
function cost(text: string): number {
  const all = septets(text)
  if (all !== undefined) return all
  const stranger = [...text].find((character) => septets(character) === undefined)
  return assert.fail(`${JSON.stringify(stranger)} is not in GSM-7: ${text}`)
}

const within = (text: string, most: number): void =>
  assert.ok(cost(text) <= most, `${cost(text)} septets of ${most}: ${text}`)

/** What each channel can show. */
const FITS: Readonly<Record<ChannelName, (drawn: string) => void>> = {
  ussd(drawn) {
    assert.match(drawn, /^(?:CON|END) \S/)
    within(drawn, USSD_SEPTETS)
  },
  sms(drawn) {
    within(drawn, SMS_SEPTETS)
    assert.ok(segments(drawn) <= 3)
  },
  whatsapp(drawn) {
    assert.ok(readMessage(drawn), drawn)
    // The stand-in has read the provider's limits for itself.
    readOutbound(JSON.parse(drawn))
  },
  voice(drawn) {
    const root = parseXml(drawn)
    assert.equal(root.name, 'Response')
    const said = root.children.flatMap((action) => (action.name === 'Say' ? [action] : action.children))
    assert.ok(said.length > 0)
    for (const { name, text } of said) {
      assert.equal(name, 'Say')
      assert.ok(text.trim() !== '' && text.length <= MAX_SPOKEN_CHARACTERS, text)
    }
  },
  rest: (drawn) => assert.equal(typeof JSON.parse(drawn).prompt.say, 'string'),
}

function fits(view: View): void {
  for (const channel of CHANNELS)
    for (const page of pagesOf(channel, view)) FITS[channel](CODECS[channel].codec.encode(page))
}

/** Every text that leaves unasked, by what it says: `say` as it is, `show` as the screen it shows. */
function news(data: Data): Map<string, (language: Language) => string> {
  const found = new Map<string, (language: Language) => string>()
  const add = (key: string, of: (language: Language) => View) =>
    found.set(key, (language) => CODECS.sms.codec.encode(of(language)))
  for (const name of FLOW_NAMES) {
    const all = walks(name, data)
    const opening = all.flatMap((walk) => walk.opening.map((effect) => ({ effect, after: walk.start })))
    const later = edges(all, data).flatMap(({ effects, after }) =>
      effects.map((effect) => ({ effect, after })),
    )
    for (const { effect, after } of [...opening, ...later]) {
      if (effect.type === 'say') {
        const { phrase } = shared.say.parse(effect.params)
        const say = (language: Language) => render(phrase, language)
        add(`${phrase.key} ${JSON.stringify(phrase.args)}`, (language) =>
          viewOf(
            telling({ kind: 'tell', id: phrase.key, say: say(language), next: 'end' }, language),
            script,
          ),
        )
      }
      if (effect.type === 'show') {
        const flow = all[0]?.flow
        assert.ok(flow)
        const prompt = flow.screen(after, VIEWER[name], 'en')
        add(`${prompt.id} ${prompt.say}`, (language) =>
          viewOf(telling(flow.screen(after, VIEWER[name], language), language), script),
        )
      }
    }
  }
  return found
}

/** Everything the brief of a confirmation asks for, and all that a driver is sent. */
const EXPECTED_NEWS = [
  ...['riderFound', 'receipt', 'cashTrip', 'driverHere', 'driverLeft', 'refusedNobody', 'lapsed'],
  ...['refunded', 'refundComing', 'refundAsked', 'notRefunded', 'owed', 'handed', 'unpaid', 'rating'],
  ...['offer', 'job_wait', 'here', 'aboard', 'done', 'offerGone', 'jobCancelled'],
]

const slots = (text: string): string[] =>
  [...text.matchAll(/\{(\w+)\}/g)].map(([, slot]) => slot ?? '').sort()

describe('every screen fits its channel', () => {
  for (const [size, data] of [
    ['ordinary', TYPICAL],
    ['longest', WORST],
  ] as const)
    describe(`with the ${size} names and amounts`, () => {
      for (const name of FLOW_NAMES)
        for (const language of LANGUAGES)
          it(`${name} in ${language}`, () => {
            for (const screen of screensOf(flows[name], data))
              for (const view of screen.in(language)) fits(view)
          })

      for (const language of LANGUAGES)
        it(`menus, questions and texts in ${language}`, () => {
          for (const view of otherViews(data, formatMoney(data.price), language)) fits(view)
        })
    })

  for (const language of LANGUAGES)
    it(`the first screen of a session in ${language}`, () => {
      for (const isDriver of [false, true]) {
        const view = viewOf(telling(script.menu(language, isDriver), language), script)
        within(CODECS.ussd.codec.encode(view), FIRST_USSD_SEPTETS)
      }
    })

  for (const language of LANGUAGES)
    it(`and so do screens far larger than ours in ${language}`, () => {
      for (const view of hugeViews(language)) fits(view)
    })

  it('on USSD in as many pages as there must be, and no more', () => {
    const view = viewOf(telling(script.menu('en', false), 'en'), script)
    const pages = pagesOf('ussd', view)
    assert.ok(pages.length <= 2, `${pages.length} pages`)
  })
})

describe('every text sent unasked', () => {
  for (const [size, data, most] of [
    ['ordinary', TYPICAL, ONE_SMS_SEPTETS],
    ['longest Kigali', LONG, ONE_SMS_SEPTETS],
    ['longest', WORST, TWO_SMS_SEPTETS],
  ] as const)
    describe(`with the ${size} names and amounts`, () => {
      const all = news(data)

      it('is among those looked at', () => {
        const keys = new Set([...all.keys()].map((key) => key.split(' ')[0]))
        assert.deepEqual(
          EXPECTED_NEWS.filter((key) => !keys.has(key)),
          [],
        )
      })

      for (const language of LANGUAGES)
        it(`costs at most ${most} septets in ${language}`, () => {
          const over = [...all.values()].map((of) => of(language)).filter((text) => cost(text) > most)
          assert.deepEqual(
            over.map((text) => `${cost(text)}: ${text}`),
            [],
          )
        })
    })
})

describe('every language', () => {
  for (const [language, words] of Object.entries({ en, rw, fr }))
    it(`${language} has the slots of English in every text, and only letters of GSM-7`, () => {
      for (const key of WORD_KEYS) {
        assert.deepEqual([key, slots(words[key])], [key, slots(en[key])])
        cost(words[key])
      }
    })
})
