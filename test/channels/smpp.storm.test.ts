import assert from 'node:assert/strict'
import { sized } from '../support/size.ts'
import { MUTANTS } from './smpp-mutants.ts'
import { complaints, tally, weather } from './smpp-storm.ts'

const MESSAGES = sized(4_000, 100_000)
/** Enough for every kind of fault. */
const FOR_A_MUTANT = 4_000

describe('a storm at the carrier', function () {
  this.timeout(300_000)

  it(`loses none of ${MESSAGES} messages, and sends none twice`, async () => {
    const weathered = await weather({ messages: MESSAGES })
    console.log(`      ${tally(weathered)}`)
    assert.deepEqual(complaints(weathered), [])
  })

  for (const [name, broken, found] of MUTANTS)
    it(`finds out who ${name}`, async () => {
      const all = complaints(await weather({ messages: FOR_A_MUTANT, ...broken }))
      assert.match(all.join('\n'), found)
    })
})
