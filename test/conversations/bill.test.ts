import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { type Bill, billed, bills } from './bill.ts'
import { DEMANDED } from './grid.ts'
import { allTalks } from './talks.ts'

/** Parts of texts that a traveller gets of a whole journey, from the yes to the rating, whose screens cost no text. */
const MOST_PARTS = { ride: 5, parcel: 4, bus: 4, freight: 8, order: 7 } as const
/** Each question is one more where even the screens are texts. */
const MOST_BY_TEXT = { ride: 9, parcel: 6, bus: 7, freight: 13, order: 9 } as const

const all = bills(allTalks())
const tooDear = (some: readonly Bill[]): string[] =>
  some.flatMap(({ line, channel, talk, parts }) => {
    const budgets: Readonly<Record<string, number>> = channel === 'sms' ? MOST_BY_TEXT : MOST_PARTS
    const most = budgets[line] ?? 0
    return parts > most ? [`${talk}: ${parts} parts, at most ${most}`] : []
  })

describe('what a journey costs in texts', () => {
  it('is known of every line on every channel', () => assert.equal(all.length, DEMANDED.length * 5))

  it('stays within its budget', () => assert.deepEqual(tooDear(all), []))

  it('is over it with one part more', () => {
    const [ride] = all.filter(({ line, channel }) => line === 'ride' && channel === 'ussd')
    assert.ok(ride)
    assert.equal(tooDear([{ ...ride, parts: MOST_PARTS.ride + 1 }]).length, 1)
  })

  it('stands in the README', () => {
    const table = billed(all.filter(({ channel }) => channel === 'ussd'))
    assert.ok(readFileSync('README.md', 'utf8').includes(table), `README.md should have:\n${table}`)
  })
})
