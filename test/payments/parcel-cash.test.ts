import assert from 'node:assert/strict'
import { systemClock } from '../../src/core/base/clock.ts'
import { verify } from '../../src/integrations/postgres/verify.ts'
import { startWorld, type World } from '../support/world.ts'

const RIDER = '+250788100001'
const COMMISSION_MINOR = 162

/** The receiver pays the rider, who then owes the operator's part; the sender does, where it comes back. */
describe('a parcel paid in cash', function () {
  this.timeout(60_000)
  let world: World
  let account = ''
  before(async () => {
    world = await startWorld()
    const [row] = await world.db('drivers').where({ phone: RIDER }).select('id')
    account = `driver:${row.id}`
    await world.db('drivers').whereNot({ phone: RIDER }).update({ status: 'off' })
  })
  after(() => world.stop())

  const balance = async (of: string) => {
    const [row] = await world.db('ledger').where({ account: of }).sum('amount_minor as n')
    return Number(row?.n)
  }
  /** Assigned, and the receiver is to pay. @returns its code */
  async function sent(sender: string, receiver: string): Promise<string> {
    await world.text(sender, `PARCEL Nyabugogo to Kimironko ${receiver} 5kg`)
    await world.text(sender, 'CASH')
    const [, code = ''] = await world.hears(sender, /Parcel (\d+): .* pays RWF 1,620 cash/)
    await world.hears(RIDER, new RegExp(`Job ${code}: collect`))
    return code
  }
  /** On its way. @returns its code, and what the receiver gives for it */
  async function onItsWay(sender: string, receiver: string): Promise<readonly [code: string, start: string]> {
    const code = await sent(sender, receiver)
    await world.text(RIDER, `COLLECTED ${code}`)
    const [, start = ''] = await world.hears(receiver, /Pay RWF 1,620 cash and give the code (\d{4})/)
    return [code, start]
  }
  const nothingWrong = async () => {
    const wrong = (await verify(world.db, systemClock.now())).filter(({ broken }) => broken > 0)
    assert.deepEqual(wrong, [])
    const [all] = await world.db('ledger').sum('amount_minor as n')
    assert.equal(Number(all?.n), 0)
    assert.equal(await balance('unearned'), 0)
  }

  it('is handed over against the code of who pays, and the rider owes the commission', async () => {
    const [code, start] = await onItsWay('+250788000411', '+250788000412')
    await world.text(RIDER, `DONE ${code}`)
    assert.equal(await balance(account), 0, 'nothing is owed before it is handed over')
    await world.text(RIDER, `DONE ${code} ${start}`)
    await world.hears(RIDER, new RegExp(`${code} is done`))
    assert.equal(await balance(account), COMMISSION_MINOR)
    assert.equal(await balance('commission'), -COMMISSION_MINOR)
    await nothingWrong()
  })

  it('is paid by its sender where it comes back, and the rider owes no more than that', async () => {
    const [code, start] = await onItsWay('+250788000413', '+250788000414')
    await world.text(RIDER, `RETURN ${code}`)
    const [, back = ''] = await world.hears('+250788000413', /Pay RWF 1,620 cash and give the code (\d{4})/)
    await world.text(RIDER, `RETURNED ${code} ${start}`)
    assert.equal(await balance(account), COMMISSION_MINOR, "the receiver's code proves no return")
    await world.text(RIDER, `RETURNED ${code} ${back}`)
    await world.hears('+250788000413', /came back to you/)
    assert.equal(await balance(account), 2 * COMMISSION_MINOR)
    await nothingWrong()
  })

  it('costs nobody anything when it is called off before it is collected', async () => {
    const code = await sent('+250788000415', '+250788000416')
    await world.text('+250788000415', `CANCEL ${code}`)
    await world.hears(RIDER, /was cancelled/)
    assert.equal(await balance(account), 2 * COMMISSION_MINOR)
    await nothingWrong()
  })
})
