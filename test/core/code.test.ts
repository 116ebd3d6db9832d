import assert from 'node:assert/strict'
import fc from 'fast-check'
import { codeOf, isCode } from '../../src/core/base/code.ts'

const DIGITS = [...'0123456789']
const codes = fc.integer({ min: 10, max: 99_999_999_999 }).map(codeOf)

/** Every code that differs in one digit. */
const misread = (code: string): string[] =>
  [...code].flatMap((right, at) =>
    DIGITS.filter((digit) => digit !== right).map((digit) => code.slice(0, at) + digit + code.slice(at + 1)),
  )

/** Every code with two unlike neighbours swapped. */
const swapped = (code: string): string[] =>
  [...code].flatMap((digit, at) => {
    const next = code[at + 1]
    return next === undefined || next === digit ? [] : [code.slice(0, at) + next + digit + code.slice(at + 2)]
  })

describe('codes', () => {
  it("have the published example's check digit", () => assert.equal(codeOf(572), '5724'))

  it('are the number and one digit more, and are taken', () => {
    fc.assert(
      fc.property(fc.integer({ min: 10, max: 99_999_999_999 }), (number) => {
        const code = codeOf(number)
        assert.equal(code.slice(0, -1), String(number))
        assert.match(code.slice(-1), /^\d$/)
        assert.ok(isCode(code))
      }),
      { numRuns: 2_000 },
    )
  })

  it('are refused with any one digit wrong', () => {
    fc.assert(
      fc.property(codes, (code) => {
        const wrong = misread(code)
        assert.equal(wrong.length, code.length * 9)
        assert.deepEqual(wrong.filter(isCode), [])
      }),
      { numRuns: 2_000 },
    )
  })

  it('are refused with any two neighbours swapped', () => {
    fc.assert(
      fc.property(codes, (code) => assert.deepEqual(swapped(code).filter(isCode), [])),
      { numRuns: 2_000 },
    )
  })

  it('leave no pair of digits unguarded', () => {
    for (let number = 100; number < 1_000; number += 1) {
      const code = codeOf(number)
      assert.deepEqual([...misread(code), ...swapped(code)].filter(isCode), [], code)
    }
  })

  for (const text of [
    '',
    '4',
    '44',
    '5724 ',
    ' 5724',
    '-572',
    '57.4',
    '5724\n',
    '٥٧٢٤',
    `${codeOf(572)}x`,
    '0'.repeat(13),
  ])
    it(`${JSON.stringify(text)} is none`, () => assert.equal(isCode(text), false))
})
