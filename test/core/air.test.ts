import assert from 'node:assert/strict'
import fc from 'fast-check'
import { measure as measureOnNetwork } from '../../simulators/africastalking/gsm.ts'
import { fitsIn, measure, onAir, oneLine, withinLine } from '../../src/core/talk/air.ts'
import { septets } from '../../src/core/talk/gsm7.ts'

const codeUnits = fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units))
const anyText = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), codeUnits)
const BIDI = ['\u061c', '\u200e', '\u200f', '\u202a', '\u202b', '\u202c', '\u202d', '\u202e']
const ISOLATES = ['\u2066', '\u2067', '\u2068', '\u2069']

describe('a text on the air', () => {
  it('is measured by its own alphabet, as the network measures it', () => {
    fc.assert(
      fc.property(anyText, (text) => assert.deepEqual(measure(text), measureOnNetwork(text))),
      { numRuns: 3_000 },
    )
  })

  it('fits to the unit, whichever it is counted in', () => {
    const room = { gsm7: 160, ucs2: 80 }
    for (const [text, fits] of [
      ['a'.repeat(160), true],
      ['a'.repeat(161), false],
      ['€'.repeat(81), false],
      ['ب'.repeat(80), true],
      ['ب'.repeat(81), false],
      [`${'a'.repeat(79)}ب`, true],
      [`${'a'.repeat(80)}ب`, false],
    ] as const)
      assert.equal(fitsIn(text, room), fits, text)
  })

  const sent: readonly [string, string][] = [
    ['Reçu n° 12 – ça y est’', "Recu n? 12 - ca y est'"],
    ['Ikaze 🛵', 'Ikaze ?'],
    ['أين أنت؟', 'أين أنت؟'],
    ['رحلة إلى Kimironko – ça', 'رحلة إلى Kimironko – ça'],
    ['سفر\u200f 4821\u202e', 'سفر 4821'],
    ['هاتف: +213550010122.', 'هاتف: \u200e+213550010122.'],
    ['اطلب *384*77#، رمز 4821', 'اطلب \u200e*384*77#، رمز 4821'],
    ['لوحة 02177 322 16، 25/12 07:30', 'لوحة \u200e02177 322 16، 25/12 07:30'],
    ['کم 7730 1 400000، 2026-11-30', 'کم 7730 1 400000، \u200e2026-11-30'],
    ['Moto *384*77# +250788000001 ў', 'Moto *384*77# +250788000001 ў'],
    ['Load سیمنٹ, tel +923000030002', 'Load سیمنٹ, tel +923000030002'],
    ['ኪጋሊ', 'ኪጋሊ'],
    ['Київ', 'Київ'],
    ['كراچی\t\u0000\ud83d', 'كراچی '],
  ]
  for (const [text, air] of sent)
    it(`${JSON.stringify(text)} is sent as ${JSON.stringify(air)}`, () => assert.equal(onAir(text), air))

  it('loses no letter, and holds nothing that is not seen but ends of lines', () => {
    const letters = (text: string) => [...text].filter((one) => /(?=\p{L})\p{Script=Arabic}/u.test(one))
    fc.assert(
      fc.property(anyText, (text) => {
        const air = onAir(text)
        if (septets(text) === undefined)
          assert.doesNotMatch(air, /(?![\n\r\f]|\u200e[+*\d])[\p{Cc}\p{Cf}\p{Cs}]/u)
        const said = letters(text.normalize('NFC'))
        const kept = letters(air)
        assert.deepEqual(kept, said)
      }),
      { numRuns: 3_000 },
    )
  })
})

describe("one line of somebody else's text", () => {
  it('is one line, no longer than it may be', () => {
    fc.assert(
      fc.property(anyText, fc.nat({ max: 60 }), (text, most) => {
        const line = oneLine(text, most)
        assert.ok(line.length <= most)
        assert.doesNotMatch(line, /[\n\r\f\t]|^\s| {2}/)
      }),
      { numRuns: 3_000 },
    )
  })

  const lines: readonly [string, number, string][] = [
    ['  Jean \r\n\tBosco  ', 40, 'Jean Bosco'],
    ['Kigali\n1 Yes\n2 No', 40, 'Kigali 1 Yes 2 No'],
    ['a\u2028b\u2029c\u0085d', 40, 'a b c d'],
    ['Nyabugogo', 5, 'Nyabu'],
    ['إسمنت', 5, 'إسمنت'],
    ['', 5, ''],
  ]
  for (const [text, most, line] of lines)
    it(`${JSON.stringify(text)} becomes ${JSON.stringify(line)}`, () =>
      assert.equal(oneLine(text, most), line))

  it('turns no direction', () => {
    for (const mark of [...BIDI, ...ISOLATES])
      assert.deepEqual([withinLine(`Ki${mark}gali`), onAir(`كرا${mark}چی`)], ['Kigali', 'كراچی'])
  })
})
