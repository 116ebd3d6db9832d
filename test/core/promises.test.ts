import assert from 'node:assert/strict'
import { LIMITS } from '../../src/core/base/limits.ts'
import { createPromises } from '../../src/core/talk/promises.ts'

describe('what was promised', () => {
  const failing = (times: number) => {
    const work = {
      tries: 0,
      async run() {
        work.tries += 1
        if (work.tries <= times) throw new Error('away')
      },
    }
    return work
  }

  it('is tried until it is done', async () => {
    const work = failing(3)
    await createPromises(0)(work.run)
    assert.equal(work.tries, 4)
  })

  it('is given up after so many tries, and says why', async () => {
    const work = failing(LIMITS.promiseTries)
    await assert.rejects(createPromises(0)(work.run), /away/)
    assert.equal(work.tries, LIMITS.promiseTries)
  })

  it('waits behind others that are tried, and is refused where too many wait', async () => {
    const keep = createPromises(0)
    let back = () => {}
    const away = new Promise<void>((resolve) => {
      back = resolve
    })
    const most = LIMITS.promisesAtOnce + LIMITS.promises
    let tried = 0
    const all = Array.from({ length: most }, () =>
      keep(() => {
        tried += 1
        return away
      }),
    )
    await assert.rejects(
      keep(async () => {}),
      /too much/,
    )
    assert.equal(tried, LIMITS.promisesAtOnce)
    back()
    await Promise.all(all)
    assert.equal(tried, most)
    await keep(failing(1).run)
  })
})
