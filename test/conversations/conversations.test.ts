import assert from 'node:assert/strict'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { balances, replayAll } from '../laws/journals.ts'
import type { Phone } from './phone.ts'
import { openStage, type Stage } from './stage.ts'
import { filled, type Known, marked, type Step, type Talk, talk } from './talk.ts'

const FOLDER = 'test/conversations'
/** Rewrites what is answered and heard; what is said stays as it is. */
const UPDATE = process.env.UPDATE === '1'
/** A talk stands still when nobody spoke for so long: longer before it is written down than when it is only checked. */
const STILL_MS = UPDATE ? 500 : 120
const MEDIA = ['sms', 'whatsapp'] as const

const files = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.json'))
  .sort()
  .map((name) => ({
    path: `${FOLDER}/${name}`,
    talk: talk.parse(JSON.parse(readFileSync(`${FOLDER}/${name}`, 'utf8'))),
  }))

describe('conversations', function () {
  this.timeout(60_000)
  let stage: Stage

  before(async () => {
    stage = await openStage()
  })
  after(() => stage.stop())

  it('are each between other people and us: nobody hears what another talk is about', () => {
    const phones = files.flatMap(({ talk: { from, others, agents } }) => [
      ...[from, ...new Set(Object.values(others ?? {})), ...Object.values(agents ?? {})],
    ])
    assert.deepEqual(
      phones.filter((phone, n) => phones.indexOf(phone) !== n),
      [],
    )
    assert.ok(files.length > 0)
  })

  for (const { path, talk } of files)
    it(`${talk.channel}: ${talk.title}`, async () => {
      const said = await hold(stage, talk)
      if (UPDATE) writeFileSync(path, `${JSON.stringify({ ...talk, steps: said }, null, 2)}\n`)
      else assert.deepEqual(said, talk.steps)
    })

  it('leave a journal from which everything can be rebuilt, and no money from nowhere', async () => {
    const states = await replayAll(stage.world.db)
    assert.ok(states.length > files.length)
    await balances(stage.world.db)
  })
})

/** Holds a talk. @returns its steps with what was really answered and heard, marks in the place of codes */
async function hold(stage: Stage, talk: Talk): Promise<Step[]> {
  const traveller = await stage.begin(talk)
  const others = Object.entries({ ...talk.others, ...talk.agents }).map(([name, from]) => ({
    name,
    phone: stage.phone(from),
  }))
  const riders = [...talk.riders.map((name) => ({ name, phone: riderOf(stage, name) })), ...others]
  const phoneOf = (name: string) =>
    riders.find((one) => one.name === name)?.phone ?? assert.fail(`nobody is called ${name}`)
  const known: Known = {
    ...{ id: [], journey: [], payment: [], escrow: [], ticket: [], code: [], start: [], back: [], until: [] },
    ...{ today: stage.days(0), day: stage.days(1, 2) },
  }
  const said: Step[] = []
  for (const step of talk.steps) {
    const phone = step.rider === undefined ? traveller : phoneOf(step.rider)
    const out = await stage.act(toldNow(step, known), talk, phone)
    if (UPDATE || step.waitMs !== undefined || step.until !== undefined)
      await stage.still([traveller, ...riders.map((rider) => rider.phone)], STILL_MS)
    await stage.learn(known, talk)
    said.push(await answered(step, out, phone, known, () => stage.learn(known, talk)))
  }
  await stage.still([traveller, ...riders.map((rider) => rider.phone)], STILL_MS)
  for (const { name, phone } of [...riders, { name: 'the traveller', phone: traveller }])
    for (const medium of MEDIA)
      assert.deepEqual(await phone.news(medium), [], `${name} heard more by ${medium} than the talk tells`)
  return said
}

/** The step with this run's codes in what is said. */
const toldNow = (step: Step, known: Known): Step => ({
  ...step,
  ...(step.in === undefined ? {} : { in: filled(step.in, known) }),
  ...(step.desk && { desk: step.desk.map((word) => filled(word, known)) }),
  ...(step.ask === undefined ? {} : { ask: filled(step.ask, known) }),
})

function riderOf(stage: Stage, name: string): Phone {
  const phone = stage.riders.get(name)
  assert.ok(phone, `no rider is called ${name}`)
  return phone
}

/** The step as it went. Texts that are as expected come back as the file has them, so that a difference stands out. */
async function answered(
  step: Step,
  out: string | undefined,
  phone: Phone,
  known: Known,
  learn: () => Promise<void>,
): Promise<Step> {
  const { out: expectedOut, sms: _sms, whatsapp: _whatsapp, ...deed } = step
  const isSpoken = out !== undefined && !/^(?:CON|END|\d{3}) /.test(out)
  const asFile = (real: string, expected: readonly string[]): string =>
    expected.find((text) => filled(text, known, isSpoken) === real) ?? marked(real, known)
  const heard: Partial<Record<(typeof MEDIA)[number], string[]>> = {}
  for (const medium of MEDIA) {
    const expected = step[medium] ?? []
    const news = await phone.news(medium, UPDATE ? 0 : expected.length)
    // What was said has been decided: its codes can be known now, though they could not when the step was taken.
    await learn()
    const real = news.map((text) => asFile(text, expected))
    if (real.length > 0) heard[medium] = isSame(real, expected) ? [...expected] : real
  }
  return {
    ...deed,
    ...(out === undefined ? {} : { out: asFile(out, expectedOut === undefined ? [] : [expectedOut]) }),
    ...heard,
  }
}

/** Two texts sent at once may arrive in either order. */
const isSame = (some: readonly string[], others: readonly string[]): boolean =>
  JSON.stringify([...some].sort()) === JSON.stringify([...others].sort())
