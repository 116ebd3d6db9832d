import assert from 'node:assert/strict'
import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import WebSocket from 'ws'
import { createRandom, type Random } from '../../simulators/random.ts'
import { caller } from '../channels/rest-client.ts'
import { type Stage, stage } from '../channels/rest-stage.ts'
import { sized } from '../support/size.ts'
import { mutated, pick } from './mutate.ts'

const FRAMES = Number(process.env.FUZZ_FRAMES ?? sized(1_000, 5_000))
const SEED = 20_261_130
const WITHIN_MS = 300_000
/** Frames of one connection, unless the house hangs up before. */
const MOST_FRAMES = 6
const MOST_WAITS_MS = 1_000
const MOST_ANSWER_MS = 50
/** We broke it off ourselves, for nobody had hung up. */
const UNENDED = 1006
/** A code that the house may hang up with: malformed, unauthorised, too many; and a frame that is too large. */
const GOODBYES = [4400, 4401, 4409, 1009]

/** One connection that says these, one after the other, until it is hung up on. @returns with which code; 0 for none */
async function talked(url: string, frames: readonly (string | Buffer)[]): Promise<number> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/v1/live`)
  await once(socket, 'open')
  let code = 0
  const over = new Promise<void>((resolve) => {
    socket.on('close', (given) => {
      code = given
      resolve()
    })
  })
  for (const frame of frames) {
    if (socket.readyState !== WebSocket.OPEN) break
    // Who does not wait for an answer is only told that they talk too fast; where somebody is has none.
    const answered = new Promise((resolve) => socket.once('message', resolve))
    socket.send(frame)
    await Promise.race([over, answered, pause(MOST_ANSWER_MS)])
  }
  socket.terminate()
  await Promise.race([over, pause(MOST_WAITS_MS)])
  return code
}

describe('the live socket', function () {
  this.timeout(WITHIN_MS)
  let house: Stage
  before(async () => {
    house = await stage()
  })
  after(() => house.stop())

  it(`hears anything: ${FRAMES} frames`, async () => {
    const { known, codes, broken } = await heard(house, FRAMES)
    assert.deepEqual(broken, [])
    assert.ok(codes.has(4400) && codes.has(4401), [...codes].join(' '))
    assert.equal(await talked(house.url, [known[0] ?? '', known[2] ?? '']), UNENDED)
  })

  it('is found out when it trips over where somebody is', async () => {
    const tripping = await stage({
      change: (parts) => ({ ...parts, moved: () => Promise.reject(new TypeError('planted')) }),
    })
    try {
      assert.notDeepEqual((await heard(tripping, FRAMES)).broken, [])
    } finally {
      await tripping.stop()
    }
  })
})

/** Says so many frames. @returns those that are known, how the connections ended, and what should not have been */
async function heard(house: Stage, frames: number) {
  const random = createRandom(SEED)
  const { token } = await caller(house)
  const known = [
    JSON.stringify({ type: 'hello', token }),
    JSON.stringify({ type: 'hello', token: 'x.y.z' }),
    JSON.stringify({ type: 'position', lat: -1.95, lng: 30.06 }),
  ]
  const codes = new Set<number>()
  for (let n = 0; n < frames; ) {
    const some = framesOf(known, random)
    codes.add(await talked(house.url, some))
    n += some.length
  }
  const ends = [...codes].filter((code) => ![0, UNENDED, ...GOODBYES].includes(code))
  const lines = house.logged.filter((line) => /"level":"(?:error|warn)"/.test(line))
  return { known, codes, broken: [...ends.map(String), ...lines] }
}

/** What a client may say, changed or not; some of it as bytes. */
const framesOf = (known: readonly string[], random: Random): (string | Buffer)[] =>
  Array.from({ length: random.between(1, MOST_FRAMES) }, () => {
    const text = mutated(pick(random, known), random).toWellFormed()
    return random.between(0, 9) === 0 ? Buffer.from(text) : text
  })
