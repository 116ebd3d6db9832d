import assert from 'node:assert/strict'
import fc from 'fast-check'
import type { Option, Reply, View } from '../../src/core/talk/prompt.ts'
import {
  clean,
  fold,
  MAX_ANSWER_CHARACTERS,
  pinValue,
  readPick,
  readTyped,
} from '../../src/core/talk/reading.ts'
import { options, view } from '../channels/hosting.ts'

/** Every decimal digit of Unicode, in its order. */
const DIGITS = Array.from({ length: 0x110000 }, (_, point) => point)
  .filter((point) => point < 0xd800 || point > 0xdfff)
  .map((point) => String.fromCodePoint(point))
  .filter((character) => /\p{Nd}/u.test(character))

describe('what was typed', () => {
  it('has its digits read in every script: each ten in order are 0 to 9', () => {
    assert.ok(DIGITS.length >= 650 && DIGITS.length % 10 === 0, `${DIGITS.length} digits`)
    for (let n = 0; n < DIGITS.length; n += 10)
      assert.equal(clean(DIGITS.slice(n, n + 10).join('')), '0123456789', DIGITS[n])
    for (const [n, digit] of DIGITS.entries()) assert.equal(clean(digit), String(n % 10), digit)
  })

  it('has its digits read as the numbers of every country are written', () => {
    const written = Intl.supportedValuesOf('numberingSystem')
      .map((numberingSystem) => new Intl.NumberFormat('en', { numberingSystem, useGrouping: false }))
      .map((system) => system.format(9_876_543_210))
      .filter((number) => /^\p{Nd}{10}$/u.test(number))
    assert.ok(written.length >= 60, `${written.length} systems`)
    for (const number of written) assert.equal(clean(number), '9876543210', number)
  })

  const invisible: readonly [string, string][] = [
    ['ri\u00adde', 'ride'],
    ['ri\u200bde', 'ride'],
    ['\ufeffri\u200d\u2060de\u200e', 'ride'],
    ['Re\u034fme\u115fra\u3164\ufe0f', 'Remera'],
    ['e\u200c\u0301te', '\u00e9te'],
    ['4\u00ad8\u200b21', '4821'],
    ['\u00ad \u200b', ''],
    // These part words.
    ['Remera\nKacyiru', 'Remera Kacyiru'],
    ['Remera\tKacyiru', 'Remera Kacyiru'],
    ['Remera\u0085Kacyiru', 'Remera Kacyiru'],
    ['Remera\u2028\u00ad\u00a0Kacyiru', 'Remera Kacyiru'],
    ['a\u0000b', 'a b'],
    // Numbers and lists as keyboards of Arabic write them.
    ['٤٥٠٬٠٠٠٫٠٠', '450,000.00'],
    ['Aline، Eric؛ Jean', 'Aline, Eric; Jean'],
    ['\u200f۴۸۲۱\u202c', '4821'],
  ]
  for (const [typed, said] of invisible)
    it(`${JSON.stringify(typed)} is ${JSON.stringify(said)}`, () => assert.equal(clean(typed), said))

  it('is cleaned of edges, what cannot be seen and doubled spaces, once and for all', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' })), (text) => {
        const said = clean(text)
        assert.doesNotMatch(said, /[\p{Cc}\p{Cf}\p{DI}]|^\s|\s$|\s\s/u)
        assert.equal(clean(said), said)
        assert.equal(clean(`\u200e ${text}\r\n`), said)
      }),
      { numRuns: 3_000 },
    )
  })

  const same: readonly [string, string][] = [
    ['KIGALI', 'kigali'],
    ['Forêt', 'foret'],
    ['E\u0301te\u0301', 'été'],
    ['  yego!!  ', 'Yego'],
    ['ＲＥＭＥＲＡ', 'remera'],
    ['Mu Mujyi (Downtown)', 'mu mujyi downtown'],
    ['١٢', '12'],
    ['İzmir', 'izmir'],
    ['إلغاء', 'الغاء'],
    ['العربيّة', 'العربيه'],
    ['مـوافق', 'موافق'],
    ['كراچي', 'کراچی'],
    ['هاں', 'ہاں'],
    ['آج', 'اج'],
  ]
  for (const [one, other] of same)
    it(`${one} is the word ${other}`, () => assert.equal(fold(one), fold(other)))
  for (const [one, other] of [
    ['Remera', 'Remela'],
    ['12', '21'],
    ['mu mujyi', 'mumujyi'],
  ] as const)
    it(`${one} is not the word ${other}`, () => assert.notEqual(fold(one), fold(other)))
})

