import { createHmac } from 'node:crypto'
import type { Heard } from '../gateway.ts'
import { type Answer, type Call, header, json } from '../http.ts'
import type { World } from '../simulator.ts'

export const ACCOUNT_SID = 'ACdev'
const AUTH_TOKEN = 'dev-twilio-token'
const TIMEOUT_MS = 15_000
const BASIC = `Basic ${Buffer.from(`${ACCOUNT_SID}:${AUTH_TOKEN}`).toString('base64')}`

/** A refusal, with Twilio's own code. */
export const refuse = (code: number, status: number): Answer =>
  json(status, { code, message: 'Refused.', more_info: `https://www.twilio.com/docs/errors/${code}`, status })

export const isKnown = (call: Call): boolean => header(call, 'authorization') === BASIC

/** A form's signature: over the address and every field in order of its name. */
export function signatureOf(url: string, fields: Readonly<Record<string, string>>): string {
  const names = Object.keys(fields).sort()
  const signed = url + names.map((name) => name + fields[name]).join('')
  return createHmac('sha1', AUTH_TOKEN).update(signed).digest('base64')
}

/** Posts a signed form to the gateway. */
export function post(world: World, url: string, fields: Record<string, string>): Promise<Heard | undefined> {
  return world.gateway.send({
    to: url,
    timeoutMs: TIMEOUT_MS,
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-twilio-signature': signatureOf(url, fields),
    },
    body: new URLSearchParams(fields).toString(),
  })
}
