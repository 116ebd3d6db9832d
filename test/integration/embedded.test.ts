import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { connect } from 'node:net'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { Redis } from 'ioredis'
import pg from 'pg'
import { z } from 'zod'
import { startEmbeddedPostgres } from '../../src/integrations/postgres/embedded.ts'
import { waitFor } from '../../src/integrations/process.ts'
import { startEmbeddedRedis } from '../../src/integrations/redis/embedded.ts'
import { freshDatabase, redisUrl } from '../support/servers.ts'

const cacheDir = resolve('.cache')

async function ask(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows
  } finally {
    await client.end()
  }
}

async function withRedis<T>(url: string, work: (client: Redis) => Promise<T>): Promise<T> {
  const client = new Redis(url)
  try {
    return await work(client)
  } finally {
    await client.quit()
  }
}

const accepts = (url: string): Promise<boolean> =>
  new Promise((done) => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1')
    socket.once('connect', () => done(true)).once('error', () => done(false))
    socket.once('connect', () => socket.destroy())
  })

describe('embedded servers', function () {
  // The first run on a machine fetches Redis.
  this.timeout(60_000)
  let dir: string

  beforeEach(async () => {
    await mkdir('.data', { recursive: true })
    dir = await mkdtemp(resolve('.data/embedded-'))
  })

  afterEach(() => rm(dir, { recursive: true, force: true }))

  it('keeps what was committed over a restart', async () => {
    const postgresOptions = { dataDir: join(dir, 'postgres'), durable: true }
    const redisOptions = { dir: join(dir, 'redis'), cacheDir, durable: true }
    const first = await startEmbeddedPostgres(postgresOptions)
    await ask(first.url, "CREATE TABLE stage (name text); INSERT INTO stage VALUES ('Nyabugogo')")
    await first.stop()
    assert.equal(await accepts(first.url), false)
    const again = await startEmbeddedPostgres(postgresOptions)
    assert.deepEqual(await ask(again.url, 'SELECT name FROM stage'), [{ name: 'Nyabugogo' }])
    await again.stop()

    const firstRedis = await startEmbeddedRedis(redisOptions)
    await withRedis(firstRedis.url, (client) => client.set('stage', 'Nyabugogo'))
    await firstRedis.stop()
    assert.equal(await accepts(firstRedis.url), false)
    const redisAgain = await startEmbeddedRedis(redisOptions)
    assert.equal(await withRedis(redisAgain.url, (client) => client.get('stage')), 'Nyabugogo')
    await redisAgain.stop()
  })

  it('gives two starts at once the same server', async () => {
    const options = { dataDir: join(dir, 'postgres'), durable: false }
    const pair = await Promise.all([startEmbeddedPostgres(options), startEmbeddedPostgres(options)])
    assert.equal(pair[0].url, pair[1].url)
    assert.deepEqual(await ask(pair[0].url, 'SELECT 1 AS one'), [{ one: 1 }])
    await Promise.all(pair.map((server) => server.stop()))
    assert.equal(await accepts(pair[0].url), false)
  })

  it('adopts the server that runs on its folder and leaves it running', async () => {
    const options = { dataDir: join(dir, 'postgres'), durable: false }
    const redisOptions = { dir: join(dir, 'redis'), cacheDir }
    const owners = [await startEmbeddedPostgres(options), await startEmbeddedRedis(redisOptions)]
    const guests = [await startEmbeddedPostgres(options), await startEmbeddedRedis(redisOptions)]
    assert.deepEqual(
      guests.map(({ url }) => url),
      owners.map(({ url }) => url),
    )
    for (const guest of guests) await guest.stop()
    for (const { url } of owners) assert.equal(await accepts(url), true)
    for (const owner of owners) await owner.stop()
    for (const { url } of owners) assert.equal(await accepts(url), false)
  })

  it('ends with its process, even by SIGKILL', async () => {
    const parent = spawn(process.execPath, ['--import', 'tsx', 'test/support/parent.ts', dir, cacheDir], {
      stdio: ['pipe', 'pipe', 'inherit'],
    })
    const [line] = await once(createInterface(parent.stdout), 'line')
    const { postgres, redis } = z.object({ postgres: z.string(), redis: z.string() }).parse(JSON.parse(line))
    assert.deepEqual([await accepts(postgres), await accepts(redis)], [true, true])
    parent.kill('SIGKILL')
    const gone = async () => (!(await accepts(postgres)) && !(await accepts(redis))) || undefined
    await waitFor('the end of both servers', 5_000, gone)
  })
})

describe('servers of the run', function () {
  this.timeout(60_000)

  const migrate = (url: string) =>
    ask(
      url,
      'CREATE TABLE migration (id serial); INSERT INTO migration DEFAULT VALUES; CREATE TABLE job (id int)',
    ).then(() => {})

  it('clones one migrated database for each who asks', async () => {
    const [one, two] = await Promise.all([freshDatabase(migrate), freshDatabase(migrate)])
    await ask(one.url, 'INSERT INTO job VALUES (1)')
    assert.deepEqual(await ask(two.url, 'SELECT * FROM job'), [])
    assert.deepEqual(await ask(two.url, 'SELECT * FROM migration'), [{ id: 1 }])
    await one.drop()
    await assert.rejects(ask(one.url, 'SELECT 1'), /does not exist/)
    await two.drop()
  })

  it('lets two clients take different rows', async () => {
    const { url, drop } = await freshDatabase(migrate)
    await ask(url, 'INSERT INTO job SELECT generate_series(1, 4)')
    const clients = [new pg.Client(url), new pg.Client(url)]
    const taken: number[][] = []
    for (const client of clients) {
      await client.connect()
      await client.query('BEGIN')
      const claimed = await client.query('SELECT id FROM job ORDER BY id LIMIT 2 FOR UPDATE SKIP LOCKED')
      taken.push(claimed.rows.map(({ id }) => id))
    }
    assert.deepEqual(taken, [
      [1, 2],
      [3, 4],
    ])
    for (const client of clients) await client.end()
    await drop()
  })

  it('gives an empty Redis database to each who asks, over and over', async () => {
    const urls: string[] = []
    for (let i = 0; i < 17; i++) {
      const url = await redisUrl()
      urls.push(url)
      await withRedis(url, async (client) => {
        assert.equal(await client.dbsize(), 0)
        await client.set('mark', i)
      })
    }
    assert.ok(new Set(urls).size > 1)
    assert.ok(urls.indexOf(urls.at(-1) ?? '') < 16, 'the last was given out before')
  })
})