const yesNo: readonly Option[] = [
  { value: 'yes', label: 'Yego', synonyms: ['yes', 'oui', 'Y'] },
  { value: 'no', label: 'Oya', synonyms: ['no', 'non'] },
]
const asked = view({ kind: 'choose', id: 'sure', say: 'Sure?', options: yesNo })
const open: View = {
  ...asked,
  prompt: { kind: 'choose', id: 'p', say: 'Where?', options: yesNo, other: 'place' },
}
const free = view({ kind: 'ask', id: 'code', say: 'Code?', expects: 'digits' })
const long = view({ kind: 'choose', id: 'q', say: 'Which?', options: options(99) })
const stars = view({
  kind: 'choose',
  id: 's',
  say: 'Stars?',
  options: [
    { value: '5', label: '*****' },
    { value: '3', label: '***' },
  ],
})

const answer = (value: string): Reply => ({ kind: 'answer', value })
const unclear: Reply = { kind: 'unclear' }

describe('an answer', () => {
  const cases: readonly [string, View, Reply, hasMore?: boolean][] = [
    // Numbers, as people and keyboards write them.
    ...['1', '1.', '1)', ' 1 ', '01', '１', '१', '߁', '𞥑', '\u200e1\u200f'].map(
      (text) => [text, asked, answer('yes')] as [string, View, Reply],
    ),
    ['3', asked, unclear],
    ['-1', asked, unclear],
    ['1 2', asked, unclear],
    ['001', asked, unclear],
    // Words: labels and synonyms, however they are written.
    ...['Yego', 'YEGO', 'yégo', ' yego. ', 'OUI', 'y', 'yes!'].map(
      (text) => [text, asked, answer('yes')] as [string, View, Reply],
    ),
    ['ye', asked, unclear],
    ['yes no', asked, unclear],
    ['', asked, unclear],
    ['?!', asked, unclear],
    ['***', stars, answer('3')],
    ['****', stars, unclear],
    // Navigation goes first, where it leads anywhere.
    ['00', asked, { kind: 'home' }],
    ['٠٠', free, { kind: 'home' }],
    ['0', asked, unclear],
    ['0', { ...asked, canGoBack: true }, { kind: 'back' }],
    ['0', free, answer('0')],
    ['98', asked, { kind: 'more' }, true],
    ['98', asked, unclear],
    ['98', long, answer('stage-2')],
    ['98', long, { kind: 'more' }, true],
    // Free text, where it is taken, and no longer than an answer may be.
    ['Kwa Rubangura', asked, unclear],
    ['Kwa  Rubangura\n', open, answer('Kwa Rubangura')],
    ['2', open, answer('no')],
    ['3', open, answer('3')],
    ['٤٨٢١', free, answer('4821')],
    ['', free, unclear],
    ['x'.repeat(MAX_ANSWER_CHARACTERS), free, answer('x'.repeat(MAX_ANSWER_CHARACTERS))],
    ['x'.repeat(MAX_ANSWER_CHARACTERS + 1), free, unclear],
  ]
  for (const [typed, shown, reply, hasMore = false] of cases)
    it(`${JSON.stringify(typed.slice(0, 20))} to "${shown.prompt.say}"${hasMore ? ' with more to see' : ''} is ${JSON.stringify(reply).slice(0, 60)}`, () =>
      assert.deepEqual(
        readTyped(shown, typed, () => hasMore),
        reply,
      ))

  it('never names an option that is not there', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.boolean(), (typed, hasMore) => {
        const reply = readTyped(asked, typed, () => hasMore)
        assert.ok(reply.kind !== 'answer' || ['yes', 'no'].includes(reply.value))
        assert.ok(reply.kind !== 'back')
      }),
    )
  })

  const picked: readonly [string, View, Reply][] = [
    ['no', asked, answer('no')],
    ['stage-99', long, answer('stage-99')],
    ['Oya', asked, answer('no')],
    ['maybe', asked, unclear],
    ['Kwa Rubangura', open, answer('Kwa Rubangura')],
  ]
  for (const [value, shown, reply] of picked)
    it(`the value ${value} is ${JSON.stringify(reply)}`, () =>
      assert.deepEqual(readPick(shown, value), reply))

  it('as a pin is its place to the metre', () =>
    assert.equal(pinValue(-1.9398, 30.044_600_4), '@-1.93980,30.04460'))
})
