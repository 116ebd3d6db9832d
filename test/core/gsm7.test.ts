import assert from 'node:assert/strict'
import fc from 'fast-check'
import { septets, toGsm7 } from '../../src/core/talk/gsm7.ts'

// 3GPP TS 23.038 §6.2.1, a row for every sixteen places; 0x1B is the escape, no character.
const BASIC = [
  '@£$¥èéùìòÇ\nØø\rÅå',
  'Δ_ΦΓΛΩΠΨΣΘΞÆæßÉ',
  ' !"#¤%&\'()*+,-./',
  '0123456789:;<=>?',
  '¡ABCDEFGHIJKLMNO',
  'PQRSTUVWXYZÄÖÑÜ§',
  '¿abcdefghijklmno',
  'pqrstuvwxyzäöñüà',
].join('')
const EXTENSION = '\f^{}\\[~]|€'

const codeUnits = fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units))
const anyText = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), codeUnits)
const ofAlphabet = fc.array(fc.constantFrom(...BASIC, ...EXTENSION)).map((letters) => letters.join(''))

describe('GSM-7', () => {
  it('costs one for each of 127 characters, two for each of ten more, and has no others', () => {
    assert.deepEqual([BASIC.length, EXTENSION.length], [127, 10])
    for (let unit = 0; unit <= 0xffff; unit += 1) {
      const character = String.fromCharCode(unit)
      const cost = BASIC.includes(character) ? 1 : EXTENSION.includes(character) ? 2 : undefined
      assert.deepEqual([unit.toString(16), septets(character)], [unit.toString(16), cost])
    }
  })

  it('costs what its characters cost', () => {
    fc.assert(
      fc.property(ofAlphabet, (text) => {
        const extended = [...text].filter((character) => EXTENSION.includes(character)).length
        assert.equal(septets(text), text.length + extended)
      }),
    )
    assert.equal(septets(''), 0)
    assert.equal(septets(`${'a'.repeat(500)}😀`), undefined)
  })

  it('is left as it is', () => {
    fc.assert(fc.property(ofAlphabet, (text) => assert.equal(toGsm7(text), text)))
  })

  it('is all that is left of any text', () => {
    fc.assert(
      fc.property(anyText, (text) => assert.notEqual(septets(toGsm7(text)), undefined)),
      { numRuns: 5_000 },
    )
    for (let point = 0; point <= 0x10ffff; point += point < 0x3000 ? 1 : 61)
      assert.notEqual(septets(toGsm7(String.fromCodePoint(point))), undefined, point.toString(16))
  })

  const written: readonly [string, string][] = [
    ['Recu n’est pas là', "Recu n'est pas là"],
    ['ça va, où, forêt, Noël', 'ca va, où, foret, Noel'],
    ['Ça', 'Ça'],
    ['e\u0301te\u0302', 'éte'],
    ['“Kigali” – Nyabugogo → Remera…', '"Kigali" - Nyabugogo -> Remera...'],
    ['cœur', 'coeur'],
    ['₦500 €5', 'NGN 500 €5'],
    ['a\u00a0b\tc', 'a b c'],
    ['ni\u200bhao\u202e!', 'nihao!'],
    ['ኪጋሊ', '???'],
    ['🛵', '?'],
    ['\ud83d', '?'],
    ['nul\0', 'nul'],
  ]
  for (const [text, gsm7] of written)
    it(`${JSON.stringify(text)} is written ${JSON.stringify(gsm7)}`, () => assert.equal(toGsm7(text), gsm7))
})
