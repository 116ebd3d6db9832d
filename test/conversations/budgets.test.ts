import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { LINES, lineOf } from '../../src/flows/lines/index.ts'
import { hears, inAny } from './grid.ts'
import { type Step, talk } from './talk.ts'

/**
 * Answers from the first screen to the one after which nothing more is asked, at most: a person with little airtime
 * counts them.
 */
const BUDGETS = {
  'ussd-en-ride': 5,
  'ussd-en-parcel': 6,
  'ussd-en-bus': 6,
  'ussd-en-load': 7,
} as const

/** The same journey once more, whatever was pressed in between. */
const AGAIN = { 'ussd-en-again': 2, 'ussd-order-again': 2 } as const

/** What is bought most, by who has bought before. */
const REORDER = { 'ussd-order-again': 4 } as const

/** An offer by a carrier, from the menu. */
const BIDS = { 'ussd-carrier-bids': 2 } as const

/** Answers until somebody sees how it stands: none where they have nothing else open. */
const TRACK = 1

const FOLDER = 'test/conversations'
const stepsOf = (name: string) => talk.parse(JSON.parse(readFileSync(`${FOLDER}/${name}`, 'utf8'))).steps
const isAnswer = ({ in: said, choose }: Step): boolean => said !== undefined || choose !== undefined

describe('who books by USSD', () => {
  const answers = (steps: readonly Step[]) => {
    const hops = steps.findIndex(({ out }) => out?.startsWith('END'))
    assert.ok(hops > 0, 'nothing was booked')
    return steps.slice(0, hops + 1).filter(isAnswer).length
  }
  for (const [name, most] of Object.entries(BUDGETS))
    it(`has booked after at most ${most} answers: ${name}`, () => {
      const needed = answers(stepsOf(`${name}.json`))
      assert.ok(needed <= most, `${needed} answers`)
    })
  for (const [name, most] of Object.entries(AGAIN))
    it(`has booked the same again after at most ${most} answers: ${name}`, () => {
      const steps = stepsOf(`${name}.json`)
      const dialled = steps.findLastIndex(({ dial }) => dial !== undefined)
      const needed = answers(steps.slice(dialled))
      assert.ok(needed <= most, `${needed} answers`)
    })
  for (const [name, most] of Object.entries(BIDS))
    it(`has offered for a load after at most ${most} answers: ${name}`, () => {
      const steps = stepsOf(`${name}.json`)
      const { rider } = steps.findLast(({ out }) => out?.startsWith('END Your offer')) ?? {}
      assert.ok(rider, 'nobody offered')
      const needed = answers(steps.filter((one) => one.rider === rider))
      assert.ok(needed <= most, `${needed} answers`)
    })
  for (const [name, most] of Object.entries(REORDER))
    it(`has ordered what they buy most after at most ${most} answers: ${name}`, () => {
      const steps = stepsOf(`${name}.json`)
      const needed = answers(steps.slice(steps.findIndex(({ dial }) => dial !== undefined)))
      assert.ok(needed <= most, `${needed} answers`)
    })
})

describe('who follows by USSD', () => {
  const talks = readdirSync(FOLDER).filter((name) => name.endsWith('.json'))
  /** Answers after the dial to a screen that says how it stands; undefined where it never comes. */
  const answersToSee = (steps: readonly Step[], line: string): number | undefined => {
    const { booked, underway, seeking = underway } = lineOf(line).words
    const own = steps.filter(({ rider }) => rider === undefined)
    const seen = own.flatMap((step, n) => {
      const isSeen = step.out !== undefined && hears([step], [booked, underway, seeking].flatMap(inAny))
      const dialled = own.slice(0, n + 1).findLastIndex(({ dial }) => dial !== undefined)
      return isSeen && dialled >= 0 ? [own.slice(dialled, n + 1).filter(isAnswer).length] : []
    })
    return seen.length > 0 ? Math.min(...seen) : undefined
  }
  for (const { id } of LINES)
    it(`sees how it stands after at most ${TRACK} answer: ${id}`, () => {
      const all = talks.flatMap((name) => answersToSee(stepsOf(name), id) ?? [])
      assert.ok(all.length > 0, 'nobody follows it')
      assert.ok(Math.min(...all) <= TRACK, `${Math.min(...all)} answers`)
    })
})
