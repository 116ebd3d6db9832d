/** Messages both ways through an SMSC that does everything an SMSC should not, and what must be true of them after it. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Brought } from '../../simulators/smsc/bringing.ts'
import { FAIR, type Weather } from '../../simulators/smsc/weather.ts'
import type { LinkOptions } from '../../src/channels/smpp/link.ts'
import { SAME_MS, type SmsOptions } from '../../src/channels/smpp/sms-hearing.ts'
import type { Delivery, Inbound } from '../../src/core/talk/channel.ts'
import { phone, recording } from './hosting.ts'
import { CODE, openSmpp, PACE, until } from './smpp-stage.ts'

const STORM: Partial<Weather> = {
  ...{ throttle: 20, spell: 30, refuse: 30, cutBefore: 10, cutAfter: 10, mute: 10, lose: 10, numb: 5 },
  ...{ garble: 10, nonsense: 20, reportFirst: 3_000, reportTwice: 1_000, segment: 400 },
}
const WORKERS = 120
const TRIES = 12
const AGAIN_MS = 20
/** Texts of people meanwhile, about so many; each takes as long as a turn does. */
const TEXTS = 1_500
const TURN_MS = 20
/** The most that may end as unknown: one of so many. An SMSC that loses answers leaves some; more is our own doing. */
const UNKNOWN_OF = 5
const LONG = 'and then the rider waited by the gate. '.repeat(5)

export type Storm = {
  readonly messages: number
  readonly sky?: Partial<Weather>
  /** How long the SMSC may take to bring what it has, once the sun is out. */
  readonly restMs?: number
  readonly link?: Partial<LinkOptions>
  /** How a channel is broken. */
  readonly sms?: (own: SmsOptions) => SmsOptions
  readonly deliver?: (deliver: Deliver) => Deliver
}
export type Message = { readonly id: string; readonly to: ReturnType<typeof phone>; readonly body: string }
export type Deliver = (message: Message) => Promise<Delivery>

