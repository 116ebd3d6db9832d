import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { africastalking } from './africastalking/index.ts'
import { airtel } from './airtel/index.ts'
import { createClock } from './clock.ts'
import { createEvents } from './events.ts'
import { files } from './files.ts'
import { createGateway } from './gateway.ts'
import { createHolds } from './holds.ts'
import { json, jsonBody, type Route, route, serve } from './http.ts'
import { mpesa } from './mpesa/index.ts'
import { mtn } from './mtn/index.ts'
import { createRandom } from './random.ts'
import { read, toE164, whole } from './read.ts'
import { rura } from './rura.ts'
import { satim } from './satim/index.ts'
import type { World } from './simulator.ts'
import { smsc } from './smsc/index.ts'
import type { Profile } from './smsc/ussd.ts'
import { stripe } from './stripe/index.ts'
import { infobip } from './texts/infobip.ts'
import { twilio } from './twilio/index.ts'
import { ussd } from './ussd/index.ts'
import { vsdc } from './vsdc/index.ts'
import { whatsapp } from './whatsapp/index.ts'

/** An aggregator hangs up on a gateway that takes longer (Africa's Talking, USSD). */
const GATEWAY_TIMEOUT_MS = 10_000
const MAX_ADVANCE_MS = 30 * 86_400_000
const MAX_HELD_PHONES = 100
const WALL_DIR = fileURLToPath(new URL('./wall', import.meta.url))

export interface Options {
  /** 0 takes any free one. */
  port: number
  /** The address to listen on; this machine only when not given. */
  host?: string
  /** Where the gateway listens; a function is asked at every call. */
  gatewayUrl: string | (() => string)
  hookSecret: string
  whatsappAppSecret: string
  phoneNumberId: string
  /** For the simulators' chance: waits and choices. */
  seed: number
  /** Status questions MTN answers a second; no limit when not given. */
  mtnStatusRps?: number
  /** How long the aggregator waits for the gateway; ten seconds when not given. */
  gatewayTimeoutMs?: number
  /** Where the SMSC listens; 0 takes any free port, and there is none when not given. */
  smscPort?: number
  /** How it does USSD, where that is not by the standard. */
  smscUssd?: Partial<Profile>
  /** Where the page of phones is; `simulators/wall` when not given. */
  wallDir?: string
}

export interface Simulators {
  port: number
  url: string
  smscPort: number | undefined
  /** Cuts every connection, forgets every timer. */
  stop(): Promise<void>
}

/**
 * Starts every simulated provider in one server: `/africastalking`, `/whatsapp`, `/mtn`, `/rura`, and what they share:
 * `GET /_events?hold=+250…,+250…` (event stream; the phones named are held while it is open), `GET|POST /_clock
 * {advanceMs}`, `GET /_languages` (as the gateway says), `GET /_health`, and the page of phones at `/`. Rejects when the port is taken.
 */
export async function startSimulators(options: Options): Promise<Simulators> {
  const { gatewayUrl, mtnStatusRps = 0, host = '127.0.0.1', wallDir = WALL_DIR } = options
  const clock = createClock()
  const events = createEvents()
  const gateway = createGateway(
    typeof gatewayUrl === 'string' ? () => gatewayUrl : gatewayUrl,
    options.gatewayTimeoutMs ?? GATEWAY_TIMEOUT_MS,
  )
  const shared = { clock, events, gateway, holds: createHolds(clock), random: createRandom(options.seed) }
  const world: World = { ...options, ...shared, mtnStatusRps }
  const providers = [
    africastalking,
    whatsapp,
    airtel,
    mpesa,
    mtn,
    rura,
    satim,
    stripe,
    twilio,
    infobip,
    ussd,
    vsdc,
  ].flatMap((provider) => provider(world))
  const { smscPort, smscUssd } = options
  const carrier = smscPort === undefined ? undefined : await smsc(world, smscPort, smscUssd)
  const routes = [...providers, ...(carrier?.routes ?? []), ...common(world), files(wallDir)]
  const server = createServer((request, response) => void serve(routes, request, response))

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, host, resolve)
  })
  const { port } = server.address() as AddressInfo

  async function stop() {
    clock.stop()
    gateway.stop()
    events.stop()
    await carrier?.stop()
    const closed = new Promise((resolve) => server.close(resolve))
    server.closeAllConnections()
    await closed
  }

  return { port, url: `http://127.0.0.1:${port}`, smscPort: carrier?.port, stop }
}

const common = ({ clock, events, gateway, holds }: World): Route[] => [
  route('GET', '/_health', () => json(200, { ok: true })),
  route('GET', '/_clock', () => json(200, { now: clock.now() })),
  route('POST', '/_clock', async (call) => {
    await clock.advance(read(jsonBody(call), { advanceMs: whole(0, MAX_ADVANCE_MS) }).advanceMs)
    return json(200, { now: clock.now() })
  }),
  // The page is not the gateway's own: a browser would not let it ask there.
  route('GET', '/_languages', async () => {
    const heard = await gateway.send({ method: 'GET', to: '/v1/languages', timeoutMs: GATEWAY_TIMEOUT_MS })
    return heard?.status === 200
      ? { status: 200, headers: { 'content-type': 'application/json; charset=utf-8' }, body: heard.body }
      : json(502, { error: 'the gateway does not say which languages it speaks' })
  }),
  route('GET', '/_events', ({ query }) => {
    const phones = (query.get('hold') ?? '').split(',').slice(0, MAX_HELD_PHONES).map(toE164)
    const releases = phones.flatMap((phone) => (phone === undefined ? [] : [holds.keep(phone)]))
    return (response) =>
      events.stream(response, () => {
        for (const release of releases) release()
      })
  }),
]
