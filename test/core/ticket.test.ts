import assert from 'node:assert/strict'
import fc from 'fast-check'
import { codeOf } from '../../src/core/base/code.ts'
import { readTicket, type Ticket, ticketDigits } from '../../src/core/sell/ticket.ts'
import { ticketPdf } from '../../src/integrations/sheets/ticket.ts'
import { codeSquares, squaresOf, textsOf } from './sheets.ts'

const DIGITS = [...'0123456789']
const codes = fc.integer({ min: 10, max: 99_999_999_999 }).map(codeOf)
const proofs = fc.integer({ min: 0, max: 9_999 }).map((number) => String(number).padStart(4, '0'))
const tickets = fc.tuple(codes, proofs)

/** Every text that differs in one digit, and every one with two unlike neighbours swapped. */
const mistaken = (text: string): string[] =>
  [...text].flatMap((right, at) => {
    const [head, next, tail] = [text.slice(0, at), text[at + 1], text.slice(at + 2)]
    const wrong = DIGITS.filter((digit) => digit !== right).map((digit) => head + digit + text.slice(at + 1))
    return next === undefined || next === right ? wrong : [...wrong, head + next + right + tail]
  })

describe('the digits of a ticket', () => {
  it('are the code, the proof and a check digit', () => {
    assert.equal(ticketDigits('5724', '0381'), '572403810')
    assert.equal(ticketDigits('5724', '0572'), '572405724')
    assert.deepEqual(readTicket('572403810'), { code: '5724', proof: '0381' })
  })

  it('are read back, however a conductor groups them', () => {
    fc.assert(
      fc.property(tickets, fc.constantFrom('', ' ', '-', '.', '  '), ([code, proof], gap) => {
        const typed = ticketDigits(code, proof).replace(/\d{3}/g, `$&${gap}`)
        assert.deepEqual(readTicket(` ${typed} `), { code, proof })
      }),
      { numRuns: 1_000 },
    )
    assert.deepEqual(readTicket('٥٧٢٤ ٠٣٨١ ٠'), { code: '5724', proof: '0381' })
  })

  it('are refused with any one digit wrong, or any two unlike neighbours swapped', () => {
    fc.assert(
      fc.property(tickets, ([code, proof]) => {
        const wrong = mistaken(ticketDigits(code, proof))
        assert.ok(wrong.length >= 9 * (code.length + 5))
        assert.deepEqual(
          wrong.filter((text) => readTicket(text) !== null),
          [],
        )
      }),
      { numRuns: 1_000 },
    )
  })

  it('leave no pair of digits unguarded, also where code and proof meet', () => {
    for (const number of [100, 101, 209, 572, 990])
      for (let proof = 0; proof < 10_000; proof += 7) {
        const digits = ticketDigits(codeOf(number), String(proof).padStart(4, '0'))
        assert.deepEqual(
          mistaken(digits).filter((text) => readTicket(text) !== null),
          [],
          digits,
        )
      }
  })

  it('may pass with a digit too many: nothing more is promised, and another ticket is named', () => {
    assert.deepEqual(readTicket('5724038100'), { code: '57240', proof: '3810' })
  })

  for (const text of [
    '',
    '5724',
    '0381',
    '57240381',
    '057240381',
    '0572403810',
    '572403810x',
    '5724038100000000000',
  ])
    it(`"${text}" are none`, () => assert.equal(readTicket(text), null))

  it('are of nothing but a code of ours and four digits', () => {
    for (const code of ['5725', '05724', '', '44', 'abcd', '57 24'])
      assert.throws(() => ticketDigits(code, '0381'), RangeError)
    for (const proof of ['', '381', '03810', 'abcd', '٠٣٨١'])
      assert.throws(() => ticketDigits('5724', proof), RangeError)
  })
})

const TICKET: Ticket = {
  code: '5724',
  proof: '0381',
  from: 'Sétif',
  to: 'Béjaïa',
  leavesAt: Date.parse('2026-11-23T06:30:00Z'),
  zone: 'Africa/Algiers',
  seats: [3, 14],
  names: ['Zoé Cœur', 'François L’Hôte'],
  price: { amountMinor: 123_450, currency: 'DZD' },
  partner: 'Étoile du Tell',
  plate: '02140 322 16',
  soldAt: Date.parse('2026-11-22T08:00:00Z'),
}

describe('a printed ticket', () => {
  it('is one page of A6', async () => {
    const file = (await ticketPdf(TICKET, 'fr')).toString('latin1')
    assert.equal(file.slice(0, 5), '%PDF-')
    assert.match(file, /\/MediaBox \[0 0 297\.64 419\.53\]/)
    assert.equal(file.match(/\/Type \/Page\n/g)?.length, 1)
  })

  it('says it all, in French with its accents', async () => {
    assert.deepEqual(textsOf(await ticketPdf(TICKET, 'fr')), [
      'Étoile du Tell',
      'Sétif',
      'Béjaïa',
      '23/11/2026 07:30',
      ...['Autocar', '02140 322 16', 'Code', '5724', 'Prix', 'DZD 1,234.50'],
      ...['Places', '3, 14', 'Voyageurs', 'Zoé Cœur, François L’Hôte'],
      '5724 03810',
    ])
  })

  it('has the words of each language', async () => {
    const words = async (language: 'en' | 'rw') => textsOf(await ticketPdf(TICKET, language))
    assert.ok((await words('en')).includes('Travellers'))
    assert.ok((await words('rw')).includes('Abagenzi'))
  })

  it('shows its digits as a code, and those of no other ticket', async () => {
    const squares = squaresOf(await ticketPdf(TICKET, 'en'))
    assert.equal(squares, codeSquares('572403810'))
    assert.notEqual(squares, codeSquares('572405724'))
  })

  it('is the same to the byte when it is printed again', async () => {
    assert.deepEqual(await ticketPdf(TICKET, 'rw'), await ticketPdf({ ...TICKET }, 'rw'))
  })

  it('stays on its page, whatever people are called', async () => {
    const names = Array.from({ length: 30 }, (_, n) => `Traveller ${n} of a Rather Long Name`)
    const long = 'Gare routière intercommunale de l’Est'.repeat(4)
    const file = await ticketPdf({ ...TICKET, names, from: long, to: long, partner: long, plate: long }, 'en')
    assert.equal(file.toString('latin1').match(/\/Type \/Page\n/g)?.length, 1)
    assert.ok(textsOf(file).some((text) => text.endsWith('…')))
    assert.ok(textsOf(file).includes('5724 03810'))
  })

  it('says of other letters what the font can', async () => {
    const texts = textsOf(await ticketPdf({ ...TICKET, names: ['Jiří', 'عمر', 'Ann\n\tLee'] }, 'en'))
    assert.ok(texts.includes('Jirí, ???, Ann Lee'), texts.join('\n'))
  })

  it('is not made of what is no ticket', async () => {
    await assert.rejects(ticketPdf({ ...TICKET, proof: '381' }, 'en'), RangeError)
  })
})