const numberOf = (text: string): number => Number(/^#(\d+)/.exec(text)?.[1] ?? -1)
const ownerOf = (n: number) => phone(`+2507880${String(n % 100_000).padStart(5, '0')}`)

export async function weather({
  messages,
  sky = {},
  restMs = 20_000,
  link = {},
  sms = (own) => own,
  deliver = (own) => own,
}: Storm) {
  const ids = { answer: 'hex', report: 'decimal' } as const
  const stage = await openSmpp({ ids, reportTlvs: false }, link, (own) =>
    sms({ ...own, idForm: 'hex-decimal' }),
  )
  const { smsc, channel } = stage
  const { receive, ...doors } = recording()
  const slowly = { ...doors, receive: (inbound: Inbound) => sleep(TURN_MS).then(() => receive(inbound)) }
  const every = Math.ceil(messages / TEXTS)
  const send = deliver(channel.deliver)
  const outcomes = new Map<number, Delivery>()
  const texts = new Map<string, readonly Brought[]>()
  try {
    await channel.start(slowly)
    await until('bound', () => smsc.bound() > 0)
    Object.assign(smsc.weather, STORM, sky)
    let next = 0
    const worker = async () => {
      for (let n = next++; n < messages; n = next++) {
        const message = {
          id: `m${n}`,
          to: ownerOf(n),
          body: `#${n} ${n % 10 === 0 ? LONG : 'Your rider is here.'}`,
        }
        let outcome = await send(message)
        for (let tries = 1; tries < TRIES && outcome.status === 'failed' && outcome.retryable; tries += 1) {
          await sleep(AGAIN_MS)
          outcome = await send(message)
        }
        outcomes.set(n, outcome)
        if (n % every !== 0) continue
        const text = `#${n} ${n % 4 === 0 ? LONG : 'YES'}`
        texts.set(
          text,
          smsc.text(ownerOf(n), CODE, text, (parts) => parts.reverse()),
        )
      }
    }
    await Promise.all(Array.from({ length: WORKERS }, worker))
    Object.assign(smsc.weather, FAIR)
    const after = await send({ id: 'after', to: ownerOf(0), body: 'The sun is out.' })
    await until('everything brought', smsc.isAtRest, restMs).catch(() => {})
    return { messages, outcomes, texts, doors, after, smsc, highest: smsc.highest() }
  } finally {
    await stage.stop()
  }
}

export type Weathered = Awaited<ReturnType<typeof weather>>

/** What is wrong after a storm, in words; nothing when all is well. */
export function complaints({ messages, outcomes, texts, doors, after, smsc, highest }: Weathered): string[] {
  const wrong = new Map<string, number>()
  const complain = (what: string, times = 1) => wrong.set(what, (wrong.get(what) ?? 0) + times)
  const parts = new Map<number, number>()
  const last = new Map<number, string>()
  for (const { id, to, text, part } of smsc.accepted) {
    const n = part && part.part > 1 ? undefined : numberOf(text)
    if (n !== undefined) parts.set(n, (parts.get(n) ?? 0) + 1)
    last.set(Number(id), to)
  }
  const unknown = [...outcomes.values()].filter(isUnknown).length
  complain('too many of which nobody knows what became', unknown > messages / UNKNOWN_OF ? unknown : 0)
  const delivered = new Set(doors.receipts.map(({ externalId }) => externalId))
  for (let n = 0; n < messages; n += 1) {
    const outcome = outcomes.get(n)
    const times = parts.get(n) ?? 0
    if (!outcome) complain('a message of which nobody knows anything')
    else if (outcome.status === 'sent') {
      if (times === 0) complain('a message said to be sent that the SMSC does not have')
      if (last.get(Number(outcome.externalId)) !== ownerOf(n).slice(1))
        complain('an id that is not that message’s')
      if (!delivered.has(outcome.externalId)) complain('a message whose report was not understood')
    } else if (outcome.fault !== 'unknown_outcome' && times > 0)
      complain('a message said not to be sent that the SMSC has')
    if (times > 1) complain('a message that the SMSC has twice')
  }
  const heard = new Map<string, Set<string>>()
  for (const { messageId, input } of doors.heard) {
    const text = 'text' in input ? input.text : ''
    heard.set(text, (heard.get(text) ?? new Set()).add(messageId))
  }
  complain(
    'a text of a person that was not heard',
    [...texts.keys()].filter((text) => !heard.has(text)).length,
  )
  const twice = [...heard].filter(([text, ids]) => ids.size > 1 && !isLate(texts.get(text) ?? []))
  complain('a text that counts as two', twice.length)
  complain('a window larger than agreed', highest > PACE.window ? 1 : 0)
  complain('no message gets through after the storm', after.status === 'sent' ? 0 : 1)
  return [...wrong].filter(([, times]) => times > 0).map(([what, times]) => `${what} (${times})`)
}

/** So much later than it was brought a text may be heard by a busy machine, and the one before it at once. */
const HEARD_WITHIN_MS = 1_000
/** Brought again after so long that the rule takes it for new: nobody could tell. */
const isLate = (brought: readonly Brought[]): boolean =>
  brought.some(({ spanMs }) => spanMs >= SAME_MS - HEARD_WITHIN_MS)

const isUnknown = (one: Delivery): boolean => one.status === 'failed' && one.fault === 'unknown_outcome'

/** How the storm went, in one line. */
export function tally({ messages, outcomes, doors, smsc, texts, highest }: Weathered): string {
  const all = [...outcomes.values()]
  const count = (fault: string) => all.filter((one) => one.status === 'failed' && one.fault === fault).length
  const sent = all.filter(({ status }) => status === 'sent').length
  const again = smsc.brought.reduce((sum, { tries }) => sum + Math.max(0, tries - 1), 0)
  const late = [...texts.values()].filter(isLate).length
  const unreachable = count('unreachable') + count('throttled')
  return (
    `${messages} messages: ${sent} sent, ${count('unknown_outcome')} unknown, ${unreachable} refused, ` +
    `${smsc.accepted.length} parts in the ledger, ${doors.receipts.length} reports, ${texts.size} texts heard, ` +
    `${again} brought again, ${late} of them late, at most ${highest} unanswered`
  )
}
