/** The load, in a process of its own: people who dial and answer, each on a connection of theirs. */
import { randomBytes } from 'node:crypto'
import { Connection } from './connection.ts'
import { formOf, journey, phoneOf } from './journey.ts'
import { quantile } from './numbers.ts'

/** A stretch of load. */
export type Walk = {
  readonly port: number
  readonly path: string
  readonly connections: number
  readonly durationMs: number
  /** Hops begun a second whether or not we are ready; null: each connection's next at once. */
  readonly perSecond: number | null
  /** Whether answers must begin as the journey says, or only be 200. */
  readonly strict: boolean
  readonly last: 'yes' | 'no'
  /** Null: every session is somebody new. A number: one of that many people who came before. */
  readonly people: number | null
}

export type Walked = {
  /** Answered, with those after the end that finish sessions begun before it. */
  readonly hops: number
  readonly hopsPerSecond: number
  readonly p50Ms: number
  readonly p99Ms: number
  readonly wrong: number
  readonly firstWrong: string | null
}

/** A prime, so that people take turns in no order of the index. */
const STRIDE = 7_368_787

/** Then it is broken, and more load tells nothing. */
const WRONG_LIMIT = 10

let strangers = 0
const run = randomBytes(4).toString('hex')

async function walk(plan: Walk): Promise<Walked> {
  const steps = journey(plan.last)
  const latencies: number[] = []
  let hops = 0
  let inTime = 0
  let wrong = 0
  let firstWrong: string | null = null
  const startedAt = performance.now()
  const endsAt = startedAt + plan.durationMs
  const due = plan.perSecond === null ? null : createArrivals(plan.perSecond, startedAt, endsAt)

  const one = async () => {
    const connection = new Connection(plan.port, plan.path)
    while (performance.now() < endsAt && wrong < WRONG_LIMIT) {
      strangers += 1
      const phone = phoneOf(plan.people === null ? strangers : (strangers * STRIDE) % plan.people)
      const session = `ATUid_${run}${strangers}`
      let said = ''
      for (const { key, begins } of steps) {
        const from = (await due?.()) ?? performance.now()
        said = said === '' ? key : `${said}*${key}`
        const body = await connection.post(formOf(session, phone, said))
        hops += 1
        const now = performance.now()
        if (now < endsAt) inTime += 1
        if (from < endsAt) latencies.push(now - from)
        if (plan.strict && !body.startsWith(begins)) {
          wrong += 1
          firstWrong ??= `${said}: ${body}`
          break
        }
      }
    }
    connection.close()
  }
  await Promise.all(Array.from({ length: plan.connections }, one))
  const sorted = Float64Array.from(latencies).sort()
  return {
    hops,
    hopsPerSecond: (inTime * 1_000) / plan.durationMs,
    p50Ms: quantile(sorted, 0.5),
    p99Ms: quantile(sorted, 0.99),
    wrong,
    firstWrong,
  }
}

/** Moments at which hops are due, handed out in order; a late taker's wait counts from the moment itself. */
function createArrivals(perSecond: number, startedAt: number, endsAt: number): () => Promise<number | null> {
  const waiting: ((at: number | null) => void)[] = []
  let given = 0
  const next = () => startedAt + (given * 1000) / perSecond
  const tick = setInterval(() => {
    const now = performance.now()
    while (waiting.length > 0 && next() <= now) {
      waiting.shift()?.(next())
      given += 1
    }
    if (now < endsAt) return
    clearInterval(tick)
    for (const taker of waiting.splice(0)) taker(null)
  }, 1)
  return () => {
    const at = next()
    if (at <= performance.now()) {
      given += 1
      return Promise.resolve(at)
    }
    return performance.now() >= endsAt ? Promise.resolve(null) : new Promise((take) => waiting.push(take))
  }
}

process.on('message', (plan: Walk) => {
  walk(plan).then(
    (walked) => process.send?.(walked),
    (error: unknown) => process.send?.({ error: String(error) }),
  )
})
process.on('disconnect', () => process.exit())
process.send?.({ ready: true })
