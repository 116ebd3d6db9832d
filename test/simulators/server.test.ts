import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRandom } from '../../simulators/random.ts'
import { freshPhone, type Stage, stage } from './stage.ts'

describe('simulators in one process', () => {
  let on: Stage
  let home: string
  let dir: string

  before(async () => {
    home = await mkdtemp(join(tmpdir(), 'wall-'))
    dir = join(home, 'wall')
    await mkdir(dir)
    await writeFile(join(home, 'outside.html'), 'secret')
    await writeFile(join(dir, 'index.html'), '<!doctype html><p>Muraho</p>')
    await writeFile(join(dir, 'main.js'), 'export {}')
    await writeFile(join(dir, 'key.pem'), 'secret')
  })
  beforeEach(async () => {
    on = await stage({ wallDir: dir })
  })
  afterEach(() => on.stop())
  after(() => rm(home, { recursive: true }))

  for (const [path, status, type] of [
    ['/_health', 200, 'application/json; charset=utf-8'],
    ['/', 200, 'text/html; charset=utf-8'],
    ['/main.js', 200, 'text/javascript; charset=utf-8'],
    ['/key.pem', 404, 'application/json; charset=utf-8'],
    ['/nothing.js', 404, 'application/json; charset=utf-8'],
    ['/mtn/nothing', 404, 'application/json; charset=utf-8'],
    ['/%2e%2e%2foutside.html', 404, 'application/json; charset=utf-8'],
    ['/%00.js', 404, 'application/json; charset=utf-8'],
    ['/%ff', 400, 'application/json; charset=utf-8'],
  ] as const) {
    it(`answers ${status} to ${path}`, async () => {
      const got = await on.get(path)
      assert.deepEqual([got.status, got.type], [status, type])
    })
  }

  it('does not climb out of its folder on a raw path', async () => {
    const status = await new Promise((resolve, reject) => {
      const { hostname, port } = new URL(on.url)
      const call = request({ hostname, port, path: '/..%2foutside.html' })
      call.on('response', (response) => resolve(response.resume().statusCode))
      call.on('error', reject)
      call.end()
    })
    assert.equal(status, 404)
  })

  it('refuses other methods, long bodies and bad phones', async () => {
    assert.equal((await on.post('/_health', {})).status, 405)
    assert.equal((await on.post('/mtn/_scenario', 'x'.repeat(70_000))).status, 413)
    assert.equal((await on.get('/africastalking/_handset/inbox?phone=nobody')).status, 400)
    assert.equal((await on.post('/africastalking/_handset/dial', { phone: '12', code: '*1#' })).status, 400)
    assert.equal((await on.post('/_clock', { advanceMs: 1.5 })).status, 400)
  })

  it('streams what passes on the wire', async () => {
    const phone = freshPhone()
    const stream = await fetch(`${on.url}/_events`)
    assert.equal(stream.headers.get('content-type'), 'text/event-stream; charset=utf-8')
    const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader()
    await on.post('/africastalking/_handset/dial', { phone, code: '*384*77#' })
    let seen = ''
    while (reader && !seen.includes('}\n\n')) seen += (await reader.read()).value ?? ''
    const event = JSON.parse(/^data: (.*)$/m.exec(seen)?.[1] ?? '')
    const { sessionId } = event.data
    const data = { sessionId, kind: 'CON', text: 'hello' }
    assert.deepEqual(event, { simulator: 'africastalking', kind: 'screen', phone, data })
    await reader?.cancel()
  })

  it('has a clock that can be pushed', async () => {
    const { now } = (await on.get<{ now: number }>('/_clock')).json
    assert.ok(Math.abs(now - Date.now()) < 1_000)
    const later = (await on.post<{ now: number }>('/_clock', { advanceMs: 60_000 })).json.now
    assert.ok(later - now >= 60_000 && later - now < 61_000)
  })

  it('stops with work still waiting, and says nothing more', async () => {
    const form = new URLSearchParams({ username: 'sandbox', to: freshPhone(), message: 'hi' }).toString()
    await on.post('/africastalking/version1/messaging', form, { apikey: 'K' })
    await fetch(`${on.url}/_events`)
    await on.simulators.stop()
    await new Promise((resolve) => setTimeout(resolve, 1_500))
    assert.equal(on.hits.length, 0)
  })

  it('repeats its chance from the seed', () => {
    const draw = (seed: number) => {
      const random = createRandom(seed)
      return Array.from({ length: 20 }, () => random.between(1, 6))
    }
    assert.deepEqual(draw(5), draw(5))
    assert.notDeepEqual(draw(5), draw(6))
    assert.deepEqual(
      [...new Set(draw(1).concat(draw(2)))].sort((one, other) => one - other),
      [1, 2, 3, 4, 5, 6],
    )
  })
})
