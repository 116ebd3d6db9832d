import { z } from 'zod'
import { type Http, jsonOf } from '../../core/base/http.ts'
import { json, jsonIn } from './body.ts'
import { dialledOf, type Gateway, POST, type Screen } from './gateway.ts'

const TIMEOUT_MS = 3_000

const request = z.object({
  sessionId: z.string(),
  /** `tel:94771234567`; a masked one is no phone number, and nobody can be booked for. */
  sourceAddress: z.string(),
  ussdOperation: z.enum(['mo-init', 'mo-cont']),
  message: z.string().default(''),
})

const accepted = z.object({ statusCode: z.literal('S1000') })

/**
 * Ideamart (Dialog, Sri Lanka) and bdapps (Robi, Bangladesh): JSON with what is new alone. The request is only
 * acknowledged; the screen goes by a call of our own. When that fails we do not acknowledge: the same request again gets
 * the same screen.
 * Source: docs.ideamart.io, "USSD API".
 */
export const ideamart = (options: {
  /** Takes screens: `https://api.ideamart.io/ussd/send`. */
  readonly url: string
  readonly applicationId: string
  readonly password: string
  readonly http: Http
}): Gateway => ({
  name: 'ideamart',
  doors: POST,
  read(raw) {
    const told = jsonIn(raw, request)
    const turn = null
    return {
      hop: told && {
        session: told.sessionId,
        phone: told.sourceAddress.replace(/^tel:/, ''),
        said:
          told.ussdOperation === 'mo-init'
            ? { kind: 'start', dialled: dialledOf('', told.message), turn }
            : { kind: 'input', text: told.message, turn },
      },
      write: () => json({ statusCode: 'S1000', statusDetail: 'Success' }),
      send: (screen) => (told ? push(options, told, screen) : Promise.resolve()),
    }
  },
})

async function push(
  { url, applicationId, password, http }: Parameters<typeof ideamart>[0],
  { sessionId, sourceAddress }: z.infer<typeof request>,
  { text, isOpen }: Screen,
): Promise<void> {
  const sent = await http({
    method: 'POST',
    url,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      applicationId,
      password,
      version: '1.0',
      message: text,
      sessionId,
      ussdOperation: isOpen ? 'mt-cont' : 'mt-fin',
      destinationAddress: sourceAddress,
      encoding: '440',
    }),
    timeoutMs: TIMEOUT_MS,
  })
  if (sent.kind !== 'answer') throw new Error(`ideamart took no screen: ${sent.why}`)
  if (sent.status !== 200 || !accepted.safeParse(jsonOf(sent.body)).success)
    throw new Error(`ideamart took no screen: ${sent.status} ${sent.body.slice(0, 200)}`)
}
