import type { Clock } from '../../core/base/clock.ts'
import type { Log } from '../../core/base/log.ts'
import type { Connect, WebEvents, WhatsAppWebClient } from './web-client.ts'
import { within } from './within.ts'

const MAX_ATTEMPTS = 3
const DESTROY_TIMEOUT_MS = 5_000
/** How long `stop` waits for a browser that was still starting. */
const OPENING_TIMEOUT_MS = 2_000
const STATE_TIMEOUT_MS = 10_000
/** Checks in a row that find it unwell before it is replaced: a network that changes is back by the second. */
const MAX_UNWELL = 2
/** A link that held so long was a good one: the next loss begins to count anew. */
const STEADY_MS = 60_000

export type LinkOptions = {
  readonly connect: Connect
  readonly clock: Clock
  readonly log: Log
  /** How long a client may take from its start, from a shown QR code or from the login to being ready. */
  readonly readyTimeoutMs: number
  /** Pause before the second attempt; the third waits twice as long. */
  readonly retryMs: number
  /** How often one that is ready is asked whether it still is. */
  readonly checkMs: number
}

/** `lost`: given up, or stopped. */
export type LinkState = 'connecting' | 'ready' | 'lost'

export interface Link {
  start(): void
  stop(): Promise<void>
  state(): LinkState
  /** Undefined unless ready. */
  client(): WhatsAppWebClient | undefined
  /** The present client does not work: another takes its place. */
  replace(why: string): void
}

/**
 * Keeps one WhatsApp Web client alive. WhatsApp's page is known to log in and then never become ready: a
 * watchdog closes such a one and opens another, as when it is thrown out, three in all, and then gives up with
 * an error. It is also known to be thrown out in silence: so one that is ready is asked now and then, and replaced when it
 * twice is not and told nothing meanwhile.
 */
export function keepLinked(
  { connect, clock, log, readyTimeoutMs, retryMs, checkMs }: LinkOptions,
  heard: Pick<WebEvents, 'message' | 'ack' | 'vote'>,
): Link {
  let state: LinkState = 'lost'
  let client: WhatsAppWebClient | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let failures = 0
  let readyAt = 0
  let told = 0
  // Counts clients. What a former one still has to say is not listened to.
  let turn = 0
  let opening = Promise.resolve()

  function begin(): void {
    opening = open()
  }

  async function open(): Promise<void> {
    turn += 1
    const mine = turn
    state = 'connecting'
    watch(mine)
    let made: WhatsAppWebClient | undefined
    try {
      made = await connect(eventsFor(mine))
      if (mine === turn) {
        client = made
        await made.initialize()
      }
    } catch (error) {
      await fail(mine, String(error))
    }
    // Destroyed while its browser was still starting, it would leave that browser behind.
    if (made && mine !== turn) await close(made, log)
  }

  function watch(mine: number): void {
    clearTimeout(timer)
    timer = setTimeout(() => void fail(mine, `not ready within ${readyTimeoutMs} ms`), readyTimeoutMs)
  }

  function checkLater(mine: number, unwell: number): void {
    clearTimeout(timer)
    const before = told
    timer = setTimeout(() => void check(mine, unwell, before), checkMs)
  }

  async function check(mine: number, unwell: number, before: number): Promise<void> {
    const found = await within(STATE_TIMEOUT_MS, client?.state() ?? Promise.resolve('gone')).catch(String)
    if (mine !== turn || state !== 'ready') return
    const times = found === 'CONNECTED' || told > before ? 0 : unwell + 1
    if (times >= MAX_UNWELL) return fail(mine, `silent: ${found}`)
    checkLater(mine, times)
  }

  async function fail(mine: number, why: string): Promise<void> {
    if (mine !== turn) return
    turn += 1
    const next = turn
    clearTimeout(timer)
    failures = state === 'ready' && clock.now() - readyAt > STEADY_MS ? 1 : failures + 1
    state = failures < MAX_ATTEMPTS ? 'connecting' : 'lost'
    log.warn({ why, failures }, 'whatsapp_web_failed')
    if (state === 'lost') log.error({ why, attempts: failures }, 'whatsapp_web_given_up')
    const old = client
    client = undefined
    if (old) await close(old, log)
    if (state === 'connecting' && next === turn) timer = setTimeout(begin, retryMs * failures)
  }

  function eventsFor(mine: number): WebEvents {
    let hasLoggedIn = false
    return onlyWhile(() => mine === turn, {
      qr: (code) => {
        state = 'connecting'
        watch(mine)
        log.warn({ qr: code }, 'whatsapp_web_scan_qr')
      },
      // It comes several times; were each to wind the watchdog up, it would never bark.
      authenticated: () => {
        if (!hasLoggedIn && state !== 'ready') watch(mine)
        hasLoggedIn = true
      },
      ready: () => {
        clearTimeout(timer)
        state = 'ready'
        readyAt = clock.now()
        log.info({}, 'whatsapp_web_ready')
        checkLater(mine, 0)
      },
      message: tells(heard.message),
      ack: tells(heard.ack),
      vote: tells(heard.vote),
      authFailed: (why) => void fail(mine, why),
      disconnected: (why) => void fail(mine, why),
    })
  }

  const tells =
    <A extends unknown[]>(act: (...args: A) => void) =>
    (...args: A) => {
      told += 1
      act(...args)
    }

  return {
    start: () => {
      failures = 0
      begin()
    },
    async stop() {
      turn += 1
      clearTimeout(timer)
      state = 'lost'
      const old = client
      client = undefined
      if (old) await close(old, log)
      await within(OPENING_TIMEOUT_MS, opening).catch(() => log.warn({}, 'whatsapp_web_still_opening'))
    },
    state: () => state,
    client: () => (state === 'ready' ? client : undefined),
    replace: (why) => void fail(turn, why),
  }
}

async function close(client: WhatsAppWebClient, log: Log): Promise<void> {
  await within(DESTROY_TIMEOUT_MS, client.destroy()).catch((error: unknown) =>
    log.warn({ why: String(error) }, 'whatsapp_web_not_closed'),
  )
}

function onlyWhile(isOn: () => boolean, events: WebEvents): WebEvents {
  const filtered =
    <A extends unknown[]>(act: (...args: A) => void) =>
    (...args: A) => {
      if (isOn()) act(...args)
    }
  return {
    qr: filtered(events.qr),
    authenticated: filtered(events.authenticated),
    ready: filtered(events.ready),
    message: filtered(events.message),
    ack: filtered(events.ack),
    vote: filtered(events.vote),
    authFailed: filtered(events.authFailed),
    disconnected: filtered(events.disconnected),
  }
}
