import assert from 'node:assert/strict'
import { sized } from '../support/size.ts'
import { MUTANTS } from './ussd-mutants.ts'
import { storm } from './ussd-storm.ts'

/** By `USSD_SESSIONS=20000` as many as our figure speaks of, which takes two cores some five minutes. */
const SESSIONS = Number(process.env.USSD_SESSIONS ?? sized(600, 3_000, 2_000))
/** Enough for every kind of mischief in every family. */
const FOR_A_MUTANT = 400

describe('a network that repeats, doubles and overtakes', function () {
  this.timeout(600_000 + SESSIONS * 150)

  it(`shows each of ${SESSIONS} people their own screens, the same ones every time, and books once`, async () => {
    const { sessions, hops, counts, complaints } = await storm(SESSIONS)
    console.log(
      `      ${sessions} sessions, ${hops} hops: ${counts.repeated} repeated, ${counts.concurrent} at once, ` +
        `${counts.overtaken} overtaken, ${counts.namesakes} sessions with somebody else's name; ${complaints.length} complaints`,
    )
    assert.deepEqual(complaints, [])
    for (const count of Object.values(counts)) assert.ok(count > 0)
  })

  for (const [name, broken, found] of MUTANTS)
    it(`finds out who ${name}`, async () => {
      const { complaints } = await storm(FOR_A_MUTANT, broken)
      assert.match(complaints.join('\n'), found)
    })
})
