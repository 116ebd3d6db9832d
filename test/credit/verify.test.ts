import assert from 'node:assert/strict'
import { verify } from '../../src/integrations/postgres/verify.ts'
import { CREDIT_RULES } from '../../src/integrations/postgres/verify-credit.ts'
import { wrongIn } from './bank.ts'
import { openShop, type Shop } from './shop.ts'

const THE_BOOKS = /^what customers owe on credit is what the books say: RWF -1$/
const EACH_ACCOUNT = /^each credit account owes what it was charged, less what came back and in: ca_\w+ -1$/
const INVOICE = "flow = 'invoice' and not done"

/** What somebody with the owner's rights could do, what is found then, and how it is undone. */
const BREAKS: readonly (readonly [break_: string, found: readonly RegExp[], mend: string])[] = [
  [
    `update credit_accounts set outstanding_minor = outstanding_minor + 1 where outstanding_minor > 0`,
    [THE_BOOKS, EACH_ACCOUNT],
    `update credit_accounts set outstanding_minor = outstanding_minor - 1 where outstanding_minor > 0`,
  ],
  [
    `update credit_charges set refunded_minor = refunded_minor - 1 where refunded_minor > 0`,
    [/^no more is given back of a charge than was charged: \S+$/],
    `update credit_charges set refunded_minor = refunded_minor + 1 where refunded_minor > 0`,
  ],
  [
    `update invoices set id = id || 'x'`,
    [/^every charge on credit that is kept has its invoice: py_\w+$/],
    `update invoices set id = rtrim(id, 'x')`,
  ],
  [
    `update invoice_years set last_no = last_no + 1`,
    [/^invoices are numbered without gaps: \d{4}$/],
    `update invoice_years set last_no = last_no - 1`,
  ],
  [
    `update instances set context = jsonb_set(context, '{openMinor}', '0') where ${INVOICE}`,
    [/^an invoice is over when nothing of it is open: iv_\w+$/],
    `update instances set context = jsonb_set(context, '{openMinor}', context->'money'->'amountMinor') where ${INVOICE}`,
  ],
]

describe('verifying what is sold on credit', function () {
  this.timeout(30_000)
  let shop: Shop
  before(async () => {
    shop = await openShop()
    const [keeps, cancels] = ['+250788000561', '+250788000562']
    for (const customer of [keeps, cancels]) await shop.grant(customer, 3_000)
    await shop.invoiced(keeps, await shop.books(keeps))
    const { code } = await shop.books(cancels)
    await shop.text(cancels, `CANCEL ${code}`)
    await shop.hears(cancels, /is cancelled. You pay nothing for it/)
    await shop.isRight()
    await shop.db.raw('alter table invoices disable trigger user')
  })
  after(() => shop.stop())

  it('looks at something by every rule', async () => {
    const findings = await verify(shop.db, shop.clock.now())
    for (const { rule } of CREDIT_RULES)
      assert.ok(
        findings.some((finding) => finding.rule === rule && finding.cases > 0),
        rule,
      )
  })

  for (const [break_, found, mend] of BREAKS)
    it(`finds it out: ${break_.slice(0, 60)}`, async () => {
      await shop.db.raw(break_)
      const wrong = await wrongIn(shop.db, shop.clock.now())
      await shop.db.raw(mend)
      assert.equal(wrong.length, found.length, wrong.join('\n'))
      for (const [n, rule] of found.entries()) assert.match(wrong[n] ?? '', rule)
      assert.deepEqual(await wrongIn(shop.db, shop.clock.now()), [])
    })
})
