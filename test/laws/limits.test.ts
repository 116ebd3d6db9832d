import assert from 'node:assert/strict'
import { formatMoney } from '../../src/core/base/money.ts'
import { FLOW_NAMES, type FlowName, ROLES } from '../../src/core/run/flow.ts'
import { onAir } from '../../src/core/talk/air.ts'
import { CHANNELS, type ChannelName } from '../../src/core/talk/channel.ts'
import { optionsOf } from '../../src/core/talk/paginate.ts'
import type { View } from '../../src/core/talk/prompt.ts'
import { telling, viewOf } from '../../src/core/talk/view.ts'
import { shared } from '../../src/flows/effects.ts'
import { flows } from '../../src/flows/index.ts'
import { LANGUAGES, type Language, render, textOf } from '../../src/flows/words/index.ts'
import { type Budget, type Fault, faultsOf, forged, overParts } from './budgets.ts'
import { type Data, HOSTILE, LONG, TYPICAL, WORST } from './data.ts'
import {
  CODECS,
  hugeViews,
  menuOf,
  otherViews,
  pagesOf,
  screensOf,
  script,
  usualOf,
  WORD_KEYS,
} from './views.ts'
import { edges, walks } from './walk.ts'

/** A fault, and where it was seen. */
type Seen = Fault & { readonly state: string; readonly language: Language; readonly channel: ChannelName }

/** Six languages on a machine that has much else to do. */
const TIMEOUT_MS = 180_000

let drawn = 0

/** What does not fit of a view, page by page, on every channel. */
function seenOn(state: string, language: Language, view: View): Seen[] {
  const isFirst = view.prompt.kind === 'choose' && !view.canGoBack
  const said = [view.error ?? '', view.prompt.say, ...optionsOf(view.prompt).map(({ label }) => label)]
  const lines = forged(said.join(' ')).map((fault) => ({
    ...fault,
    ...{ state, language, channel: 'rest' as const },
  }))
  const faults = CHANNELS.flatMap((channel) =>
    pagesOf(channel, view).flatMap((page) => {
      drawn += 1
      return faultsOf(channel, CODECS[channel].codec.encode(page), isFirst).map((fault) => ({
        ...fault,
        ...{ state, language, channel },
      }))
    }),
  )
  return [...lines, ...faults]
}

/** @throws AssertionError with the shortest of what does not fit */
function allFit(seen: readonly Seen[]): void {
  const [shortest] = seen.toSorted((a, b) => a.text.length - b.text.length)
  if (!shortest) return
  const { state, language, channel, budget, length, most, text } = shortest
  assert.fail(
    `${seen.length} do not fit. The shortest: ${state}, ${language}, ${channel}, ${budget}: ${length} of ${most}:\n${text}`,
  )
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
        const { role } = shared.show.parse(effect.params)
        const prompt = flow.screen(after, role, 'en')
        add(`${prompt.id} ${prompt.say}`, (language) =>
          viewOf(telling(flow.screen(after, role, language), language), script),
        )
      }
    }
  }
  return found
}

/** Everything the brief of a confirmation asks for, and all that a driver is sent. */
const EXPECTED_NEWS = [
  ...['riderFound', 'receipt', 'cashTrip', 'driverHere', 'driverLeft', 'refusedNobody', 'lapsed'],
  ...['driverWaits', 'waited', 'carLeft', 'carNobody', 'carNobodyPaid'],
  ...['refunded', 'refundComing', 'refundAsked', 'notRefunded', 'owed', 'handed', 'unpaid', 'rating'],
  ...['offer', 'job_wait', 'here', 'aboard', 'done', 'offerGone', 'jobCancelled', 'notTaken'],
  ...['customerAgreed', 'customerDeclined', 'customerSilent', 'agentEarned', 'asked'],
]

const slots = (text: string): string[] =>
  [...text.matchAll(/\{(\w+)\}/g)].map(([, slot]) => slot ?? '').sort()

/** Names do the same harm in every language of an alphabet. */
const SIZES = [
  ['ordinary', TYPICAL, LANGUAGES],
  ['longest', WORST, LANGUAGES],
  ['hostile', HOSTILE, ['en', 'ar']],
] as const

