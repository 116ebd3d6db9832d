import type { IdForm } from '../../core/base/carrier.ts'
import { parsePhone } from '../../core/base/phone.ts'
import type { Receipt } from '../../core/talk/channel.ts'
import { ESM, internationalDigits, type ShortMessage, TAG } from './bodies.ts'

/** One name for a message, whichever way its id was written. What is no number of that kind stays as it is. */
export function nameOf(id: string, form: IdForm, where: 'answer' | 'report'): string {
  if (form === 'text') return id
  const [answer, report] = form.split('-')
  const written = where === 'answer' ? answer : report
  if (written === 'hex') return /^[\da-f]+$/i.test(id) ? BigInt(`0x${id}`).toString() : id
  return /^\d+$/.test(id) ? BigInt(id).toString() : id
}

// SMPP 3.4, §5.2.28 and appendix B.
const BY_STATE = new Map<number, Receipt['status']>([
  [1, 'sent'],
  [2, 'delivered'],
  [3, 'failed'],
  [4, 'failed'],
  [5, 'failed'],
  [6, 'sent'],
  [7, 'sent'],
  [8, 'failed'],
])
const BY_WORD = new Map<string, Receipt['status']>([
  ['ENROUTE', 'sent'],
  ['DELIVRD', 'delivered'],
  ['EXPIRED', 'failed'],
  ['DELETED', 'failed'],
  ['UNDELIV', 'failed'],
  ['ACCEPTD', 'sent'],
  ['UNKNOWN', 'sent'],
  ['REJECTD', 'failed'],
])

const REJECTED = 8

/** Reports are ASCII, whatever data coding they claim. */
const MAX_REPORT_OCTETS = 255

export const isReport = ({ esmClass }: ShortMessage): boolean =>
  (esmClass & ESM.kind) === ESM.receipt || (esmClass & ESM.kind) === ESM.intermediate

/**
 * Reads a delivery report, by its parameters where it has them, else by its text
 * (`id:… sub:… dlvrd:… submit date:… done date:… stat:… err:… text:…`, appendix B). A parameter repeats the id that was
 * answered, the text may write it in another form.
 * @returns null when it names no message, or no state that we know
 */
export function readReport({ source, octets, tlvs }: ShortMessage, form: IdForm): Receipt | null {
  const text = octets.toString('latin1', 0, MAX_REPORT_OCTETS)
  const answered = tlvs.get(TAG.receiptedMessageId)?.toString('latin1').replace(/\0.*$/s, '')
  const [, reported] = /\bid:\s*([^\s\0]+)/i.exec(text) ?? []
  const id = answered ? nameOf(answered, form, 'answer') : reported && nameOf(reported, form, 'report')
  const [, word = ''] = /\bstat:\s*([a-z]+)/i.exec(text) ?? []
  const [state = 0] = tlvs.get(TAG.messageState) ?? []
  const status = BY_STATE.get(state) ?? BY_WORD.get(word.toUpperCase().slice(0, 7))
  if (!id || !status) return null
  const to = parsePhone(internationalDigits(source))
  const receipt = { channel: 'sms', externalId: id, status, reason: null, ...(to && { to }) } as const
  if (status !== 'failed') return receipt
  const [, code] = /\berr:\s*(\w+)/i.exec(text) ?? []
  const isRefused = state === REJECTED || word.toUpperCase().startsWith('REJECT')
  const reason = [word || `state ${state}`, code].filter(Boolean).join(' ')
  return { ...receipt, reason, fault: isRefused ? 'rejected' : 'unreachable' }
}
