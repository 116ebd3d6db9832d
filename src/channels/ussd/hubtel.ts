import { z } from 'zod'
import { json, jsonIn } from './body.ts'
import { dialledOf, type Gateway, type Hop, POST } from './gateway.ts'

const request = z.object({
  Type: z.string().transform((type) => type.toLowerCase()),
  Mobile: z.string(),
  SessionId: z.string(),
  Message: z.string().default(''),
  ServiceCode: z.string().default(''),
  // A string in some of the documents, a number in the SDK.
  Sequence: z.coerce.number().int().min(1),
})

/** `Favorite` is a dial that the phone had stored. */
const STARTS = new Set(['initiation', 'favorite'])
/** `Timeout`: we took too long, and what we answer to it is ignored. */
const OVER = new Set(['release', 'timeout'])

/**
 * Hubtel Programmable Services (Ghana): JSON with what is new alone, and a `Sequence` that counts the hops.
 * Source: developers.hubtel.com, "Programmable Services"; hubtel/programmable-services-sdk-dotnet.
 */
export const hubtel: Gateway = {
  name: 'hubtel',
  doors: POST,
  read(raw) {
    const told = jsonIn(raw, request)
    return {
      hop: told && { session: told.SessionId, phone: told.Mobile, said: saidBy(told) },
      write: (screen) =>
        json({
          SessionId: told?.SessionId ?? '',
          Type: screen?.isOpen ? 'response' : 'release',
          Message: screen?.text ?? '',
          Label: screen?.text.split('\n')[0] ?? '',
          ClientState: '',
          DataType: screen?.isOpen ? 'input' : 'display',
          FieldType: 'text',
        }),
    }
  },
}

function saidBy({ Type, Message, ServiceCode, Sequence: turn }: z.infer<typeof request>): Hop['said'] {
  if (STARTS.has(Type)) return { kind: 'start', dialled: dialledOf(ServiceCode, Message), turn }
  if (OVER.has(Type)) return { kind: 'over', completed: false }
  return { kind: 'input', text: Message, turn }
}
