/** `npm run bench`, or with `--quick` for a first impression: everything in one run, in turns, as markdown. */
import { cpus, loadavg } from 'node:os'
import { buses } from './buses.ts'
import { codecs } from './codecs.ts'
import { growth } from './growth.ts'
import { money } from './money.ts'
import { places } from './places.ts'
import { NAMES, openLoop, race, warmUp } from './race.ts'
import { type Rig, startRig } from './rig.ts'
import { routing } from './routing.ts'
import { texts } from './smpp.ts'
import { webhooks } from './webhooks.ts'

const FULL = {
  race: { rounds: 5, durationMs: 4_000 },
  open: { rounds: 3, durationMs: 2_000 },
  growth: { rounds: 5, durationMs: 2_000, conversations: 100_000, bookings: 1_000_000 },
  money: { rounds: 5, durationMs: 2_000, few: 1_000, many: 1_000_000, rows: 100_000, payments: 2_000 },
  places: { rounds: 5, places: 100_000, searches: 1_560 },
  routing: { seeds: 3 },
  smpp: { rounds: 5, durationMs: 4_000 },
  buses: { rounds: 5, questions: 1_000, few: 100, many: 10_000 },
  webhooks: { rounds: 5, durationMs: 3_000 },
  codecs: { rounds: 7 },
}
const QUICK = {
  race: { rounds: 2, durationMs: 1_500 },
  open: { rounds: 1, durationMs: 1_000 },
  growth: { rounds: 2, durationMs: 1_000, conversations: 10_000, bookings: 50_000 },
  money: { rounds: 2, durationMs: 1_000, few: 1_000, many: 50_000, rows: 20_000, payments: 300 },
  places: { rounds: 2, places: 10_000, searches: 300 },
  routing: { seeds: 1 },
  smpp: { rounds: 2, durationMs: 1_000 },
  buses: { rounds: 2, questions: 200, few: 100, many: 1_000 },
  webhooks: { rounds: 2, durationMs: 1_000 },
  codecs: { rounds: 2 },
}
const FEW = 1_000
/** What `--money` and the like measure alone. */
const PARTS = ['money', 'places', 'buses', 'webhooks'] as const
/** The same, without servers. */
const SERVERLESS = ['routing', 'codecs', 'smpp'] as const
const asked = <Name extends string>(names: readonly Name[]) =>
  names.find((name) => process.argv.includes(`--${name}`))
const [ALONE, ALONE_SERVERLESS] = [asked(PARTS), asked(SERVERLESS)]
const PLAN = process.argv.includes('--quick') ? QUICK : FULL

const print = (text: string): void => void process.stdout.write(`${text}\n\n`)

function machine(): string {
  const processors = cpus()
  return (
    `${new Date().toISOString().slice(0, 16)} UTC · ${processors.length} × ${processors[0]?.model.trim()} · ` +
    `node ${process.versions.node} · load before ${loadavg()[0]?.toFixed(1)}`
  )
}

async function bench(rig: Rig, plan: typeof FULL): Promise<void> {
  print(`${machine()} · ${await rig.versions()} · 50 connections, sessions of a dial and six answers`)
  const part = {
    money: () => money(rig, plan.money),
    places: () => places(rig, plan.places),
    buses: () => buses(rig, plan.buses),
    webhooks: () => webhooks(rig, plan.webhooks),
  }
  for (const name of PARTS) if (!ALONE || ALONE === name) print(await part[name]())
  if (ALONE) return
  const url = await rig.database('race')
  const [echo, koa, hop, peer] = await Promise.all(NAMES.map((name) => rig.subject(name, url)))
  if (!echo || !koa || !hop || !peer) throw new Error('a subject is missing')
  const field = { echo, koa, hop, peer }
  await warmUp(rig, field)
  print(await race(rig, field, plan.race.rounds, plan.race.durationMs))
  print(await openLoop(rig, field, plan.open.rounds, plan.open.durationMs))
  for (const subject of Object.values(field)) subject.stop()
  const { conversations, bookings, rounds, durationMs } = plan.growth
  const sizes = {
    few: { conversations: FEW, bookings: FEW },
    talking: { conversations, bookings: FEW },
    booked: { conversations: FEW, bookings },
  }
  print(await growth(rig, sizes, rounds, durationMs))
}

async function withServers(): Promise<void> {
  const rig = await startRig()
  let isStopping = false
  const stop = async () => {
    if (isStopping) return
    isStopping = true
    await rig.stop()
  }
  process.once('SIGINT', () => void stop().then(() => process.exit(130)))
  try {
    await bench(rig, PLAN)
  } finally {
    await stop()
  }
}

if (ALONE_SERVERLESS) print(machine())
else await withServers()
const serverless = {
  routing: async () => routing(PLAN.routing.seeds),
  codecs: async () => codecs(PLAN.codecs.rounds),
  smpp: () => texts(PLAN.smpp.rounds, PLAN.smpp.durationMs),
}
for (const name of SERVERLESS)
  if (ALONE_SERVERLESS ? ALONE_SERVERLESS === name : !ALONE) print(await serverless[name]())
