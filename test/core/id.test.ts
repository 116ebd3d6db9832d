import assert from 'node:assert/strict'
import fc from 'fast-check'
import { firstReference, isCounted, newIds, nextReference } from '../../src/core/base/id.ts'

const LATEST_MS = Date.UTC(2200, 0, 1)

describe('ids', () => {
  it('are a prefix and a UUID of version 7 that begins with the moment', () => {
    fc.assert(
      fc.property(fc.nat({ max: LATEST_MS }), (now) => {
        const id = newIds(() => now).next('bk')
        assert.match(id, /^bk_[0-9a-f]{12}7[0-9a-f]{3}[89ab][0-9a-f]{15}$/)
        assert.equal(Number.parseInt(id.slice(3, 15), 16), now)
      }),
      { numRuns: 1_000 },
    )
  })

  it('sort as the moments they were made in', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat({ max: LATEST_MS }), { minLength: 2 }), (moments) => {
        const ids = moments.map((now) => newIds(() => now).next('ob'))
        const byTime = [...ids.keys()]
          .sort((a, b) => (moments[a] ?? 0) - (moments[b] ?? 0))
          .map((n) => ids[n])
        assert.deepEqual([...ids].sort(), byTime)
      }),
    )
  })

  it('are never the same, however many a moment brings', () => {
    const ids = newIds(() => 1)
    const made = 20_000
    assert.equal(new Set(Array.from({ length: made }, () => ids.next('pm'))).size, made)
  })

  it('sort as they were made, though the clock stands still or goes back', () => {
    const moments = [5, 5, 5, 3, 6, ...Array.from({ length: 10_000 }, () => 6), 4]
    let n = 0
    const ids = newIds(() => moments[n++] ?? 0)
    const made = moments.map(() => ids.next('ob'))
    assert.deepEqual(made.toSorted(), made)
  })

  it('for payments are UUIDs of version 4', () => {
    const made = Array.from({ length: 100 }, () => newIds(() => 1).reference())
    assert.equal(new Set(made).size, made.length)
    for (const reference of made)
      assert.match(reference, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  })

  it('for what goes back are counted on from the payment’s, which each of them leads back to', () => {
    const reference = newIds(() => 1).reference()
    const tries = [reference]
    for (let n = 0; n < 255; n += 1) tries.push(nextReference(tries.at(-1) ?? ''))
    assert.equal(new Set(tries).size, 256)
    for (const one of tries) {
      assert.match(one, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
      assert.equal(firstReference(one), reference)
      assert.equal(isCounted(one), one !== reference)
    }
    assert.notEqual(nextReference(tries.at(-1) ?? ''), reference, 'a refund never has its payment’s own')
  })

  it('read out are as many digits as asked for, leading noughts and all', () => {
    for (const length of [1, 4, 6]) {
      const made = Array.from({ length: 2_000 }, () => newIds(() => 1).digits(length))
      for (const digits of made) assert.match(digits, new RegExp(`^\\d{${length}}$`))
      for (const digit of '0123456789')
        assert.ok(
          made.some((digits) => digits.startsWith(digit)),
          `none of ${made.length} begins with ${digit}`,
        )
    }
  })
})
