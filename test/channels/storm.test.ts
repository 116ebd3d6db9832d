import assert from 'node:assert/strict'
import { createHmac, randomInt } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { sized } from '../support/size.ts'
import { startWorld, type World } from '../support/world.ts'

const EVENTS = Number(process.env.WHATSAPP_EVENTS ?? sized(2_000, 100_000, 20_000))
const FEW = 400
/** One in so many of what Meta sends again is something that somebody wrote; the others are statuses. */
const MESSAGES = 20
const BATCH = 40
const AT_ONCE = 6
const STATUSES = ['sent', 'delivered', 'read'] as const

/** Writes down each report that took a message back, in a table that only this test has. */
const WATCH = `
create table went_back (id text, was text, now text);
create function watch() returns trigger language plpgsql as $$ begin
  if array_position('{sent,delivered,read}', new.status) < array_position('{sent,delivered,read}', old.status)
    then insert into went_back values (new.id, old.status, new.status); end if;
  return null;
end $$;
create trigger watch after update on messages for each row execute function watch()`

/** A house that knows how a message stands, and not how far it had come. */
const FORGETFUL = `
create function forget() returns trigger language plpgsql as $$ begin new.rank := 0; return new; end $$;
create trigger forget before update on messages for each row execute function forget()`

type Event = { readonly messages: readonly object[] } | { readonly statuses: readonly object[] }

const shuffled = <T>(all: readonly T[]): T[] => {
  const left = [...all]
  for (let n = left.length - 1; n > 0; n -= 1) {
    const other = randomInt(n + 1)
    const [a, b] = [left[n], left[other]]
    if (a !== undefined && b !== undefined) [left[n], left[other]] = [b, a]
  }
  return left
}

describe('a week of webhooks at once', function () {
  this.timeout(1_200_000)
  let world: World
  before(async () => {
    world = await startWorld()
    await world.db.raw(WATCH)
  })
  after(() => world.stop())

  /** Half of the events are copies of the others, some of them in the very same call. */
  async function storm(events: number, series: number, idOf: (id: string, copy: number) => string) {
    const count = events / 2
    const written = Math.round(count / MESSAGES)
    const sent = Math.ceil((count - written) / STATUSES.length)
    const at = Date.now()
    const outgoing = Array.from({ length: sent }, (_, n) => ({
      id: `ot_${series}_${n}`,
      external_id: `wamid.out.${series}.${n}`,
    }))
    for (let n = 0; n < outgoing.length; n += 500)
      await world.db('messages').insert(
        outgoing.slice(n, n + 500).map((one) => ({
          ...{ ...one, person: '+250788000000', channel: 'whatsapp', status: 'sent', rank: 1, at },
        })),
      )
    const one = (n: number, copy: number): Event => {
      if (n >= written) {
        const [message, status] = [
          Math.floor((n - written) / STATUSES.length),
          STATUSES[(n - written) % STATUSES.length],
        ]
        return {
          statuses: [
            { id: `wamid.out.${series}.${message}`, status, recipient_id: '250788000000', timestamp: '1' },
          ],
        }
      }
      const from = `2507${88_000_000 + series * 100_000 + n}`
      const id = idOf(`wamid.in.${series}.${n}`, copy)
      return { messages: [{ from, id, timestamp: '1', type: 'text', text: { body: 'MENU' } }] }
    }
    const all = shuffled(Array.from({ length: count }, (_, n) => n).flatMap((n) => [one(n, 0), one(n, 1)]))
    const calls = Array.from({ length: Math.ceil(all.length / BATCH) }, (_, n) =>
      all.slice(n * BATCH, (n + 1) * BATCH),
    )
    const line = async () => {
      for (let batch = calls.shift(); batch; batch = calls.shift()) await call(batch)
    }
    await Promise.all(Array.from({ length: AT_ONCE }, line))
    while (await world.db('outbox').first()) await sleep(50)
    return { written, sent }
  }

  async function call(events: readonly Event[]): Promise<void> {
    const metadata = { display_phone_number: '250730000077', phone_number_id: '106540352242922' }
    const changes = events.map((event) => ({ field: 'messages', value: { metadata, ...event } }))
    const body = JSON.stringify({ object: 'whatsapp_business_account', entry: [{ id: '1', changes }] })
    const signature = `sha256=${createHmac('sha256', 'dev-app-secret').update(body).digest('hex')}`
    const headers = { 'x-hub-signature-256': signature }
    const answer = await fetch(`${world.gateway}/hooks/whatsapp/cloud`, { method: 'POST', headers, body })
    // What is too much at once is sent again, as Meta does.
    if (answer.status !== 200) {
      await sleep(200)
      await call(events)
    }
  }

  async function law(
    events: number,
    series: number,
    idOf: (id: string, copy: number) => string,
  ): Promise<void> {
    const { written, sent } = await storm(events, series, idOf)
    const own = `whatsapp:wamid.in.${series}.`
    const answers = await world.db('answers').whereLike('message_id', `${own}%`)
    assert.equal(answers.length, written, 'heard more than once')
    const people = [...new Set(answers.map(({ person }) => person))]
    const said = await world.db('messages').whereIn('person', people)
    assert.equal(said.length, written, 'answered more than once')
    const back = await world.db('went_back').whereLike('id', `ot_${series}_%`)
    assert.equal(back.length, 0, 'taken back by a late report')
    const states = await world
      .db('messages')
      .whereLike('external_id', `wamid.out.${series}.%`)
      .pluck('status')
    const last = states.filter((status) => status !== 'read').length
    assert.ok(states.length === sent && last <= 1, 'not all are where their last status says')
  }

  it(`of ${EVENTS} events, half of them copies, has each effect once`, () => law(EVENTS, 1, (id) => id))

  it('would be seen to have an effect twice where each copy is heard', () =>
    assert.rejects(
      law(FEW, 2, (id, copy) => `${id}.${copy}`),
      /heard more than once/,
    ))

  it('would be seen to go back where only the last report counts', async () => {
    await world.db.raw(FORGETFUL)
    await assert.rejects(
      law(FEW, 3, (id) => id),
      /taken back by a late report/,
    )
  })
})
