import assert from 'node:assert/strict'
import fc from 'fast-check'
import type { ShortMessage } from '../../src/channels/smpp/bodies.ts'
import { nameOf, readReport } from '../../src/channels/smpp/receipts.ts'
import { decodeText, encodeText, splitHeader } from '../../src/channels/smpp/text.ts'
import { gsm7Octets, gsm7Text } from '../../src/core/talk/gsm7.ts'

const hex = (text: string): Buffer => Buffer.from(text.replace(/\s/g, ''), 'hex')

describe('a text in an SMS', () => {
  const texts: readonly (readonly [text: string, dataCoding: number, octets: string])[] = [
    ['Hello', 0, '48656c6c6f'],
    ['@£$', 0, '000102'],
    ['€', 0, '1b65'],
    ['[Ç]', 0, '1b3c091b3e'],
    ['Æ æ', 0, '1c201d'],
    ['à la carte', 0, '7f206c61206361727465'],
    ['ç', 8, '00e7'],
    ['नम', 8, '0928092e'],
    ['🙂', 8, 'd83dde42'],
    ['', 0, ''],
  ]
  for (const [text, dataCoding, octets] of texts)
    it(`is ${octets} for ${text}`, () => {
      assert.deepEqual(
        encodeText(text, () => 1),
        { dataCoding, parts: [hex(octets)] },
      )
      assert.equal(decodeText(dataCoding, hex(octets)), text)
    })

  const sizes: readonly (readonly [label: string, text: string, sizes: readonly number[]])[] = [
    ['160 septets', 'a'.repeat(160), [160]],
    ['161', 'a'.repeat(161), [159, 14]],
    ['306', 'a'.repeat(306), [159, 159]],
    ['307', 'a'.repeat(307), [159, 159, 7]],
    ['an escape at the seam', `${'a'.repeat(152)}€${'a'.repeat(20)}`, [158, 28]],
    ['70 of UCS-2', 'न'.repeat(70), [140]],
    ['71', 'न'.repeat(71), [140, 14]],
    ['a pair at the seam', `${'न'.repeat(66)}🙂${'न'.repeat(9)}`, [138, 28]],
  ]
  for (const [label, text, expected] of sizes)
    it(`is cut: ${label}`, () => {
      const { parts } = encodeText(text, () => 0xa1)
      assert.deepEqual(
        parts.map(({ length }) => length),
        expected,
      )
    })

  it('is whole again, whatever it was', () => {
    const character = fc.constantFrom(...'abc €[]{}^|~\\\n@£नé🙂ñ’')
    fc.assert(
      fc.property(fc.array(character, { maxLength: 700 }), fc.nat(255), (characters, reference) => {
        const text = characters.join('')
        const { dataCoding, parts } = encodeText(text, () => reference)
        const opened = parts.map((part) =>
          parts.length > 1 ? splitHeader(part) : { octets: part, place: null },
        )
        assert.equal(decodeText(dataCoding, Buffer.concat(opened.map(({ octets }) => octets))), text)
        if (parts.length === 1) return
        for (const [index, { place }] of opened.entries())
          assert.deepEqual(place, { reference, total: parts.length, part: index + 1 })
      }),
    )
  })

  it('has a space where the alphabet has nothing', () => {
    assert.equal(gsm7Text(hex('411b001b41ff1b')), 'A@A ')
    assert.equal(gsm7Octets('ç'), undefined)
  })

  const codings: readonly (readonly [coding: number, octets: string, text: string | null])[] = [
    [0x01, '4142', 'AB'],
    [0x03, 'e9', 'é'],
    [0x04, '4142', null],
    [0x08, '00410', 'A'],
    [0x10, '00', '@'],
    [0x18, '0041', 'A'],
    [0xf0, '00', '@'],
    [0xf4, '00', null],
    [0xc8, '00', null],
    [0x05, '00', null],
  ]
  for (const [coding, octets, text] of codings)
    it(`of coding ${coding.toString(16)} is ${text}`, () =>
      assert.equal(decodeText(coding, hex(octets.slice(0, octets.length & ~1))), text))

  const headers: readonly (readonly [label: string, octets: string, rest: string, place: object | null])[] = [
    ['8 bits', '050003a10201 4142', '4142', { reference: 0xa1, total: 2, part: 1 }],
    ['16 bits', '06080412340302 4142', '4142', { reference: 0x1234, total: 3, part: 2 }],
    ['part 0', '050003a10200 41', '41', null],
    ['part 3 of 2', '050003a10203 41', '41', null],
    ['longer than the message', '7f0003', '', null],
    ['nothing', '', '', null],
    ['a port', '06050415810000 41', '41', null],
  ]
  for (const [label, octets, rest, place] of headers)
    it(`has a header: ${label}`, () =>
      assert.deepEqual(splitHeader(hex(octets)), { octets: hex(rest), place }))

  it('has a header with more than one element', () => {
    const octets = hex('08 240101 0003a10202 42')
    assert.deepEqual(splitHeader(octets), {
      octets: hex('42'),
      place: { reference: 0xa1, total: 2, part: 2 },
    })
  })
})

