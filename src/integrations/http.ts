import { lookup } from 'node:dns/promises'
import { BlockList, isIP } from 'node:net'
import type { Http, HttpAnswer, HttpRequest } from '../core/base/http.ts'
import type { Log } from '../core/base/log.ts'
import { maskPhone } from '../core/base/phone.ts'

const BODY_LIMIT_BYTES = 256 * 1024

/** A certificate is checked before the first byte of a request is written. */
const CERTIFICATE_FAULTS = new Set([
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'CERT_REVOKED',
  'CERT_UNTRUSTED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
])

/** Loopback, private, link-local, carrier and multicast networks (IANA special-purpose registries). */
const PRIVATE = new BlockList()
for (const [network, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['224.0.0.0', 3],
] as const)
  PRIVATE.addSubnet(network, bits, 'ipv4')
for (const [network, bits] of [
  ['::', 127],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const)
  PRIVATE.addSubnet(network, bits, 'ipv6')

/**
 * The core's `Http` over the platform's fetch, with its kept-alive connections. Logs method, host, path and
 * outcome of every call; never a header, a body or a query, for those hold keys and people.
 * @param allowPrivate false refuses (`not_sent`) hosts in private networks
 */
export function createHttp({ log, allowPrivate }: { log: Log; allowPrivate: boolean }): Http {
  return async (request) => {
    const started = performance.now()
    const answer = await send(request, allowPrivate)
    const fields = { ...traceOf(request), kind: answer.kind, tookMs: Math.round(performance.now() - started) }
    if (answer.kind === 'answer') log.info({ ...fields, status: answer.status }, 'http call')
    else log.warn({ ...fields, why: answer.why }, 'http call without answer')
    return answer
  }
}

async function send(request: HttpRequest, allowPrivate: boolean): Promise<HttpAnswer> {
  const signal = AbortSignal.timeout(request.timeoutMs)
  let ready: Request
  try {
    ready = prepare(request, signal)
    if (!allowPrivate && (await isPrivate(new URL(ready.url).hostname, signal)))
      return { kind: 'not_sent', why: 'private address' }
  } catch (error) {
    return { kind: 'not_sent', why: whyOf(error) }
  }
  try {
    const response = await fetch(ready)
    const body = await readBody(response)
    if (body === undefined) return { kind: 'unknown', why: 'body too large' }
    return { kind: 'answer', status: response.status, headers: Object.fromEntries(response.headers), body }
  } catch (error) {
    return { kind: neverLeft(error) ? 'not_sent' : 'unknown', why: whyOf(error) }
  }
}

function prepare({ method, url, headers, body }: HttpRequest, signal: AbortSignal): Request {
  return new Request(url, {
    method,
    redirect: 'manual',
    signal,
    ...(headers && { headers: { ...headers } }),
    ...(body !== undefined && { body }),
  })
}

/** Whether the host is, or stands for, an address of a private network. Throws when it has no address. */
async function isPrivate(hostname: string, signal: AbortSignal): Promise<boolean> {
  const host = hostname.replace(/^\[|\]$/g, '')
  const addresses = isIP(host) ? [host] : await addressesOf(host, signal)
  return addresses.some((address) => PRIVATE.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4'))
}

async function addressesOf(host: string, signal: AbortSignal): Promise<string[]> {
  const late = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
  const found = await Promise.race([lookup(host, { all: true }), late])
  return found.map(({ address }) => address)
}

/** The whole body as text, or undefined as soon as it grows past the limit. */
async function readBody(response: Response): Promise<string | undefined> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength
    if (bytes > BODY_LIMIT_BYTES) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

const rootOf = (error: unknown): unknown => (error instanceof Error && error.cause) || error

/** Only a connection that was never made proves it: an established one can fail with the same codes. */
function neverLeft(error: unknown): boolean {
  const root = rootOf(error)
  if (root instanceof AggregateError && root.errors.length > 0) return root.errors.every(neverLeft)
  const { code, syscall } = detailsOf(root)
  if (syscall === 'connect' || syscall === 'getaddrinfo') return true
  return code === 'UND_ERR_CONNECT_TIMEOUT' || CERTIFICATE_FAULTS.has(code)
}

function detailsOf(error: unknown): { code: string; syscall: string } {
  const has = typeof error === 'object' && error !== null
  return {
    code: has && 'code' in error ? String(error.code) : '',
    syscall: has && 'syscall' in error ? String(error.syscall) : '',
  }
}

function whyOf(error: unknown): string {
  const root = rootOf(error)
  const { code } = detailsOf(root)
  if (/^[A-Z]/.test(code)) return code
  return root instanceof Error ? root.name : 'failed'
}

/** Where a call went, without what a path may tell of a person. */
function traceOf({ method, url }: HttpRequest): { method: string; host?: string; path?: string } {
  if (!URL.canParse(url)) return { method }
  const { host, pathname } = new URL(url)
  return { method, host, path: pathname.replace(/(?<![\da-f-])\+?\d{9,15}(?![\da-f-])/gi, maskPhone) }
}
