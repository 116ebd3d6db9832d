/** `npm run bench`, or with `--quick` for a first impression: everything in one run, in turns, as markdown. */
import { cpus, loadavg } from 'node:os'
import { growth } from './growth.ts'
import { money } from './money.ts'
import { NAMES, openLoop, race, warmUp } from './race.ts'
import { type Rig, startRig } from './rig.ts'

const FULL = {
  race: { rounds: 5, durationMs: 4_000 },
  open: { rounds: 3, durationMs: 2_000 },
  growth: { rounds: 5, durationMs: 2_000, conversations: 100_000, bookings: 1_000_000 },
  money: { rounds: 5, durationMs: 2_000, few: 1_000, many: 1_000_000, rows: 100_000, payments: 2_000 },
}
const QUICK = {
  race: { rounds: 2, durationMs: 1_500 },
  open: { rounds: 1, durationMs: 1_000 },
  growth: { rounds: 2, durationMs: 1_000, conversations: 10_000, bookings: 50_000 },
  money: { rounds: 2, durationMs: 1_000, few: 1_000, many: 50_000, rows: 20_000, payments: 300 },
}
const FEW = 1_000
/** `--money` measures that alone. */
const ONLY_MONEY = process.argv.includes('--money')

const print = (text: string): void => void process.stdout.write(`${text}\n\n`)

async function bench(rig: Rig, plan: typeof FULL): Promise<void> {
  const processors = cpus()
  print(
    `${new Date().toISOString().slice(0, 16)} UTC · ${processors.length} × ${processors[0]?.model.trim()} · ` +
      `node ${process.versions.node} · ${await rig.versions()} · load before ${loadavg()[0]?.toFixed(1)} · ` +
      '50 connections, sessions of a dial and six answers',
  )
  print(await money(rig, plan.money))
  if (ONLY_MONEY) return
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

const rig = await startRig()
let isStopping = false
const stop = async () => {
  if (isStopping) return
  isStopping = true
  await rig.stop()
}
process.once('SIGINT', () => void stop().then(() => process.exit(130)))
try {
  await bench(rig, process.argv.includes('--quick') ? QUICK : FULL)
} finally {
  await stop()
}
