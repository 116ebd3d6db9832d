import type { Ledger } from '../ledger.ts'
import type { Rules } from '../scenario.ts'
import type { Mischief, World } from '../simulator.ts'

/** Our numbers at the aggregator. */
export const SHORT_CODE = '3847'
export const VOICE_NUMBER = '+250730000077'
/** MTN Rwanda in the aggregator's table of networks. */
export const NETWORK_CODE = '63510'

/** A message that the gateway sent to a phone. `error` is set when what it sent could not be said. */
export interface Message {
  id: string
  channel: 'sms' | 'voice'
  to: string
  from: string
  text: string
  status: string
  /** Epoch ms. */
  at: number
  error?: string
}

/** What the three channels of the aggregator share. */
export interface Line extends Mischief {
  world: World
  ledger: Ledger<Message>
  /** `/hooks/<channel>/africastalking/<secret><rest>` on the gateway. */
  hook(channel: 'ussd' | 'sms' | 'voice', rest?: string): string
}

/** Per-recipient answers of the sending API, by name (Africa's Talking, "Send bulk SMS", status codes). */
export const REFUSALS: Readonly<Record<string, number>> = {
  RiskHold: 401,
  InvalidPhoneNumber: 403,
  UnsupportedNumberType: 404,
  InsufficientBalance: 405,
  UserInBlacklist: 406,
  CouldNotRoute: 407,
  DoNotDisturbRejection: 409,
  InternalServerError: 500,
  GatewayError: 501,
  RejectedByGateway: 502,
}

/** How a message that was accepted can end all the same, in its delivery report. */
export const LOSSES = ['Failed', 'Rejected', 'AbsentSubscriber', 'Expired'] as const

/**
 * Operations: `sms` (the gateway sends), `report` (delivery reports), `optout` (a phone wants nothing more), `inbound` (SMS from a phone), `ussd` (a hop),
 * `ussdEnd` (the end notification), `simSwap` (the gateway asks about a SIM card), `simSwapped` (the answer), `call` (the gateway calls), `voice` (call control), `voiceEnd` (the last callback).
 * Outcomes: `InvalidSenderId`, every refusal and every loss above; of `simSwap` those of `insights.ts`.
 */
export const RULES: Rules = {
  subject: 'msisdn',
  operations: {
    sms: 'request',
    report: 'callback',
    optout: 'callback',
    inbound: 'callback',
    ussd: 'hop',
    ussdEnd: 'callback',
    call: 'request',
    voice: 'hop',
    voiceEnd: 'callback',
    simSwap: 'request',
    simSwapped: 'callback',
  },
  outcomes: {
    sms: ['InvalidSenderId', ...Object.keys(REFUSALS), ...LOSSES],
    simSwap: ['Swapped', 'SwappedLongAgo', 'Silent', 'Failed'],
  },
}

/** `2026-08-23 10:15:02`, UTC: how the aggregator writes a moment. */
export const stamp = (at: number): string => new Date(at).toISOString().slice(0, 19).replace('T', ' ')
