import type { Clock } from '../../core/base/clock.ts'
import type { Log } from '../../core/base/log.ts'
import { isService, maskPhone, parsePhone } from '../../core/base/phone.ts'
import type { Doors } from '../../core/talk/channel.ts'

/** Longest provider id we keep; the longest of theirs have 38 characters. */
export const MAX_ID_CHARACTERS = 80

/** A text as any aggregator brings it; `id` is empty where it has none. */
export type Brought = { readonly from: string; readonly id: string; readonly text: string }

/** Hears a text of a person. What no person sent, or nobody can answer, is dropped: it would be no better the next time. */
export async function hearText(
  { from, id, text }: Brought,
  doors: Doors,
  { senderId, clock, log }: { readonly senderId: string | null; readonly clock: Clock; readonly log: Log },
): Promise<void> {
  const person = parsePhone(from)
  if (isService(from, senderId)) return log.info({ id }, 'sms.service_ignored')
  if (!person || id === '') return log.warn({ from: maskPhone(from), id }, 'sms.dropped')
  await doors.receive({
    channel: 'sms',
    person,
    session: person,
    messageId: `sms:${id}`,
    input: { kind: 'text', text },
    at: clock.now(),
  })
}
