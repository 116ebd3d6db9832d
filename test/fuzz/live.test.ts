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
  for (const frame of frames) if (socket.readyState === WebSocket.OPEN) socket.send(frame)
  await Promise.race([over, pause(frames.length)])
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
    const random = createRandom(SEED)
    const { token } = await caller(house)
    const known = [
      JSON.stringify({ type: 'hello', token }),
      JSON.stringify({ type: 'hello', token: 'x.y.z' }),
      JSON.stringify({ type: 'position', lat: -1.95, lng: 30.06 }),
    ]
    const codes = new Set<number>()
    for (let n = 0; n < FRAMES; ) {
      const frames = framesOf(known, random)
      codes.add(await talked(house.url, frames))
      n += frames.length
    }
    // 1006: we broke it off ourselves, for nobody had hung up.
    assert.deepEqual(
      [...codes].filter((code) => ![0, 1006, ...GOODBYES].includes(code)),
      [],
    )
    assert.ok(codes.has(4400) && codes.has(4401), [...codes].join(' '))
    assert.deepEqual(
      house.logged.filter((line) => /"level":"(?:error|warn)"/.test(line)),
      [],
    )
    assert.equal(await talked(house.url, [known[0] ?? '', known[2] ?? '']), 1006)
  })
})

/** What a client may say, changed or not; some of it as bytes. */
const framesOf = (known: readonly string[], random: Random): (string | Buffer)[] =>
  Array.from({ length: random.between(1, MOST_FRAMES) }, () => {
    const text = mutated(pick(random, known), random).toWellFormed()
    return random.between(0, 9) === 0 ? Buffer.from(text) : text
  })
