import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { talk } from './talk.ts'

/** Answers from the first screen to the one after which nothing more is asked, at most: a person with little airtime counts them. */
const BUDGETS = {
  'ussd-en-ride': 5,
  'ussd-en-parcel': 6,
  'ussd-en-bus': 6,
} as const

describe('who books by USSD', () => {
  for (const [name, most] of Object.entries(BUDGETS))
    it(`has booked after at most ${most} answers: ${name}`, () => {
      const file = readFileSync(new URL(`${name}.json`, import.meta.url), 'utf8')
      const { steps } = talk.parse(JSON.parse(file))
      const hops = steps.findIndex(({ out }) => out?.startsWith('END'))
      assert.ok(hops > 0, 'nothing was booked')
      const answers = steps.slice(0, hops + 1).filter(({ in: said }) => said !== undefined)
      assert.ok(answers.length <= most, `${answers.length} answers`)
    })
})
