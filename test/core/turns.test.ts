import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Msisdn, parsePhone } from '../../src/core/base/phone.ts'
import { Problem } from '../../src/core/base/problem.ts'
import { createTurns } from '../../src/core/run/turns.ts'

const isBusy = (error: unknown) => error instanceof Problem && error.code === 'unavailable'

function phone(text: string): Msisdn {
  const parsed = parsePhone(text)
  if (!parsed) throw new Error(`${text} is no phone`)
  return parsed
}

describe('turns of a person', () => {
  const ann = phone('+250788000001')
  const ben = phone('+250788000002')

  it('come one after another, in order of asking; others are not held up', async () => {
    const turns = createTurns(2_000)
    const order: number[] = []
    let working = 0
    const work = (number: number) => async () => {
      working += 1
      assert.equal(working, 1)
      await sleep(2)
      working -= 1
      order.push(number)
      return number
    }
    const asked = Array.from({ length: 10 }, (_, number) => turns(ann, work(number)))
    let seen = 0
    await turns(ben, async () => {
      seen = order.length
    })
    assert.ok(seen < 10)
    assert.deepEqual(await Promise.all(asked), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
    assert.deepEqual(order, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
  })

  it('go on after work that fails', async () => {
    const turns = createTurns(100)
    await assert.rejects(
      turns(ann, () => Promise.reject(new Error('no'))),
      /no/,
    )
    assert.equal(await turns(ann, async () => 'yes'), 'yes')
  })

  it('give up in time, without losing the place of those behind', async () => {
    const turns = createTurns(30)
    const long = turns(ann, () => sleep(120))
    await assert.rejects(
      turns(ann, async () => 'never'),
      isBusy,
    )
    await long
    assert.equal(await turns(ann, async () => 'now'), 'now')
  })

  it('refuse a line that is too long', async () => {
    const turns = createTurns(1_000)
    const first = turns(ann, () => sleep(50))
    const line = Array.from({ length: 50 }, () => turns(ann, async () => {}))
    await assert.rejects(
      turns(ann, async () => {}),
      isBusy,
    )
    await Promise.all([first, ...line])
  })
})
