/** A bad line between the carriers of calls and us: posts come again, twice at once, late, and without their keys. */
import {
  Agent,
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  request,
  type Server,
} from 'node:http'
import { buffer } from 'node:stream/consumers'
import { readActions } from '../../simulators/africastalking/actions.ts'
import type { Random } from '../../simulators/random.ts'
import { signatureOf } from '../../simulators/twilio/account.ts'
import { readTwiml } from '../../simulators/twilio/twiml.ts'
import { freePort } from '../../src/integrations/process.ts'
import { close, listen } from '../../src/listen.ts'

/** Turns in a hundred that are posted twice at once, again afterwards, after a newer one, or first without their keys. */
const MISCHIEF = { concurrent: 5, repeated: 20, overtaken: 5, keyless: 5 } as const
const SOCKETS = 64

/** What each carrier calls it, and how strictly it reads what we answer. */
const CARRIERS = {
  africastalking: { digits: 'dtmfDigits', session: 'sessionId', read: readActions },
  twilio: { digits: 'Digits', session: 'CallSid', read: readTwiml },
} as const

type Carrier = keyof typeof CARRIERS
type Post = {
  readonly method: string
  readonly to: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
}
type Heard = { readonly status: number; readonly type: string; readonly body: string }
type Turn = {
  readonly carrier: Carrier
  readonly session: string
  readonly hop: number
  readonly digits: string
}

export class VoiceWire {
  readonly complaints: string[] = []
  /** The longest that a carrier waited for an answer. */
  slowestMs = 0
  readonly counts = { posts: 0, concurrent: 0, repeated: 0, overtaken: 0, keyless: 0 }
  /** Where carriers reach us, and where we really are. */
  url = ''
  port = 0
  readonly #random: Random
  readonly #agent = new Agent({ keepAlive: true, maxSockets: SOCKETS })
  /** What was first answered to each turn of each call. */
  readonly #answers = new Map<string, string>()
  readonly #posts = new Map<string, Post[]>()
  readonly #late = new Set<Promise<void>>()
  #server: Server | null = null

  constructor(random: Random) {
    this.#random = random
  }

