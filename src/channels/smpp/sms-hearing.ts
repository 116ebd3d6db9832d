import type { IdForm } from '../../core/base/carrier.ts'
import type { Clock } from '../../core/base/clock.ts'
import { type Log, traceOf } from '../../core/base/log.ts'
import { isService, type Msisdn, maskPhone, parsePhone } from '../../core/base/phone.ts'
import type { Doors } from '../../core/talk/channel.ts'
import type { Codec, Input } from '../../core/talk/prompt.ts'
import type { Joined, Numbering, Parts, Unnumbered } from '../../core/talk/unnumbered.ts'
import { ESM, internationalDigits, type ShortMessage, TAG } from './bodies.ts'
import type { Link, Listener } from './link.ts'
import { STATUS } from './pdu.ts'
import { isReport, readReport } from './receipts.ts'
import { decodeText, type Place, soundPlace, splitHeader } from './text.ts'

/** The same words from the same phone within this are the network's repetition, not the person's: no id tells. */
export const SAME_MS = 4_000
/** Fragments that are answered at once. */
const SWEPT = 100

export type SmsOptions = {
  readonly link: Link
  readonly codec: Codec
  /** Who our messages are from: a short code, a number or a name. */
  readonly source: string
  readonly idForm: IdForm
  readonly numbering: Numbering
  readonly parts: Parts
  readonly clock: Clock
  readonly log: Log
}

/** Hears messages and reports. What we cannot hear now the SMSC is told to bring again; what we never can, it is not. */
export function listening(options: SmsOptions, doors: Doors): Listener {
  const { numbering, log } = options
  return {
    hears: ({ tlvs }) => !tlvs.has(TAG.ussdServiceOp),
    async hear(message) {
      try {
        await (isReport(message) ? report(options, doors, message) : hear(options, doors, message))
        return STATUS.ok
      } catch (error) {
        log.error({ from: maskPhone(message.source.digits), error: traceOf(error) }, 'sms.not_heard')
        return STATUS.tryAgain
      }
    },
    async unthanked(message) {
      const said = isReport(message) ? null : alone(options, message)
      if (said)
        await numbering
          .expect(said)
          .catch((error: unknown) => log.error({ error: traceOf(error) }, 'sms.not_expected'))
    },
  }
}

async function hear(options: SmsOptions, doors: Doors, message: ShortMessage): Promise<void> {
  const { parts, numbering, clock, log } = options
  const from = internationalDigits(message.source)
  const to = message.destination.digits
  if (isService(from, options.source)) return log.info({}, 'sms.service_ignored')
  const person = parsePhone(from)
  if (!person) return log.warn({ from: maskPhone(from) }, 'sms.dropped')
  const { octets, place } = opened(message)
  if (place) {
    const part = { person, to, ...place, octets, coding: message.dataCoding, at: clock.now() }
    const joined = await parts.keep(part)
    return joined ? hearJoined(options, doors, joined, 'text') : undefined
  }
  const said = alone(options, message)
  if (!said) return log.warn({ from: maskPhone(from), coding: message.dataCoding }, 'sms.no_text')
  await receive(options, doors, person, await numbering.idOf(said, SAME_MS), {
    kind: 'text',
    text: said.text,
  })
}

/** Answers those whose message has been waiting for its rest for too long. */
export async function hearFragments(options: SmsOptions, doors: Doors): Promise<void> {
  for (const fragment of await options.parts.overdue(options.clock.now(), SWEPT))
    await hearJoined(options, doors, fragment, 'fragment')
}

async function hearJoined(
  options: SmsOptions,
  doors: Doors,
  { id, person, octets, coding }: Joined,
  kind: 'text' | 'fragment',
): Promise<void> {
  const text = decodeText(coding, Buffer.concat(octets))
  // Only then is it done with: until it is heard its parts may bring it again, under the same id.
  if (text !== null) await receive(options, doors, person, id, { kind, text })
  await options.parts.heard(id)
}

async function receive(
  { clock }: SmsOptions,
  doors: Doors,
  person: Msisdn,
  id: string,
  input: Input,
): Promise<void> {
  await doors.receive({
    ...{ channel: 'sms', person, session: person, input },
    messageId: `smpp:${id}`,
    at: clock.now(),
  })
}

async function report({ idForm, log }: SmsOptions, doors: Doors, message: ShortMessage): Promise<void> {
  const receipt = readReport(message, idForm)
  const to = parsePhone(internationalDigits(message.source))
  if (receipt) return doors.delivered({ ...receipt, ...(to && { to }) })
  log.warn({}, 'sms.report_dropped')
}

/** A whole message in one; null when it is none, or no text. */
function alone({ clock }: SmsOptions, message: ShortMessage): Unnumbered | null {
  const person = parsePhone(internationalDigits(message.source))
  const { octets, place } = opened(message)
  const text = decodeText(message.dataCoding, octets)
  if (!person || place || text === null) return null
  return { channel: 'sms', person, to: message.destination.digits, text, at: clock.now() }
}

/** Without its header; and where it belongs, if it is one of several. */
function opened(message: ShortMessage): { readonly octets: Buffer; readonly place: Place | null } {
  const hasHeader = (message.esmClass & ESM.hasHeader) !== 0
  const { octets, place } = hasHeader ? splitHeader(message.octets) : { octets: message.octets, place: null }
  const found = place ?? segmentOf(message)
  return { octets, place: found && found.total > 1 ? found : null }
}

/** The other way to say it: by optional parameters (§5.3.2.22 to 24). */
function segmentOf({ tlvs }: ShortMessage): Place | null {
  const [reference, total, part] = [TAG.sarReference, TAG.sarTotal, TAG.sarPart].map((tag) => tlvs.get(tag))
  if (reference?.length !== 2) return null
  return soundPlace(reference.readUInt16BE(0), total?.[0] ?? 0, part?.[0] ?? 0)
}
