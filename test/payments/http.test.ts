import assert from 'node:assert/strict'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { silent } from '../../src/core/base/log.ts'
import { createHttp } from '../../src/integrations/http.ts'
import { freePort } from '../../src/integrations/process.ts'

const LIMIT_BYTES = 256 * 1024

const routes: Record<string, RequestListener> = {
  '/echo': async (request, response) => {
    const body = await text(request)
    response.setHeader('x-seen', [request.method, request.headers['x-reference-id'], body].join(' '))
    response.end('{"fine":true}')
  },
  '/moved': (_request, response) => response.writeHead(302, { location: '/echo' }).end(),
  '/fits': (_request, response) => response.end('x'.repeat(LIMIT_BYTES)),
  '/large': (_request, response) => response.end('x'.repeat(LIMIT_BYTES + 1)),
  '/endless': (_request, response) => {
    const timer = setInterval(() => response.write('x'.repeat(64 * 1024)), 1)
    response.on('close', () => clearInterval(timer))
  },
  '/cut': (_request, response) => {
    response.writeHead(200, { 'content-length': 100 }).write('half')
    setTimeout(() => response.destroy(), 20)
  },
  '/reset': (request) => request.socket.resetAndDestroy(),
  '/hangup': (request) => request.socket.destroy(),
  '/silence': () => {},
  '/slow-body': (_request, response) => response.writeHead(200).write('half'),
}

describe('http', () => {
  let server: Server
  let base: string
  let connections = 0
  const http = createHttp({ log: silent, allowPrivate: true })
  const get = (path: string, timeoutMs = 2_000) => http({ method: 'GET', url: base + path, timeoutMs })

  before(async () => {
    server = createServer((request, response) => routes[request.url ?? '']?.(request, response))
    server.on('connection', () => {
      connections += 1
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  after(() => {
    server.closeAllConnections()
    server.close()
  })

  it('brings status, headers and body', async () => {
    const headers = { 'X-Reference-Id': 'r1' }
    const answer = await http({ method: 'POST', url: `${base}/echo`, headers, body: '{}', timeoutMs: 2_000 })
    assert.equal(answer.kind, 'answer')
    if (answer.kind !== 'answer') return
    assert.equal(answer.status, 200)
    assert.equal(answer.headers['x-seen'], 'POST r1 {}')
    assert.equal(answer.body, '{"fine":true}')
  })

  it('keeps its connection', async () => {
    await get('/echo')
    const before = connections
    for (let call = 0; call < 20; call++) await get('/echo')
    // The first may come before the last one's connection is free.
    assert.ok(connections - before <= 1, `${connections - before} new`)
  })

  it('does not follow a redirect', async () => {
    const answer = await get('/moved')
    assert.equal(answer.kind === 'answer' && answer.status, 302)
  })

  it('reads 256 KiB and not a byte more', async () => {
    const answer = await get('/fits')
    assert.equal(answer.kind === 'answer' && answer.body.length, LIMIT_BYTES)
    assert.deepEqual(await get('/large'), { kind: 'unknown', why: 'body too large' })
    assert.deepEqual(await get('/endless'), { kind: 'unknown', why: 'body too large' })
  })

  for (const path of ['/cut', '/reset', '/hangup'])
    it(`${path.slice(1)}: may have had its effect`, async () => {
      assert.equal((await get(path)).kind, 'unknown')
    })

  for (const path of ['/silence', '/slow-body'])
    it(`${path.slice(1)}: may have had its effect, and is given up in time`, async () => {
      const started = performance.now()
      assert.deepEqual(await get(path, 100), { kind: 'unknown', why: 'TimeoutError' })
      assert.ok(performance.now() - started < 1_000)
    })

  for (const host of ['127.0.0.1', 'localhost'])
    it(`a closed port of ${host}: never left`, async () => {
      const url = `http://${host}:${await freePort()}/`
      const answer = await http({ method: 'POST', url, body: '{}', timeoutMs: 2_000 })
      assert.deepEqual(answer, { kind: 'not_sent', why: 'ECONNREFUSED' })
    })

  const unsent: readonly (readonly [name: string, url: string, why: RegExp])[] = [
    ['a host that is none', 'http://nobody.invalid/', /ENOTFOUND|EAI_AGAIN/],
    ['a URL that is none', 'not a url', /ERR_INVALID_URL/],
  ]
  for (const [name, url, why] of unsent)
    it(`${name}: never left`, async () => {
      const answer = await http({ method: 'POST', url, body: '{}', timeoutMs: 2_000 })
      assert.equal(answer.kind, 'not_sent')
      if (answer.kind === 'not_sent') assert.match(answer.why, why)
    })

  it('refuses a header that cannot be written', async () => {
    const headers = { 'x-note': 'a\r\nb' }
    const answer = await http({ method: 'GET', url: `${base}/echo`, headers, timeoutMs: 2_000 })
    assert.equal(answer.kind, 'not_sent')
  })

  describe('without private networks', () => {
    const strict = createHttp({ log: silent, allowPrivate: false })
    const hosts = ['127.0.0.1', 'localhost', '[::1]', '[::ffff:127.0.0.1]', '10.1.2.3', '172.31.0.1']
    for (const host of [...hosts, '192.168.1.1', '169.254.169.254', '100.64.0.1', '0.0.0.0', '2130706433'])
      it(`goes not to ${host}`, async () => {
        const url = `http://${host}:${new URL(base).port}/echo`
        const answer = await strict({ method: 'GET', url, timeoutMs: 2_000 })
        assert.deepEqual(answer, { kind: 'not_sent', why: 'private address' })
      })
  })

  it('logs neither keys nor phones', async () => {
    const lines: string[] = []
    const write = (fields: object, event: string) => lines.push(JSON.stringify({ ...fields, event }))
    const logging = createHttp({ log: { info: write, warn: write, error: write }, allowPrivate: true })
    const headers = {
      authorization: 'Bearer s3cret',
      'ocp-apim-subscription-key': 's3cret',
      'x-reference-id': 'r2',
    }
    const reference = '6f0f8b1e-8b0c-4a53-9d3e-012345678912'
    for (const path of [
      '/echo?token=s3cret',
      '/holder/250788000001/active',
      `/requesttopay/${reference}`,
      '/reset',
    ])
      await logging({ method: 'POST', url: base + path, headers, body: 's3cret', timeoutMs: 200 })
    assert.equal(lines.length, 4)
    const all = lines.join('\n')
    assert.ok(!all.includes('s3cret') && !all.includes('250788000001'), all)
    assert.ok(all.includes(reference) && all.includes('250788•••001'), all)
  })
})