describe('every screen fits its channel', function () {
  this.timeout(TIMEOUT_MS)
  after(() => {
    for (const [name, { reached, all }] of coverage())
      console.log(`    ${name}: ${reached.length} of ${all.length} states`)
    console.log(`    ${drawn} screens drawn, ${LANGUAGES.length} languages, ${CHANNELS.length} channels`)
  })

  it('in every state that there is', () => {
    for (const { reached, all } of coverage().values()) assert.deepEqual(reached, all)
  })

  for (const [size, data, languages] of SIZES)
    describe(`with the ${size} names and amounts`, () => {
      for (const name of FLOW_NAMES)
        for (const language of languages)
          it(`${name} in ${language}`, () =>
            allFit(
              screensOf(flows[name], data).flatMap((screen) =>
                screen.in(language).flatMap((view) => seenOn(screen.name, language, view)),
              ),
            ))

      for (const language of languages)
        it(`menus, questions and texts in ${language}`, () =>
          allFit(
            otherViews(data, formatMoney(data.price), language).flatMap((view) =>
              seenOn(view.prompt.id, language, view),
            ),
          ))
    })

  for (const language of LANGUAGES)
    it(`the first screen of a session in ${language}`, () =>
      allFit(
        ROLES.flatMap((role) =>
          [null, ...usualOf(TYPICAL), ...usualOf(LONG)].flatMap((usual) =>
            seenOn('menu', language, viewOf(telling(menuOf(language, role, usual), language), script)),
          ),
        ),
      ))

  for (const language of LANGUAGES)
    it(`and so do screens far larger than ours in ${language}`, () =>
      allFit(hugeViews(language).flatMap((view) => seenOn(view.prompt.id, language, view))))

  for (const language of LANGUAGES)
    it(`the menu takes few pages on USSD in ${language}`, () => {
      const view = viewOf(telling(menuOf(language, 'traveller', null), language), script)
      const pages = pagesOf('ussd', view)
      assert.ok(pages.length <= 3, `${pages.length} pages`)
    })
})

/** The states that some walk ends in, and those that there are. */
function coverage(): Map<FlowName, { readonly reached: readonly string[]; readonly all: readonly string[] }> {
  return new Map(
    FLOW_NAMES.map((name) => [
      name,
      {
        reached: [...new Set(walks(name, TYPICAL).map(({ end }) => end.state))].sort(),
        all: Object.keys(flows[name].machine.states).sort(),
      },
    ]),
  )
}

/** Letters that GSM-7 lacks take more than twice the room of those that it has. */
const UNASKED = [
  ['ordinary', TYPICAL, { name: 'one text', gsm7: 1, ucs2: 3 }],
  ['longest Kigali', LONG, { name: 'one text', gsm7: 1, ucs2: 3 }],
  ['longest', WORST, { name: 'two texts', gsm7: 2, ucs2: 5 }],
] as const satisfies readonly (readonly [string, Data, Budget])[]

describe('every text sent unasked', function () {
  this.timeout(TIMEOUT_MS)
  for (const [size, data, budget] of UNASKED)
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
        it(`takes at most ${budget.gsm7} parts of septets, or ${budget.ucs2} of UCS-2, in ${language}`, () =>
          allFit(
            [...all].flatMap(([state, of]) =>
              overParts(of(language), budget).map((fault) => ({
                ...fault,
                ...{ state, language, channel: 'sms' as const },
              })),
            ),
          ))
    })
})

/** What is set in front of numbers that would be turned around (`fromTheLeft`). */
const MARK = '\u200e'
/** Whose letters are not in GSM-7. */
const UCS2: readonly Language[] = ['ar', 'ur']

describe('every language', () => {
  for (const language of LANGUAGES)
    it(`${language} has the slots of English in every text, and only letters that are sent as they are`, () => {
      for (const key of WORD_KEYS) {
        const text = textOf(language, key)
        assert.deepEqual([key, slots(text)], [key, slots(textOf('en', key))])
        assert.equal(onAir(text).replaceAll(MARK, ''), text)
        assert.doesNotMatch(text, UCS2.includes(language) ? /[\p{M}\p{Cf}]/u : /[^\n\p{Script=Latin}\P{L}]/u)
      }
    })
})
