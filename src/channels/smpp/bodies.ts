import { cText, FieldReader, octetText, type Tlvs, tlvOctets } from './fields.ts'

/** Tags of the optional parameters that we read or write (SMPP 3.4, §5.3.2). */
export const TAG = {
  receiptedMessageId: 0x001e,
  sarReference: 0x020c,
  sarTotal: 0x020e,
  sarPart: 0x020f,
  networkError: 0x0423,
  messagePayload: 0x0424,
  messageState: 0x0427,
  ussdServiceOp: 0x0501,
} as const

/** esm_class (§5.2.12): what kind of message it is, and whether its text begins with a header (UDH). */
export const ESM = { kind: 0x3c, receipt: 0x04, intermediate: 0x20, hasHeader: 0x40 } as const

/** A number with its type and plan (§5.2.5, §5.2.6). */
export type Address = { readonly ton: number; readonly npi: number; readonly digits: string }

/** What `submit_sm` and `deliver_sm` carry alike (§4.4.1, §4.6.1). */
export type ShortMessage = {
  readonly serviceType: string
  readonly source: Address
  readonly destination: Address
  readonly esmClass: number
  /** 1 asks for a delivery report. */
  readonly registeredDelivery: number
  readonly dataCoding: number
  /** Of `short_message`, or of `message_payload` where that is empty. */
  readonly octets: Buffer
  readonly tlvs: Tlvs
}

const MAX = {
  serviceType: 6,
  address: 21,
  time: 17,
  messageId: 65,
  systemId: 16,
  password: 9,
  systemType: 13,
}
/** Of `short_message`; more needs `message_payload`, which nothing of ours does. */
export const MAX_SHORT_OCTETS = 254
const VERSION = 0x34

export function encodeShortMessage(message: ShortMessage): Buffer {
  const { source, destination, octets } = message
  if (octets.length > MAX_SHORT_OCTETS) throw new RangeError(`${octets.length} octets in one short message`)
  const head =
    cText(message.serviceType, MAX.serviceType) +
    addressText(source) +
    addressText(destination) +
    // protocol_id 0, priority_flag 0, no schedule, the SMSC's own validity.
    octetText(message.esmClass, 0, 0, 0, 0) +
    octetText(message.registeredDelivery, 0, message.dataCoding, 0, octets.length)
  return Buffer.concat([Buffer.from(head, 'latin1'), octets, tlvOctets(message.tlvs)])
}

/** @throws Malformed */
export function decodeShortMessage(body: Buffer): ShortMessage {
  const fields = new FieldReader(body)
  const serviceType = fields.text(MAX.serviceType)
  const source = readAddress(fields)
  const destination = readAddress(fields)
  const esmClass = fields.octet()
  fields.octets(2)
  fields.text(MAX.time)
  fields.text(MAX.time)
  const registeredDelivery = fields.octet()
  fields.octet()
  const dataCoding = fields.octet()
  fields.octet()
  const short = fields.octets(fields.octet())
  const tlvs = fields.tlvs()
  const octets = short.length > 0 ? short : (tlvs.get(TAG.messagePayload) ?? short)
  return { serviceType, source, destination, esmClass, registeredDelivery, dataCoding, octets, tlvs }
}

/** The id in a `submit_sm_resp`; empty where there is none, as after an error. @throws Malformed */
export const decodeMessageId = (body: Buffer): string =>
  body.length === 0 ? '' : new FieldReader(body).text(MAX.messageId)

/** Of a `deliver_sm_resp`, whose message id is unused (§4.6.2). */
export const NO_MESSAGE_ID = Buffer.from([0])

/** Who binds. */
export type Account = { readonly systemId: string; readonly password: string; readonly systemType: string }

/** `bind_transceiver` (§4.1.5), for every address that the account has. */
export const encodeBind = ({ systemId, password, systemType }: Account): Buffer =>
  Buffer.from(
    cText(systemId, MAX.systemId) +
      cText(password, MAX.password) +
      cText(systemType, MAX.systemType) +
      octetText(VERSION, 0, 0, 0),
    'latin1',
  )

const addressText = ({ ton, npi, digits }: Address): string =>
  octetText(ton, npi) + cText(digits, MAX.address)

const readAddress = (fields: FieldReader): Address => ({
  ton: fields.octet(),
  npi: fields.octet(),
  digits: fields.text(MAX.address),
})

const ALPHANUMERIC = { ton: 5, npi: 0 }
const INTERNATIONAL = { ton: 1, npi: 1 }
const SHORT_CODE = { ton: 3, npi: 0 }

/** A number of ours or of a person as SMPP writes it: `+250…` without its plus, a short code, or a name. */
export function addressOf(text: string): Address {
  if (/\p{L}/u.test(text)) return { ...ALPHANUMERIC, digits: text }
  if (text.startsWith('+')) return { ...INTERNATIONAL, digits: text.slice(1) }
  return { ...SHORT_CODE, digits: text }
}

/** A number as it is to be read: with its plus where it is said to be international. */
export const internationalDigits = ({ ton, digits }: Address): string =>
  ton === INTERNATIONAL.ton ? `+${digits.replace(/^\+/, '')}` : digits
