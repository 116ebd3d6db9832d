import assert from 'node:assert/strict'
import type { CountryCode } from 'libphonenumber-js/min'
import { isMsisdn, maskPhone, parsePhone } from '../../src/core/base/phone.ts'

const OURS = '+250788000001'

describe('phone numbers', () => {
  const read: readonly [string, string | undefined, CountryCode?][] = [
    // As people write them, and as providers do.
    ...[
      '0788000001',
      '788000001',
      OURS,
      '250788000001',
      ' +250 788 000 001 ',
      '+250-788-000-001',
      '٠٧٨٨٠٠٠٠٠١',
    ].map((text) => [text, OURS] as [string, string]),
    ['+254712345678', '+254712345678'],
    ['254712345678', '+254712345678'],
    ['0712345678', '+254712345678', 'KE'],
    ['8031234567', '+2348031234567', 'NG'],
    // What no phone can have.
    ...[
      '',
      ' ',
      '+',
      '+250',
      '1234',
      '3847',
      '*384*77#',
      '112',
      'abc',
      '078800000',
      '07880000011',
      '+250988000001',
    ].map((text) => [text, undefined] as [string, undefined]),
    ['+2507880000011', undefined],
    ['2507880000011', undefined],
    ['+999123456789', undefined],
    ['9'.repeat(200), undefined],
  ]
  for (const [text, phone, country] of read)
    it(`${JSON.stringify(text.slice(0, 20))}${country ? ` in ${country}` : ''} is ${phone ?? 'none'}`, () => {
      // Asked twice: the second answer comes from memory.
      assert.equal(parsePhone(text, country), phone)
      assert.equal(parsePhone(text, country), phone)
    })

  it('are remembered by country too', () => {
    assert.equal(parsePhone('0712345678', 'KE'), '+254712345678')
    assert.equal(parsePhone('0712345678', 'UG'), '+256712345678')
  })

  it('are told from texts that only look like ours', () => {
    for (const text of [OURS, '+12025550123']) assert.ok(isMsisdn(text))
    for (const text of [
      '250788000001',
      '+0788000001',
      '+2507880',
      `+${'1'.repeat(16)}`,
      `${OURS}\n`,
      `${OURS}x`,
    ])
      assert.equal(isMsisdn(text), false, text)
  })

  const masked: readonly [string, string][] = [
    [OURS, '+25078•••001'],
    ['+12025550123', '+12025•••123'],
    ['250788000001', '250788•••001'],
    ['+442079460018', '+44207•••018'],
    ['+4512345678', '+4512•••678'],
    ['+290123456', '•••'],
    ['+29012345', '•••'],
    ['3847', '•••'],
    ['', '•••'],
  ]
  for (const [phone, shown] of masked)
    it(`${phone} is logged as ${shown}`, () => assert.equal(maskPhone(phone), shown))

  it('of any length hide three digits at least, and the very short ones all', () => {
    for (let length = 8; length <= 15; length += 1) {
      const number = `+${'123456789012345'.slice(0, length)}`
      const [start = '', end = '', ...more] = maskPhone(number).split('•••')
      assert.deepEqual(more, [])
      assert.ok(number.startsWith(start) && number.endsWith(end), number)
      assert.ok(start.length + end.length <= number.length - 3, maskPhone(number))
      if (length < 10) assert.equal(start + end, '')
    }
  })

  it('of Rwanda look the same in the log whatever their middle digits are', () => {
    for (let n = 0; n < 1_000; n += 1) {
      const middle = String(n).padStart(3, '0')
      assert.equal(maskPhone(`+25078${middle}0001`), maskPhone(`+25078${'9'.repeat(3)}0001`))
    }
  })
})
