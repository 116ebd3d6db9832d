import { json, jsonBody, type Route, route } from '../http.ts'
import { oneOf, optional, read, string } from '../read.ts'
import { type Screen, screen } from './profile.ts'

/** How long a phone waits for a screen that was acknowledged. */
const PATIENCE_MS = 8_000
const [APPLICATION, PASSWORD] = ['APP_000001', 'dev']

/**
 * Where the gateway sends the screens of aggregators that do not take them as answers: `POST /ideamart/ussd/send`.
 * Source: docs.ideamart.io, "USSD API".
 */
export function createPushes() {
  const waiting = new Map<string, ((shown: Screen | undefined) => void)[]>()

  /** The next screen of the session; undefined when none came in time. */
  const next = (sessionId: string): Promise<Screen | undefined> =>
    new Promise((resolve) => {
      const timer = setTimeout(() => resolve(undefined), PATIENCE_MS)
      timer.unref()
      const take = (shown: Screen | undefined) => {
        clearTimeout(timer)
        resolve(shown)
      }
      waiting.set(sessionId, [...(waiting.get(sessionId) ?? []), take])
    })

  const routes: Route[] = [
    route('POST', '/ideamart/ussd/send', (call) => {
      const sent = read(jsonBody(call), {
        applicationId: string(),
        password: string(),
        version: optional(string()),
        message: string(),
        sessionId: string(),
        ussdOperation: oneOf(['mt-init', 'mt-cont', 'mt-fin']),
        destinationAddress: string(),
        encoding: optional(string()),
      })
      if (sent.applicationId !== APPLICATION || sent.password !== PASSWORD)
        return json(200, { statusCode: 'E1313', statusDetail: 'Authentication failed' })
      const [take, ...others] = waiting.get(sent.sessionId) ?? []
      if (!take) return json(200, { statusCode: 'E1328', statusDetail: 'No such session' })
      if (others.length > 0) waiting.set(sent.sessionId, others)
      else waiting.delete(sent.sessionId)
      take(screen(sent.ussdOperation === 'mt-cont', sent.message))
      return json(200, { statusCode: 'S1000', statusDetail: 'Success' })
    }),
  ]
  return { next, routes }
}
