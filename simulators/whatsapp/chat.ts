import type { Clock } from '../clock.ts'
import type { Events } from '../events.ts'
import type { Option } from './outbound.ts'

const MAX_LINES = 20_000
const WINDOW_MS = 24 * 3_600_000

/** One line of a conversation. `direction` is the gateway's: `in` was written on the phone, `out` came to it. */
export interface ChatLine {
  direction: 'in' | 'out'
  from: 'phone' | 'gateway'
  id: string
  phone: string
  type: string
  text?: string
  options?: Option[]
  location?: { latitude: number; longitude: number; name?: string | undefined }
  at: number
}

/** The conversations of all phones, the oldest lines forgotten past 20,000. */
export function createChats(clock: Clock, events: Events) {
  const lines: ChatLine[] = []

  function add(line: Omit<ChatLine, 'at' | 'from'>) {
    const full: ChatLine = { ...line, from: line.direction === 'in' ? 'phone' : 'gateway', at: clock.now() }
    lines.push(full)
    if (lines.length > MAX_LINES) lines.shift()
    events.emit({ simulator: 'whatsapp', kind: 'chat', phone: line.phone, data: full })
    return full
  }

  /** Whether the phone has written within 24 hours, so that more than templates may be sent to it. */
  const isOpen = (phone: string) =>
    lines.some((line) => line.phone === phone && line.direction === 'in' && clock.now() - line.at < WINDOW_MS)

  /** The message that last offered this option to the phone. */
  const offering = (phone: string, optionId: string) =>
    lines.findLast((line) => line.phone === phone && line.options?.some(({ id }) => id === optionId))

  /** Phones that hide behind an id of their user's, by that id. */
  const hidden = new Map<string, string>()
  const hide = (phone: string, userId: string) => hidden.set(userId, phone)
  const behind = (userId: string) => hidden.get(userId)

  const ofPhone = (phone: string) => lines.filter((line) => line.phone === phone)
  return { add, isOpen, offering, ofPhone, hide, behind }
}
