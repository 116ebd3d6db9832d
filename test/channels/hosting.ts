import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Hook, HookAnswer } from '../../src/core/base/hook.ts'
import { type Msisdn, parsePhone } from '../../src/core/base/phone.ts'
import type { Doors, Inbound, Receipt } from '../../src/core/talk/channel.ts'
import type { Chrome, Option, Prompt, View } from '../../src/core/talk/prompt.ts'

type Ended = Parameters<Doors['ended']>[0]
type Missed = Parameters<Doors['missedCall']>[0]

/** What came through the doors, in order. */
export type Recording = Doors & {
  readonly heard: Inbound[]
  readonly receipts: Receipt[]
  readonly ends: Ended[]
  readonly missed: Missed[]
}

/** Doors that write down what comes through them, and answer with `body` the same for the same message. */
export function recording(body: (inbound: Inbound) => string = () => ''): Recording {
  const answers = new Map<string, string>()
  const [heard, receipts, ends, missed]: [Inbound[], Receipt[], Ended[], Missed[]] = [[], [], [], []]
  return {
    heard,
    receipts,
    ends,
    missed,
    async receive(inbound) {
      heard.push(inbound)
      const answer = answers.get(inbound.messageId) ?? body(inbound)
      answers.set(inbound.messageId, answer)
      return answer
    },
    ended: async (end) => void ends.push(end),
    delivered: async (receipt) => void receipts.push(receipt),
    missedCall: async (call) => void missed.push(call),
  }
}

/** Posts raw bytes to a hook, as the server would. */
export const post = (
  hook: Hook | undefined,
  secret: string,
  body: string,
  query = {},
): Promise<HookAnswer> => {
  if (!hook) throw new Error('no such hook')
  return hook.answer({ method: 'POST', params: { secret }, query, headers: {}, body: Buffer.from(body) })
}

/** Serves hooks on a free port of this machine; anything else is 404. */
export async function host(hooks: () => readonly Hook[]): Promise<{ url: string; stop(): Promise<void> }> {
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://gateway')
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const found = hooks()
      .map((hook) => ({ hook, params: paramsOf(hook.path, url.pathname) }))
      .find(({ params }) => params !== undefined)
    const answer: HookAnswer = found?.params
      ? await found.hook.answer({
          method: request.method ?? '',
          params: found.params,
          query: Object.fromEntries(url.searchParams),
          headers: {},
          body: Buffer.concat(chunks),
        })
      : { status: 404, type: 'text/plain', body: '' }
    response.writeHead(answer.status, { 'content-type': answer.type }).end(answer.body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const stop = async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
  return { url: `http://127.0.0.1:${port}`, stop }
}

const paramsOf = (path: string, asked: string): Record<string, string> | undefined => {
  const match = new RegExp(`^${path.replace(/:(\w+)/g, '(?<$1>[^/]+)')}$`).exec(asked)
  return match
    ? Object.fromEntries(
        Object.entries(match.groups ?? {}).map(([name, value]) => [name, decodeURIComponent(value)]),
      )
    : undefined
}

export const phone = (text: string): Msisdn => {
  const parsed = parsePhone(text)
  if (!parsed) throw new Error(`${text} is not a phone number`)
  return parsed
}

export const CHROME: Chrome = {
  more: 'More',
  back: 'Back',
  home: 'Home',
  notHeard: 'We did not hear you. Goodbye.',
  press: (label, key) => `For ${label}, press ${key}.`,
  choose: 'Choose',
  sendPin: 'Send your place',
  goodbye: 'Goodbye',
}

export const view = (prompt: Prompt, more: Partial<View> = {}): View => ({
  prompt,
  page: 0,
  error: null,
  chrome: CHROME,
  language: 'en',
  canGoBack: false,
  ...more,
})

/** `count` options whose values tell nothing about their numbers. */
export const options = (
  count: number,
  label = (n: number) => `Stage ${String.fromCharCode(64 + n)}`,
): Option[] =>
  Array.from({ length: count }, (_, index) => ({ value: `stage-${count - index}`, label: label(index + 1) }))
