import assert from 'node:assert/strict'
import { account, CHART, classOf, isAccount } from '../../src/core/pay/accounts.ts'
import { postParams } from '../../src/core/run/draft.ts'

describe('the chart of accounts', () => {
  it('keeps the names that entries bear already', () => {
    for (const name of ['provider:mtn', 'unearned', 'earned', 'suspense']) assert.ok(isAccount(name), name)
  })

  for (const name of [
    '',
    'provider',
    'provider:',
    'provider:mtn:rw',
    'earned:mtn',
    'Earned',
    'toString',
    'driver:+250788000001',
    'driver:250788000001',
    'driver:a b',
    `driver:${'x'.repeat(65)}`,
  ])
    it(`has no account called ${JSON.stringify(name)}`, () => assert.equal(isAccount(name), false))

  it('names an account for each holder', () => {
    assert.equal(account('driver', 'dr_018f'), 'driver:dr_018f')
    assert.equal(classOf(account('fee', 'mtn')), 'expense')
    for (const [name, entry] of Object.entries(CHART)) {
      const text = 'of' in entry ? `${name}:x1` : name
      assert.ok(isAccount(text))
      assert.equal(classOf(text), entry.class)
    }
  })

  it('has no account for a phone number, which would stand in the books for ever', () => {
    assert.throws(() => account('driver', '+250788000001'), /holder: 13 signs/)
  })

  const post = { kind: 'k', debit: 'provider:mtn', credit: 'unearned', amountMinor: 1, currency: 'RWF' }
  it('is what machines may post to', () => {
    assert.ok(postParams.safeParse(post).success)
    assert.match(String(postParams.safeParse({ ...post, credit: 'unerned' }).error), /no such account/)
  })

  it('has a posting hold or resolve, not both', () => {
    const resolve = { how: 'post', kind: 'h' }
    assert.ok(postParams.safeParse({ ...post, resolve }).success)
    assert.ok(!postParams.safeParse({ ...post, resolve, hold: { forMs: 1 } }).success)
    assert.ok(!postParams.safeParse({ ...post, hold: { forMs: 0 } }).success)
  })
})
