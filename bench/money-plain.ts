import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { z } from 'zod'
import { type HttpAnswer, jsonOf } from '../src/core/base/http.ts'
import { silent } from '../src/core/base/log.ts'
import { createHttp } from '../src/integrations/http.ts'
import { type Db, prepared } from '../src/integrations/postgres/connect.ts'
import { freePort } from '../src/integrations/process.ts'
import { calls, startWallet } from './money-wallet.ts'

const HTTP_TIMEOUT_MS = 5_000
const KEY = { 'ocp-apim-subscription-key': 'key' }

/** A payment that is nothing but the wallet's calls, and inserts that are each committed. */
export async function openPlain(db: Db) {
  const [port, simPort] = await Promise.all([freePort(), freePort()])
  const base = `http://127.0.0.1:${simPort}/mtn/collection`
  const wallet = await startWallet(simPort, `http://127.0.0.1:${port}`)
  const told = calls()
  const server = createServer((request, response) => {
    request.resume().on('end', () => response.end())
    told.come(request.url?.slice(1) ?? '')
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  await db.raw('create table paid (id bigserial primary key, reference text, state text, at bigint)')
  const http = createHttp({ log: silent, allowPrivate: true })
  const ask = async (method: 'GET' | 'POST', path: string, headers: Record<string, string>, body?: object) =>
    bodyOf(
      await http({
        ...{ method, url: `${base}${path}`, timeoutMs: HTTP_TIMEOUT_MS },
        headers: { ...KEY, ...headers },
        ...(body && { body: JSON.stringify(body) }),
      }),
    )
  const basic = `Basic ${Buffer.from('inzira:inzira-key').toString('base64')}`
  const token = z
    .object({ access_token: z.string() })
    .parse(await ask('POST', '/token/', { authorization: basic }))
  const named = { authorization: `Bearer ${token.access_token}`, 'x-target-environment': 'mtnrwanda' }
  const insert = (reference: string, n: number) =>
    prepared(
      db,
      'paid',
      'insert into paid (reference, state, at) values ($1, $2, $3)',
      [reference, `step ${n}`, n],
      (row) => row,
    )
  const party = { partyIdType: 'MSISDN', partyId: '250788000001' }
  const order = { amount: '1620', currency: 'RWF', externalId: 'x', payer: party }
  return {
    async pay(rows: number): Promise<void> {
      const reference = randomUUID()
      const callback = { 'x-callback-url': `http://127.0.0.1:${port}/${reference}` }
      const done = told.of(reference)
      await insert(reference, 1)
      await ask('POST', '/v1_0/requesttopay', { ...named, ...callback, 'x-reference-id': reference }, order)
      await done
      const { status } = z
        .object({ status: z.string() })
        .parse(await ask('GET', `/v1_0/requesttopay/${reference}`, named))
      if (status !== 'SUCCESSFUL') throw new Error(`a payment is ${status}`)
      for (let n = 2; n <= rows; n += 1) await insert(reference, n)
    },
    async stop() {
      server.closeAllConnections()
      server.close()
      wallet.kill()
    },
  }
}

function bodyOf(answer: HttpAnswer): unknown {
  if (answer.kind === 'answer' && answer.status < 300) return jsonOf(answer.body)
  throw new Error(`the wallet answers ${JSON.stringify(answer)}`)
}
