import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePort } from '../../src/integrations/process.ts'
import type { Arena, Ground } from './arena.ts'
import { type Backend, startBalancer } from './balancer.ts'
import { type Callers, startCallers } from './callers.ts'
import type { Role } from './nodes.ts'
import { rowsOf } from './oracles.ts'
import { post } from './phones.ts'

const GATEWAYS = 2
const UP_WITHIN_MS = 30_000
/** At first the wallet answers later than a node may take to end: what asks it is in hand when the worker must go. */
const SLOW_WALLET_MS = 14_000
/** Between deploys all nodes work side by side. */
const REST_MS = 500
const NOTICE_MS = 1_000

type Node = {
  readonly name: string
  readonly env: NodeJS.ProcessEnv
  child: ChildProcess
}

/** How a node ended that was told to: how long it took, and by which code or signal. */
export type Drained = { readonly name: string; readonly tookMs: number; readonly how: string }

export type Rolled = Pick<Callers, 'hops' | 'failed' | 'wrong'> & {
  readonly perSecond: number
  readonly drains: readonly Drained[]
  /** What a worker that had ended still kept from the others. */
  readonly kept: readonly string[]
  /** What the balancer lost of anything. */
  readonly lost: readonly string[]
  /** People whose booking is not where their last screen says. */
  readonly astray: readonly string[]
}

/** Deploys two gateways and a worker in turn, `rounds` times, while people book through a balancer. */
export async function roll(ground: Ground, rounds: number, hopsPerSecond: number): Promise<Rolled> {
  const arena = await ground.arena(false)
  const backends: Backend[] = []
  for (let n = 0; n < GATEWAYS; n += 1)
    backends.push({ port: await freePort(), internalPort: await freePort() })
  const nodes: Node[] = []
  const start = async (name: string, role: Role, own: NodeJS.ProcessEnv) => {
    const env = { ...own, ROLE: role, DEMO: 'off', NOTICE_MS: `${NOTICE_MS}` }
    nodes.push({ name, env, child: await run(arena, { name, env }) })
  }
  try {
    await wallet(arena, SLOW_WALLET_MS)
    for (const [n, { port, internalPort }] of backends.entries())
      await start(`gateway ${n + 1}`, 'gateway', { PORT: `${port}`, INTERNAL_PORT: `${internalPort}` })
    await start('worker', 'worker', { INTERNAL_PORT: '0' })
    return await underLoad(arena, backends, nodes, rounds, hopsPerSecond)
  } finally {
    for (const { child } of nodes) child.kill('SIGKILL')
    await arena.stop()
  }
}

async function underLoad(
  arena: Arena,
  backends: readonly Backend[],
  nodes: readonly Node[],
  rounds: number,
  hopsPerSecond: number,
): Promise<Rolled> {
  const balancer = await startBalancer(Number(arena.env.PORT), backends)
  const began = Date.now()
  const callers = startCallers(arena.hookUrl, hopsPerSecond)
  const drains: Drained[] = []
  const kept: string[] = []
  try {
    for (let round = 0; round < rounds; round += 1)
      for (const node of nodes) {
        await sleep(REST_MS)
        drains.push(await end(node))
        if (node.env.ROLE === 'worker') {
          kept.push(...(await rowsOf(arena.db, LEASED)))
          await wallet(arena, 0)
        }
        node.child = await run(arena, node)
      }
  } finally {
    await callers.stop()
    await balancer.stop()
  }
  const { hops, failed, wrong } = callers
  const perSecond = (hops * 1_000) / (Date.now() - began)
  return {
    hops,
    failed,
    wrong,
    perSecond,
    drains,
    kept,
    lost: balancer.lost,
    astray: await astray(arena, callers),
  }
}

/** Starts a node's program. Resolves when it says that it is up. */
async function run(arena: Arena, { name, env }: Omit<Node, 'child'>): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['--always-sparkplug', arena.entry], {
    env: { ...arena.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  child.stdout.pipe(createWriteStream(`.artifacts/deploys-${name.replace(' ', '-')}.log`, { flags: 'a' }))
  const up = new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (said: Buffer) => {
      if (said.includes('Inzira is up.')) resolve()
    })
    child.once('exit', () => reject(new Error(`${name} ended before it was up`)))
    setTimeout(() => reject(new Error(`${name} never came up`)), UP_WITHIN_MS).unref()
  })
  return up.then(
    () => child,
    (error: unknown) => {
      child.kill('SIGKILL')
      throw error
    },
  )
}

async function end({ name, child }: Node): Promise<Drained> {
  const began = Date.now()
  const gone = once(child, 'exit')
  child.kill('SIGTERM')
  const [code, signal] = await gone
  return { name, tookMs: Date.now() - began, how: String(code ?? signal) }
}

/** Each claim is an attempt until it fails or waits, and moves when it is due. */
const LEASED = `
  select id || ' ' || type as it from outbox where dead_at is null and attempts > failures
    and due_at > extract(epoch from clock_timestamp()) * 1000`

/** How long the wallet takes to answer from here on. */
const wallet = ({ simulators }: Arena, delayMs: number): Promise<unknown> =>
  post(`${simulators.url}/mtn/_scenario`, { on: 'collect', fault: 'delay', delayMs })

/** Who hangs up at the price is asked for a yes; a load for which prices are asked is quoted again. */
const STANDING = `
  select owner || ' ' || (state not in ('asking', 'looking', 'confirming')) as it from instances
  where flow = 'booking'`

async function astray({ db }: Arena, { booked, hungUp }: Callers): Promise<string[]> {
  const standing = new Map<string, string[]>()
  for (const row of await rowsOf(db, STANDING)) {
    const [owner = '', isBooked = ''] = row.split(' ')
    standing.set(owner, [...(standing.get(owner) ?? []), isBooked])
  }
  const differs = (wanted: string) => (phone: string) => String(standing.get(phone)) !== wanted
  return [...booked.filter(differs('true')), ...hungUp.filter(differs('false'))]
}