  async start(): Promise<void> {
    this.#server = createServer((call, answer) => {
      const heard = this.#hear(call).catch((error: unknown): Heard => {
        this.complaints.push(`lost: ${call.url}: ${error}`)
        return { status: 502, type: 'text/plain', body: '' }
      })
      void heard.then(({ status, type, body }) =>
        answer.writeHead(status, { 'content-type': type }).end(body),
      )
    })
    this.url = `http://127.0.0.1:${await listen(this.#server, 0)}`
    this.port = await freePort()
  }

  /** Resolves when nothing is on its way any more. */
  async rest(): Promise<void> {
    while (this.#late.size > 0) await Promise.all(this.#late)
  }

  async stop(): Promise<void> {
    if (this.#server) await close(this.#server)
    this.#agent.destroy()
  }

  async #hear(call: IncomingMessage): Promise<Heard> {
    const { method = '', url: to = '', headers } = call
    const post: Post = { method, to, headers, body: (await buffer(call)).toString() }
    const turn = turnOf(post)
    if (turn === undefined) return this.#send(post)
    if (turn === 'other') return this.#judged(post, undefined)
    if (turn.hop > 0 && this.#happens('keyless')) await this.#judged(...keyless(post, turn))
    const isDoubled = this.#happens('concurrent')
    const [heard] = await Promise.all([
      this.#judged(post, turn),
      ...(isDoubled ? [this.#judged(post, turn)] : []),
    ])
    this.#afterwards(post, turn)
    return heard
  }

  /** What reaches us while the call goes on already. */
  #afterwards(post: Post, turn: Turn): void {
    const earlier = this.#posts.get(turn.session) ?? []
    const old = earlier[this.#random.between(0, Math.max(0, earlier.length - 1))]
    this.#posts.set(turn.session, [...earlier, post])
    const again = [
      ...(this.#happens('repeated') ? [post] : []),
      ...(old && this.#happens('overtaken') ? [old] : []),
    ]
    for (const one of again) {
      const known = turnOf(one)
      if (known === undefined || known === 'other') continue
      const late = this.#judged(one, known).then(
        () => {},
        (error: unknown) => void this.complaints.push(`lost: ${one.to}: ${error}`),
      )
      this.#late.add(late)
      void late.finally(() => this.#late.delete(late))
    }
  }

  /** Sends it on, and says what is wrong with the answer: each is XML, and each turn of a call has but one. */
  async #judged(post: Post, turn: Turn | undefined): Promise<Heard> {
    const heard = await this.#send(post)
    const where = `${post.to} ${post.body}`
    if (heard.status !== 200) this.complaints.push(`status ${heard.status}: ${where}`)
    try {
      if (!heard.type.startsWith('application/xml')) throw new SyntaxError(heard.type)
      CARRIERS[carrierOf(post) ?? 'africastalking'].read(heard.body)
    } catch (error) {
      this.complaints.push(`no XML: ${error}: ${where}: ${heard.body}`)
    }
    if (!turn) return heard
    const isAgain = turn.digits === '' || turn.digits === '*'
    const key = `${turn.session} ${isAgain ? Math.max(0, turn.hop - 1) : turn.hop}`
    const first = this.#answers.get(key) ?? heard.body
    this.#answers.set(key, first)
    if (first !== heard.body) this.complaints.push(`another answer: ${where}: ${heard.body}, first ${first}`)
    return heard
  }

  #send({ method, to, headers, body }: Post): Promise<Heard> {
    this.counts.posts += 1
    const began = performance.now()
    const { host: _, connection: __, ...own } = headers
    const there = { host: '127.0.0.1', port: this.port, path: to, method, agent: this.#agent }
    return new Promise((resolve, reject) => {
      const length = { 'content-length': String(Buffer.byteLength(body)) }
      const call = request({ ...there, headers: { ...own, ...length } }, (answer) => {
        const [status, type] = [answer.statusCode ?? 0, answer.headers['content-type'] ?? '']
        buffer(answer).then((bytes) => {
          this.slowestMs = Math.max(this.slowestMs, performance.now() - began)
          resolve({ status, type, body: bytes.toString() })
        }, reject)
      })
      call.on('error', reject)
      call.end(body)
    })
  }

  #happens(what: keyof typeof MISCHIEF): boolean {
    const isSo = this.#random.between(1, 100) <= MISCHIEF[what]
    if (isSo) this.counts[what] += 1
    return isSo
  }
}

const carrierOf = ({ to }: Post): Carrier | undefined =>
  /^\/hooks\/voice\/twilio\//.test(to)
    ? 'twilio'
    : to.startsWith('/hooks/voice/')
      ? 'africastalking'
      : undefined

/** The turn of a call that a post is; `other` when it is of a call and no turn, undefined when of none. */
function turnOf(post: Post): Turn | 'other' | undefined {
  const carrier = carrierOf(post)
  if (!carrier) return undefined
  const form = new URLSearchParams(post.body)
  const { digits, session } = CARRIERS[carrier]
  const isOurs = /^outbound/i.test(form.get('direction') ?? form.get('Direction') ?? '')
  const isOpen = form.get('isActive') === '1' || form.get('CallStatus') === 'in-progress'
  if (!isOurs || !isOpen) return 'other'
  return {
    carrier,
    session: form.get(session) ?? '',
    hop: Number(new URL(post.to, 'http://wire').searchParams.get('hop') ?? 0),
    digits: (form.get(digits) ?? '').replace(/#$/, ''),
  }
}

/** The same post, and turn, with no keys in it; signed where it was. */
function keyless(post: Post, turn: Turn): [Post, Turn] {
  const form = new URLSearchParams(post.body)
  form.delete(CARRIERS[turn.carrier].digits)
  const url = `http://${post.headers.host}${post.to}`
  const signature = turn.carrier === 'twilio' && {
    'x-twilio-signature': signatureOf(url, Object.fromEntries(form)),
  }
  return [
    { ...post, body: form.toString(), headers: { ...post.headers, ...signature } },
    { ...turn, digits: '' },
  ]
}