describe('a delivery report', () => {
  const report = (text: string, tlvs: readonly (readonly [number, string])[] = []): ShortMessage => ({
    ...{ serviceType: '', esmClass: 4, registeredDelivery: 0, dataCoding: 0, octets: Buffer.from(text) },
    source: { ton: 1, npi: 1, digits: '250788000001' },
    destination: { ton: 3, npi: 0, digits: '3847' },
    tlvs: new Map(tlvs.map(([tag, value]) => [tag, hex(value)])),
  })
  const DONE =
    'sub:001 dlvrd:001 submit date:2611291200 done date:261129120159 stat:DELIVRD err:000 text:Hello'
  const cases: readonly (readonly [label: string, message: ShortMessage, read: readonly unknown[] | null])[] =
    [
      ['as the standard has it', report(`id:0123456789 ${DONE}`), ['0123456789', 'delivered', null]],
      ['in other letters', report(`ID: AB12 Stat:delivrd Err:000`), ['AB12', 'delivered', null]],
      ['that it failed', report('id:7 stat:UNDELIV err:027'), ['7', 'failed', 'UNDELIV 027']],
      ['that it expired', report('id:7 stat:EXPIRED'), ['7', 'failed', 'EXPIRED']],
      ['that it was refused', report('id:7 stat:REJECTD err:5'), ['7', 'failed', 'REJECTD 5']],
      ['that it is on its way', report('id:7 stat:ENROUTE'), ['7', 'sent', null]],
      ['of which nothing is known', report('id:7 stat:UNKNOWN'), ['7', 'sent', null]],
      [
        'in parameters alone',
        report('', [
          [0x1e, '414200'],
          [0x0427, '02'],
        ]),
        ['AB', 'delivered', null],
      ],
      [
        'whose parameters know better',
        report('id:9 stat:ENROUTE', [
          [0x1e, '3700'],
          [0x0427, '05'],
        ]),
        ['7', 'failed', 'ENROUTE'],
      ],
      ['of no message', report('stat:DELIVRD'), null],
      ['of no state', report('id:7 stat:SOMETHING'), null],
      ['of nothing', report(''), null],
    ]
  for (const [label, message, read] of cases)
    it(`is read ${label}`, () => {
      const receipt = readReport(message, 'text')
      assert.deepEqual(receipt && [receipt.externalId, receipt.status, receipt.reason], read)
    })

  const forms: readonly (readonly [answered: string, reported: string, Parameters<typeof nameOf>[1]])[] = [
    ['0A1B2C', '662316', 'hex-decimal'],
    ['662316', 'a1b2c', 'decimal-hex'],
    ['0A1B2C', 'a1b2c', 'hex-hex'],
    ['000662316', '662316', 'decimal-decimal'],
    ['a1b2c', 'a1b2c', 'text'],
    ['no-number', 'no-number', 'hex-decimal'],
    ['ffffffffffffffff', '18446744073709551615', 'hex-decimal'],
  ]
  for (const [answered, reported, form] of forms)
    it(`is of ${answered} though it says ${reported} (${form})`, () =>
      assert.equal(nameOf(answered, form, 'answer'), nameOf(reported, form, 'report')))

  it('names a message by its parameter as it was answered', () => {
    const named = report('id:662316 stat:DELIVRD', [[0x1e, Buffer.from('0A1B2C\0').toString('hex')]])
    assert.equal(readReport(named, 'hex-decimal')?.externalId, nameOf('0A1B2C', 'hex-decimal', 'answer'))
  })
})
