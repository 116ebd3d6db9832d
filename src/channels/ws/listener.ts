import type { WebSocket } from 'ws'
import { z } from 'zod'
import { jsonOf } from '../../core/base/http.ts'
import { maskPhone } from '../../core/base/phone.ts'
import type { Person } from '../../core/people/token.ts'
import { type Crowd, push } from './crowd.ts'
import { CLOSE, type Limits, type LiveParts } from './parts.ts'

const degrees = (most: number) => z.number().min(-most).max(most)

/** All that a client may say. */
const said = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('hello'), token: z.string().min(1) }),
  z.strictObject({ type: z.literal('position'), lat: degrees(90), lng: degrees(180) }),
])
type Said = z.infer<typeof said>

/** Hears one connection until it ends. It may say hello again with a newer token of the same person. */
export function listen(connection: WebSocket, crowd: Crowd, parts: LiveParts, limits: Limits): void {
  const { clock, log } = parts
  let person: Person | null = null
  let isBusy = false
  const hangUp = (why: string) => connection.close(CLOSE.unauthorised, why)
  const tell = (frame: object) => push(connection, JSON.stringify(frame), limits)
  let end = setTimeout(hangUp, limits.helloMs, 'no hello')

  async function greet(token: string): Promise<void> {
    const shown = await parts.identity.who(token)
    if (connection.readyState !== connection.OPEN) return
    if (!shown || (person && person.phone !== shown.phone)) return hangUp('unauthorised')
    clearTimeout(end)
    end = setTimeout(hangUp, shown.expiresAt - clock.now(), 'token expired')
    if (!person) crowd.join(shown.phone, connection)
    person = shown
    tell({ type: 'ready', expiresAt: shown.expiresAt })
  }

  async function hear(news: Said): Promise<void> {
    if (news.type === 'hello') return greet(news.token)
    if (!person) return hangUp('hello first')
    const { name, points, perSeconds } = parts.rates.position
    if (!(await parts.take(name, person.phone, points, perSeconds)))
      return tell({ type: 'problem', code: 'too_many' })
    const isDriver = await parts.moved(person.phone, { lat: news.lat, lng: news.lng, at: clock.now() })
    if (!isDriver) tell({ type: 'problem', code: 'forbidden' })
  }

  connection.on('message', (data, isBinary) => {
    const news = said.safeParse(isBinary ? undefined : jsonOf(String(data))).data
    if (!news) return connection.close(CLOSE.malformed, 'malformed')
    // One thing at a time: who talks faster than we answer is not listened to meanwhile.
    if (isBusy) return tell({ type: 'problem', code: 'too_many' })
    isBusy = true
    hear(news)
      .catch((error: unknown) => {
        log.warn({ person: person && maskPhone(person.phone), error: String(error) }, 'live_failed')
        tell({ type: 'problem', code: 'internal' })
      })
      .finally(() => {
        isBusy = false
      })
  })
  connection.on('close', () => {
    clearTimeout(end)
    if (person) crowd.leave(person.phone, connection)
  })
  // A broken or oversized frame; `close` follows.
  connection.on('error', () => {})
}
