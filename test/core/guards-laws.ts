import assert from 'node:assert/strict'
import { parsePhone } from '../../src/core/base/phone.ts'
import type { Guard, Saying } from '../../src/core/talk/guards.ts'
import type { Purpose } from '../../src/core/talk/purpose.ts'
import { telling } from '../../src/core/talk/view.ts'
import { ids, somebody } from './desk.ts'
import { NUMBERS } from './numbers.ts'

export const saying = (more: Partial<Saying> = {}): Saying => ({
  id: ids.next('ob'),
  to: somebody(),
  channel: 'sms',
  shown: telling({ kind: 'tell', id: 'x', say: 'Hello', next: 'end' }, 'en'),
  purpose: 'booking',
  until: null,
  ...more,
})

const passes = async (guard: Guard, one: Saying, via: 'sms' | 'whatsapp' = 'sms'): Promise<boolean> =>
  (await guard(one, via, Date.now())) === null

const howMany = async (guard: Guard, times: number, make: () => Saying, via: 'sms' | 'whatsapp' = 'sms') => {
  const outcomes = await Promise.all(Array.from({ length: times }, () => passes(guard, make(), via)))
  return outcomes.filter(Boolean).length
}

/** Of two hundred numbers exactly those are texted that are mobile phones where we say. */
export async function numbers(guard: Guard): Promise<void> {
  assert.equal(NUMBERS.length, 200)
  for (const { text, why, isTexted } of NUMBERS) {
    const to = parsePhone(text)
    const goes = to !== undefined && (await passes(guard, saying({ to })))
    assert.equal(goes, isTexted, `${why}: ${text}`)
  }
}

/** How machines answer machines. */
const MACHINES: readonly ((n: number) => Partial<Saying>)[] = [
  () => ({ isIdle: true }),
  () => ({ isIdle: true, echo: 'I am driving and call you back' }),
  (n) => ({ isIdle: n % 3 > 0, echo: 'Ticket ##: your message was received' }),
  () => ({ isIdle: false, echo: 'Out of office until Monday' }),
]
const RESPONDERS = 20
const ANSWERS = 60

/** Twenty machines that answer each of our answers: each gets five, and the one that seemed to mean something two more. */
export async function loops(guard: Guard): Promise<void> {
  for (let n = 0; n < RESPONDERS; n += 1) {
    const [to, machine] = [somebody(), MACHINES[n % MACHINES.length]]
    let sent = 0
    for (let answer = 0; answer < ANSWERS; answer += 1)
      if (await passes(guard, saying({ to, purpose: 'answer', ...machine?.(answer) }))) sent += 1
    assert.ok(sent >= 5, 'people are not heard')
    assert.ok(sent <= 7, `${sent} answers to a machine`)
  }
}

/** Who makes progress is answered, and told what we have to say, however much that is. */
export async function people(guard: Guard): Promise<void> {
  const to = somebody()
  assert.equal(await howMany(guard, 30, () => saying({ to, purpose: 'answer', isIdle: false })), 30)
  assert.equal(await howMany(guard, 30, () => saying({ to })), 30)
}

/** What is urgent goes through whatever stands in front of it. @param guard lets 20 go, and no more before this ends */
export async function lanes(guard: Guard): Promise<void> {
  const of = (purpose: Purpose) => howMany(guard, 100, () => saying({ purpose }))
  assert.equal(await of('marketing'), 10, 'half of 20 is for marketing')
  assert.equal(await of('booking'), 6, 'marketing took of what is for bookings')
  assert.equal(await of('offer'), 4, 'nothing is left for offers')
}
