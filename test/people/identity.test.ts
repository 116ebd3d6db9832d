import assert from 'node:assert/strict'
import { newIds } from '../../src/core/base/id.ts'
import { type Log, silent } from '../../src/core/base/log.ts'
import type { Msisdn } from '../../src/core/base/phone.ts'
import { Problem } from '../../src/core/base/problem.ts'
import { createIdentity, type Identity, type IdentityParts } from '../../src/core/people/identity.ts'
import { createTokens } from '../../src/core/people/token.ts'
import { createAccess } from '../../src/integrations/postgres/access.ts'
import { connectPostgres, type Db } from '../../src/integrations/postgres/connect.ts'
import { migrate } from '../../src/integrations/postgres/migrate.ts'
import { phone } from '../channels/hosting.ts'
import { freshDatabase, type TestDatabase } from '../support/servers.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS
const IP = '192.0.2.1'

async function migrated(url: string): Promise<void> {
  const db = connectPostgres(url, silent)
  await migrate(db).finally(() => db.destroy())
}

const refused = (code: string) => (error: unknown) => error instanceof Problem && error.code === code

describe('identity', function () {
  this.timeout(60_000)
  let database: TestDatabase
  let db: Db
  let now = Date.parse('2026-03-02T08:00:00Z')
  let people = 0
  const clock = { now: () => now }
  const sent: { phone: Msisdn; code: string }[] = []
  const warned: string[] = []
  const log: Log = { ...silent, warn: (_, event) => void warned.push(event) }
  let parts: IdentityParts
  let identity: Identity

  before(async () => {
    database = await freshDatabase(migrated)
    db = connectPostgres(database.url, silent)
    parts = {
      access: createAccess(db),
      tokens: createTokens('secret', clock),
      secret: 'secret',
      take: async () => true,
      sendOtp: async (phone, code) => void sent.push({ phone, code }),
      prefixes: ['+250'],
      clock,
      ids: newIds(() => now),
      log,
    }
    identity = createIdentity(parts)
  })
  beforeEach(() => {
    now += DAY_MS
    sent.length = 0
    warned.length = 0
  })
  after(async () => {
    await db.destroy()
    await database.drop()
  })

  const newPhone = () => phone(`+2507${String(31_000_000 + ++people).padStart(8, '0')}`)
  const codeFor = async (who: Msisdn) => {
    await identity.sendCode(who, IP)
    return sent.findLast((one) => one.phone === who)?.code ?? ''
  }
  const wrong = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0')
  const logIn = async () => {
    const who = newPhone()
    return { who, ...(await identity.logIn(who, await codeFor(who))) }
  }

  describe('codes', () => {
    it('log in once, and are nowhere at rest', async () => {
      const who = newPhone()
      const code = await codeFor(who)
      assert.match(code, /^\d{6}$/)
      const kept = await db('otps').where({ phone: who }).first('id', 'code_hash')
      assert.ok(!JSON.stringify(kept).includes(code))
      const granted = await identity.logIn(who, code)
      assert.equal((await identity.who(granted.accessToken))?.phone, who)
      await assert.rejects(identity.logIn(who, code), refused('unauthorised'))
    })

    it('bear two wrong tries, and die of the third', async () => {
      const [patient, hasty] = [newPhone(), newPhone()]
      const good = await codeFor(patient)
      for (let tries = 0; tries < 2; tries += 1)
        await assert.rejects(identity.logIn(patient, wrong(good)), refused('unauthorised'))
      await identity.logIn(patient, good)
      const dead = await codeFor(hasty)
      for (let tries = 0; tries < 3; tries += 1)
        await assert.rejects(identity.logIn(hasty, wrong(dead)), refused('unauthorised'))
      await assert.rejects(identity.logIn(hasty, dead), refused('unauthorised'))
    })

    it('give three tries to fifty guesses at once', async () => {
      const who = newPhone()
      const code = await codeFor(who)
      const guesses = Array.from({ length: 50 }, () => identity.logIn(who, wrong(code)))
      await Promise.allSettled(guesses)
      const row = await db('otps').where({ phone: who }).first('tries', 'used')
      assert.deepEqual(row, { tries: 3, used: false })
    })

    it('let in one of ten who come with the same right code at once', async () => {
      const who = newPhone()
      const code = await codeFor(who)
      const came = await Promise.allSettled(Array.from({ length: 10 }, () => identity.logIn(who, code)))
      assert.equal(came.filter(({ status }) => status === 'fulfilled').length, 1)
    })

    it('last five minutes', async () => {
      const who = newPhone()
      const [early, late] = [await codeFor(who), newPhone()]
      now += 5 * MINUTE_MS - 1
      await identity.logIn(who, early)
      const code = await codeFor(late)
      now += 5 * MINUTE_MS
      await assert.rejects(identity.logIn(late, code), refused('unauthorised'))
    })

    it('end when a newer one is sent, and are no one else’s', async () => {
      const [who, other] = [newPhone(), newPhone()]
      const old = await codeFor(who)
      now += 1
      const code = await codeFor(who)
      if (old !== code) await assert.rejects(identity.logIn(who, old), refused('unauthorised'))
      await codeFor(other)
      await assert.rejects(identity.logIn(other, code), refused('unauthorised'))
      await identity.logIn(who, code)
    })

    it('are three an hour for a phone, also when asked for at once', async () => {
      const who = newPhone()
      const asked = await Promise.allSettled(Array.from({ length: 8 }, () => identity.sendCode(who, IP)))
      assert.equal(asked.filter(({ status }) => status === 'fulfilled').length, 3)
      assert.equal(sent.length, 3)
      now += HOUR_MS - 1
      await assert.rejects(identity.sendCode(who, IP), refused('too_many'))
      now += 1
      await identity.sendCode(who, IP)
    })

    it('stop for a day after ten failures, though the code be right', async () => {
      const who = newPhone()
      for (let round = 0; round < 3; round += 1) {
        const code = await codeFor(who)
        for (let tries = 0; tries < 3; tries += 1) await identity.logIn(who, wrong(code)).catch(() => {})
        now += HOUR_MS
      }
      const last = await codeFor(who)
      await assert.rejects(identity.logIn(who, wrong(last)), refused('unauthorised'))
      await assert.rejects(identity.logIn(who, last), refused('unauthorised'))
      await assert.rejects(identity.sendCode(who, IP), refused('too_many'))
      now += DAY_MS
      await identity.logIn(who, await codeFor(who))
    })

    it('count by address too, and cost nothing where we do not send', async () => {
      const taken: string[] = []
      const bounded = createIdentity({
        ...parts,
        take: async (name, key, points, perSeconds) =>
          taken.push(`${name} ${key} ${points} ${perSeconds}`) <= 1,
      })
      await bounded.sendCode(newPhone(), IP)
      await assert.rejects(bounded.sendCode(newPhone(), IP), refused('too_many'))
      assert.deepEqual(taken, [`otp ${IP} 10 3600`, `otp ${IP} 10 3600`])
      await assert.rejects(bounded.sendCode(phone('+254712345678'), IP), refused('unprocessable'))
      assert.equal(sent.length, 1)
    })

    it('that cannot be sent are said to be so', async () => {
      const mute = createIdentity({ ...parts, sendOtp: async () => Promise.reject(new Error('no SMS')) })
      await assert.rejects(mute.sendCode(newPhone(), IP), refused('unavailable'))
      assert.deepEqual(warned, ['otp_not_sent'])
    })
  })

  describe('refresh tokens', () => {
    it('are exchanged for the next, and are nowhere at rest', async () => {
      let { who, accessToken, refreshToken } = await logIn()
      const seen = new Set([refreshToken])
      const session = (await identity.who(accessToken))?.session
      assert.ok(session)
      for (let turn = 0; turn < 5; turn += 1) {
        const next = await identity.refresh(refreshToken)
        const person = await identity.who(next.accessToken)
        assert.deepEqual([person?.phone, person?.session], [who, session])
        seen.add(next.refreshToken)
        refreshToken = next.refreshToken
        now += 11_000
      }
      assert.equal(seen.size, 6)
      const dump = JSON.stringify(await db('refresh_tokens').select('*'))
      for (const token of seen) {
        assert.match(token, /^[\w-]{43}$/)
        assert.ok(!dump.includes(token))
      }
    })

    it('may be asked for again on a bad network: the same successor, ten seconds long', async () => {
      const { refreshToken } = await logIn()
      const asked = await Promise.all(Array.from({ length: 20 }, () => identity.refresh(refreshToken)))
      assert.equal(new Set(asked.map((one) => one.refreshToken)).size, 1)
      now += 10_000
      const again = await identity.refresh(refreshToken)
      assert.equal(again.refreshToken, asked[0]?.refreshToken)
      await identity.refresh(again.refreshToken)
      assert.deepEqual(warned, [])
    })

    for (const [label, waitMs, between] of [
      ['later than ten seconds after its exchange', 10_001, 0],
      ['after its successor was used, however soon', 0, 1],
      ['by a grandparent, however soon', 0, 2],
    ] as const)
      it(`end the whole log-in when seen again ${label}`, async () => {
        const { refreshToken } = await logIn()
        let latest = (await identity.refresh(refreshToken)).refreshToken
        for (let turn = 0; turn < between; turn += 1) latest = (await identity.refresh(latest)).refreshToken
        now += waitMs
        await assert.rejects(identity.refresh(refreshToken), refused('unauthorised'))
        assert.deepEqual(warned, ['refresh_token_reused'])
        await assert.rejects(identity.refresh(latest), refused('unauthorised'))
      })

    it('end one log-in when stolen, not the others', async () => {
      const who = newPhone()
      const mine = await identity.logIn(who, await codeFor(who))
      now += 1
      const other = await identity.logIn(who, await codeFor(who))
      await identity.refresh(mine.refreshToken)
      now += 11_000
      await assert.rejects(identity.refresh(mine.refreshToken), refused('unauthorised'))
      await identity.refresh(other.refreshToken)
    })

    it('last thirty days', async () => {
      const [old, kept] = [await logIn(), await logIn()]
      now += 30 * DAY_MS - 1
      const { refreshToken } = await identity.refresh(kept.refreshToken)
      now += 1
      await assert.rejects(identity.refresh(old.refreshToken), refused('unauthorised'))
      await identity.refresh(refreshToken)
    })

    it('of nobody are refused', async () => {
      for (const token of ['', 'x', 'A'.repeat(43), `${(await logIn()).refreshToken}x`])
        await assert.rejects(identity.refresh(token), refused('unauthorised'))
    })
  })

  it('knows drivers and administrators by their tables', async () => {
    const [driver, admin, customer] = [newPhone(), newPhone(), newPhone()]
    await db('admins').insert({ phone: admin })
    await db('drivers').insert({
      phone: driver,
      name: 'Eric',
      plate: 'RD 1 A',
      line: 'ride',
      licence: 'x',
      status: 'off',
      at: db.raw('point(30, -2)'),
      seen_at: 0,
    })
    const ranks = await Promise.all([driver, admin, customer].map((one) => parts.access.ranksOf(one)))
    assert.deepEqual(
      ranks.map((of) => [...of]),
      [['customer', 'driver'], ['customer', 'admin'], ['customer']],
    )
  })
})
