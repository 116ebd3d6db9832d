import { fork } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import smpp from 'smpp'
import { z } from 'zod'
import { Link } from '../src/channels/smpp/link.ts'
import { smsSmpp } from '../src/channels/smpp/sms.ts'
import { smsCodec } from '../src/channels/sms/codec.ts'
import { systemClock } from '../src/core/base/clock.ts'
import { silent } from '../src/core/base/log.ts'
import { parsePhone } from '../src/core/base/phone.ts'
import { recording } from '../test/channels/hosting.ts'
import { reply } from './child.ts'
import { median, spread, table, whole } from './numbers.ts'

const WINDOW = 50
const TEXT = 'Jean Bosco is waiting for you, plate RE 123 A. Give the start code 4821.'
const PHONE = '+250788000001'
const UNHURRIED = { waiting: 1_000, waitMs: 30_000, throttleMs: 200, throttleMostMs: 5_000, tps: 1_000_000 }
const PATIENCE = { responseMs: 10_000, enquireMs: 30_000, enquireResponseMs: 10_000 }

type Sender = { send(n: number): Promise<void>; stop(): Promise<void> }

/** Sends through the channel as the messenger does: encoded, within the window, its answer awaited. */
async function ours(port: number): Promise<Sender> {
  const account = { systemId: 'inzira', password: 'secret', systemType: '' }
  const link = new Link({
    ...{
      url: `smpp://127.0.0.1:${port}`,
      account,
      pace: { ...UNHURRIED, window: WINDOW },
      patience: PATIENCE,
    },
    ...{ connectMs: 1_000, retryMs: 100, retryMostMs: 100, log: silent },
  })
  const unused = (): Promise<never> => Promise.reject(new Error('nobody writes here'))
  const channel = smsSmpp({
    ...{ link, codec: smsCodec, source: '3847', idForm: 'text', clock: systemClock, log: silent },
    numbering: { idOf: unused, expect: unused },
    parts: { keep: unused, overdue: async () => [], heard: unused },
  })
  await channel.start(recording())
  const to = parsePhone(PHONE)
  if (!to) throw new Error('no phone')
  return {
    async send(n) {
      const delivery = await channel.deliver({ id: `m${n}`, to, body: TEXT })
      if (delivery.status !== 'sent') throw new Error(`a message is ${delivery.fault}`)
    },
    stop: () => channel.stop(),
  }
}

/** The package alone: a message, its answer, and nothing kept of either. */
async function bare(port: number): Promise<Sender> {
  const session = await new Promise<ReturnType<typeof smpp.connect>>((resolve) => {
    const connected = smpp.connect({ url: `smpp://127.0.0.1:${port}` }, () =>
      connected.bind_transceiver({ system_id: 'inzira', password: 'secret' }, () => resolve(connected)),
    )
  })
  const fields = {
    source_addr: '3847',
    destination_addr: PHONE.slice(1),
    registered_delivery: 1,
    short_message: TEXT,
  }
  return {
    send: () =>
      new Promise((resolve, reject) =>
        session.submit_sm(fields, ({ command_status: status }) =>
          status === 0 ? resolve() : reject(new Error(`a message is ${status}`)),
        ),
      ),
    stop: async () => session.destroy(),
  }
}

/** Messages a second with as many in flight as the window holds, and what each costs this process. */
async function measure({ send }: Sender, durationMs: number) {
  const end = performance.now() + durationMs
  const before = process.cpuUsage()
  let count = 0
  const worker = async () => {
    while (performance.now() < end) await send(count++)
  }
  await Promise.all(Array.from({ length: WINDOW }, worker))
  const { user, system } = process.cpuUsage(before)
  return { perSecond: (count * 1_000) / durationMs, costUs: (user + system) / count }
}

/**
 * Texts through our line to a carrier beside the same through the `smpp` package, in turns, to one bare SMSC in another
 * process that only answers.
 * @returns markdown
 */
export async function texts(rounds: number, durationMs: number): Promise<string> {
  const ending = import.meta.url.endsWith('.ts') ? '.ts' : '.js'
  const smsc = fork(new URL(`subjects/smsc${ending}`, import.meta.url))
  const { port } = await reply(smsc, z.object({ port: z.int() }))
  const [own, other] = [await ours(port), await bare(port)]
  await sleep(200)
  const results: { own: Measured; other: Measured }[] = []
  try {
    await measure(own, durationMs / 2)
    await measure(other, durationMs / 2)
    for (let round = 0; round < rounds; round += 1)
      results.push({ own: await measure(own, durationMs), other: await measure(other, durationMs) })
  } finally {
    await Promise.all([own.stop(), other.stop()])
    smsc.kill()
  }
  const row = (label: string, of: (one: (typeof results)[number]) => Measured, ratio: string) => [
    label,
    whole(median(results.map((one) => of(one).perSecond))),
    median(results.map((one) => of(one).costUs)).toFixed(1),
    ratio,
  ]
  const ratios = results.map((one) => one.own.perSecond / one.other.perSecond)
  return table(
    [`texts over SMPP, window ${WINDOW}`, 'texts/s', 'node µs/text', 'ours ÷ bare (lowest–highest round)'],
    [row('ours', (one) => one.own, spread(ratios)), row('the `smpp` package alone', (one) => one.other, '')],
  )
}

type Measured = Awaited<ReturnType<typeof measure>>
