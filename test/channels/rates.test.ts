import assert from 'node:assert/strict'
import { z } from 'zod'
import { type Admits, createAdmission } from '../../src/core/base/admission.ts'
import type { Take } from '../../src/core/people/rates.ts'
import { callable } from '../../src/core/talk/reach.ts'
import { freePort } from '../../src/integrations/process.ts'
import { movableClock } from '../support/clock.ts'
import { startWorld, type World } from '../support/world.ts'
import { phone } from './hosting.ts'

const ANN = phone('+250788000701')
const BEN = phone('+250788000702')
const MINUTE_MS = 60_000
const call = z.object({ direction: z.string() })

function minutes(admits: Admits): void {
  const said = (person: typeof ANN, at: number) => Array.from({ length: 5 }, () => admits(person, at))
  assert.deepEqual(said(ANN, 1), ['heard', 'heard', 'heard', 'first', 'refused'])
  assert.equal(admits(BEN, 2), 'heard', 'another')
  assert.equal(admits(ANN, MINUTE_MS - 1), 'refused')
  assert.deepEqual(said(ANN, MINUTE_MS), ['heard', 'heard', 'heard', 'first', 'refused'], 'a minute later')
}

/** A counter whose time stands still. */
function counting(): Take {
  const counts = new Map<string, number>()
  return async (name, key, points) => {
    const count = (counts.get(`${name} ${key}`) ?? 0) + 1
    counts.set(`${name} ${key}`, count)
    return count <= points
  }
}

async function calls(mayCall: (person: typeof ANN) => Promise<boolean>): Promise<void> {
  const made = await Promise.all(Array.from({ length: ALL }, () => mayCall(ANN)))
  assert.equal(made.filter(Boolean).length, HEARD, 'calls back')
  assert.equal(await mayCall(BEN), true, 'another')
  for (const number of ['+447400123456', '+250252580000'])
    assert.equal(await mayCall(phone(number)), false, 'no phone that we text')
}

async function asksForCode({ gateway }: World, person: typeof ANN): Promise<number> {
  const answer = await fetch(`${gateway}/v1/auth/otp`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ phone: person }),
  })
  return answer.status
}

/** More than go out in one second, and fewer than may be asked for from one address. */
const CODES = 6
/** Somebody sends what would be answered, so often. */
const ALL = 12
const HEARD = 10

describe('how much one person may say', function () {
  this.timeout(60_000)

  it('is so much a minute, each for themselves', () => minutes(createAdmission(3)))
  it('is so many calls back an hour, each for themselves', () => calls(callable(['+250'], counting())))

  describe('in a house', () => {
    const clock = movableClock()
    let world: World
    before(async () => {
      world = await startWorld({ SAID_PER_MINUTE: String(HEARD) }, clock)
    })
    after(() => world.stop())

    it('is told on the screen, and to nobody else', async () => {
      const screens: string[] = []
      for (let n = 0; n < ALL; n += 1) screens.push(await world.hop(ANN, `s${n}`, ''))
      assert.deepEqual(
        screens.map((screen) => /^END Sorry, we are very busy/.test(screen)),
        screens.map((_, n) => n >= HEARD),
      )
      assert.match(await world.hop(BEN, 'other', ''), /^CON Inzira/)
      clock.advance(MINUTE_MS)
      assert.match(await world.hop(ANN, 'later', ''), /^CON Inzira/)
    })

    it('is not answered by text, nor brought again', async () => {
      const writer = phone('+250788000703')
      for (let n = 0; n < ALL; n += 1) await world.text(writer, 'menu')
      await world.hears(writer, /^Inzira/)
      await world.text(BEN, 'help')
      await world.hears(BEN, /Call us/i)
      assert.equal((await world.inbox(writer)).length, HEARD)
    })

    it('is called back for so often, and only where we would text', async () => {
      const [often, abroad] = [phone('+250788000704'), phone('+447400123456')]
      for (let n = 0; n < ALL; n += 1) await world.post('/africastalking/_handset/call', { phone: often })
      await world.post('/africastalking/_handset/call', { phone: abroad })
      await world.text(often, 'help')
      await world.hears(often, /Call us/i)
      const backTo = async (number: string) => {
        const all = await world.get(`/africastalking/_handset/calls?phone=${encodeURIComponent(number)}`)
        return z
          .array(call)
          .parse(all)
          .filter(({ direction }) => direction === 'Outbound').length
      }
      assert.deepEqual([await backTo(often), await backTo(abroad)], [10, 0])
    })
  })

  describe('while texts go out as fast as they may', () => {
    let world: World
    before(async () => {
      world = await startWorld({ SMS_PER_SECOND: '1', OTP_NUMBERS: '+250' })
    })
    after(() => world.stop())

    it('gets a one-time code a moment later', async () => {
      const people = Array.from({ length: CODES }, (_, n) => phone(`+25078800072${n}`))
      const answers = await Promise.all(people.map((person) => asksForCode(world, person)))
      assert.deepEqual(
        answers,
        people.map(() => 202),
      )
      for (const person of people) await world.hears(person, /\d{6}/)
    })
  })

  describe('while Redis is away', () => {
    let world: World
    before(async () => {
      world = await startWorld({ REDIS_URL: `redis://127.0.0.1:${await freePort()}`, OTP_NUMBERS: '+250' })
    })
    after(() => world.stop())

    it('is heard as ever, and what they order comes', async () => {
      for (const text of ['', '1', '1*1', '1*1*2']) await world.hop(ANN, 'dark', text)
      assert.match(await world.hop(ANN, 'dark', '1*1*2*1'), /^END Finding a rider/)
      await world.text(BEN, 'RIDE Remera to Kacyiru')
      await world.hears(BEN, /^Moto Remera -> Kacyiru/)
    })

    it('gets no one-time code, which costs us a text each', async () => {
      assert.equal(await asksForCode(world, phone('+250788000709')), 503)
      assert.deepEqual(await world.inbox('+250788000709'), [])
    })
  })

  describe('would be wrong in a house that', () => {
    it('counts all people together', () => {
      const admits = createAdmission(3)
      assert.throws(() => minutes((_, at) => admits(ANN, at)), /another/)
    })
    it('never forgets', () => {
      const admits = createAdmission(3)
      assert.throws(() => minutes((person) => admits(person, 0)), /a minute later/)
    })
    it('calls back whoever rings', () =>
      assert.rejects(
        calls(async () => true),
        /calls back/,
      ))
    it('calls back any number', () =>
      assert.rejects(calls(callable(['+'], counting())), /no phone that we text/))
  })
})
