import { z } from 'zod'
import { json, jsonIn } from './body.ts'
import { dialledOf, type Gateway, type Hop, POST } from './gateway.ts'

const request = z.object({
  sessionId: z.string(),
  messageType: z.coerce.string(),
  msisdn: z.string(),
  serviceCode: z.string().default(''),
  ussdString: z.string().default(''),
})

/** Begin 0, continue 1, end 2, notification 3, cancel 4, timeout 5. */
const BEGIN = '0'
const CONTINUE = '1'
const END = '2'
const NOTIFICATION = '3'
const OVER = new Set([END, '4', '5'])

/**
 * MTN's MADAPI: JSON with what is new alone, and no number of the turn.
 * Source: MTN Group, openapi mtn-group-ussd, `POST /messages/ussd/inbound`.
 */
export const madapi: Gateway = {
  name: 'madapi',
  doors: POST,
  read(raw) {
    const told = jsonIn(raw, request)
    const hop = told && { session: told.sessionId, phone: told.msisdn, said: saidBy(told) }
    return {
      hop: told?.messageType === NOTIFICATION ? 'noted' : hop,
      write: (screen) =>
        json({
          statusCode: '0000',
          statusMessage: 'Success',
          transactionId: told?.sessionId ?? '',
          data: {
            inboundResponse: screen?.text ?? '',
            userInputRequired: screen?.isOpen ?? false,
            messageType: screen?.isOpen ? CONTINUE : END,
            serviceCode: told?.serviceCode ?? '',
            msisdn: told?.msisdn ?? '',
          },
        }),
    }
  },
}

function saidBy({ messageType, serviceCode, ussdString }: z.infer<typeof request>): Hop['said'] {
  const turn = null
  if (OVER.has(messageType)) return { kind: 'over', completed: messageType === END }
  if (messageType !== BEGIN) return { kind: 'input', text: ussdString, turn }
  return { kind: 'start', dialled: dialledOf(serviceCode, ussdString), turn }
}
