import { Connection } from './connection.ts'
import { interleaved } from './measure.ts'
import { median, quantile, spread, table, whole } from './numbers.ts'
import type { Rig, Subject } from './rig.ts'
import { messageOf, WEBHOOK } from './webhook.ts'

export type WebhooksPlan = { readonly rounds: number; readonly durationMs: number }

const CONNECTIONS = 50
const SLOW_MS = 1_000
const SUBJECTS = {
  ours: 'WhatsApp messages as we take them, committed before the 200',
  bare: 'koa + bodyparser that checks the signature',
} as const
const NAMES = ['ours', 'bare'] as const

let people = 0

/** As many signed messages of new people as it can take. */
async function storm({ port }: Subject, durationMs: number) {
  const endsAt = performance.now() + durationMs
  const tookMs: number[] = []
  const one = async () => {
    const connection = new Connection(port, WEBHOOK, 'application/json')
    while (performance.now() < endsAt) {
      people += 1
      const { body, headers } = messageOf(people)
      const from = performance.now()
      const answer = await connection.post(body, headers)
      if (answer !== 'OK') throw new Error(`a webhook was answered ${answer}`)
      tookMs.push(performance.now() - from)
    }
    connection.close()
  }
  await Promise.all(Array.from({ length: CONNECTIONS }, one))
  const sorted = Float64Array.from(tookMs).sort()
  return {
    perSecond: (tookMs.length * 1_000) / durationMs,
    p50Ms: quantile(sorted, 0.5),
    p99Ms: quantile(sorted, 0.99),
    slow: tookMs.filter((ms) => ms > SLOW_MS).length / tookMs.length,
  }
}

/** @returns markdown: what we take beside what Koa takes with nothing behind it, in turns */
export async function webhooks(rig: Rig, plan: WebhooksPlan): Promise<string> {
  const url = await rig.database('webhooks')
  const field = { ours: await rig.subject('hop', url), bare: await rig.subject('webhook', url) }
  for (const name of NAMES) await storm(field[name], plan.durationMs)
  const taken = await interleaved(NAMES, plan.rounds, (name) => storm(field[name], plan.durationMs))
  const rows = NAMES.map((name) => {
    const middle = (of: (one: Awaited<ReturnType<typeof storm>>) => number) => median(taken(name).map(of))
    return [
      SUBJECTS[name],
      whole(middle((one) => one.perSecond)),
      middle((one) => one.p50Ms).toFixed(1),
      middle((one) => one.p99Ms).toFixed(1),
      `${(100 * Math.max(...taken(name).map((one) => one.slow))).toFixed(2)} %`,
    ]
  })
  for (const subject of Object.values(field)) subject.stop()
  const ratio = spread(
    taken('ours').map((one, n) => one.perSecond / (taken('bare')[n]?.perSecond ?? Number.NaN)),
  )
  return [
    table(['', 'messages/s', 'p50 ms', 'p99 ms', 'over 1 s'], rows),
    '',
    `ours ÷ bare: ${ratio} (median, lowest–highest round)`,
  ].join('\n')
}
