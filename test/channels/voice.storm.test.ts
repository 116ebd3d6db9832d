import assert from 'node:assert/strict'
import { VOICE_GATEWAYS } from '../../src/core/base/channels.ts'
import { sized } from '../support/size.ts'
import { MUTANTS } from './voice-mutants.ts'
import { callStorm } from './voice-storm.ts'

/** By all carriers together; two thousand take two cores some three minutes. */
const CALLS = Number(process.env.VOICE_CALLS ?? sized(120, 2_000, 120))
const FOR_A_MUTANT = 30

describe('calls over a bad line', function () {
  this.timeout(120_000 + CALLS * 300)

  for (const gateway of VOICE_GATEWAYS)
    it(`through ${gateway}: ${CALLS / VOICE_GATEWAYS.length} people hear their own questions and book once`, async () => {
      const { calls, lost, counts, slowestMs, complaints } = await callStorm(
        gateway,
        CALLS / VOICE_GATEWAYS.length,
      )
      console.log(
        `      ${calls} calls, ${lost} cut off while they paid, ${counts.posts} posts: ${counts.repeated} again, ` +
          `${counts.concurrent} at once, ${counts.overtaken} overtaken, ${counts.keyless} without keys; ` +
          `${complaints.length} complaints, the slowest answer took ${slowestMs.toFixed(0)} ms`,
      )
      assert.deepEqual(complaints, [])
      for (const count of [lost, ...Object.values(counts)]) assert.ok(count > 0)
    })

  for (const [name, broken, found] of MUTANTS)
    it(`finds out who ${name}`, async () => {
      const { complaints } = await callStorm('twilio', FOR_A_MUTANT, broken)
      assert.match(complaints.join('\n'), found)
    })
})
