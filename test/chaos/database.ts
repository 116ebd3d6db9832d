import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { silent } from '../../src/core/base/log.ts'
import { connectPostgres } from '../../src/integrations/postgres/connect.ts'
import { startEmbeddedPostgres } from '../../src/integrations/postgres/embedded.ts'
import { freePort, waitFor } from '../../src/integrations/process.ts'

const BACK_WITHIN_MS = 30_000

/**
 * A PostgreSQL of its own, which has handed to the system what it says it has written: that outlives any process, and
 * nobody pulls the plug here.
 */
export interface Database {
  readonly url: string
  /** How often it was killed. */
  readonly kills: number
  /** SIGKILL, and another on the same files. Resolves when that one can be asked. */
  kill(): Promise<void>
  /** SIGSTOP to all of it: whoever asks gets no answer, and no refusal either. */
  freeze(): Promise<void>
  /** Lets it go on where it stood. */
  thaw(): Promise<void>
  stop(): Promise<void>
}

/** @param dir its own folder, made when missing */
export async function startDatabase(dir: string): Promise<Database> {
  const port = await freePort()
  const start = () => startEmbeddedPostgres({ dataDir: dir, port, durable: false })
  let server = await start()
  const db = connectPostgres(server.url, silent)
  await db.raw('alter database inzira set synchronous_commit = on').finally(() => db.destroy())
  let kills = 0
  const frozen: number[] = []
  let thawed = async () => {}
  const postmaster = async () => Number((await readFile(join(dir, 'postmaster.pid'), 'utf8')).split('\n')[0])
  const thaw = async () => {
    for (const pid of frozen.splice(0).reverse()) signal(pid, 'SIGCONT')
    await thawed()
  }
  return {
    url: server.url,
    get kills() {
      return kills
    },
    async kill() {
      kills += 1
      process.kill(await postmaster(), 'SIGKILL')
      // It will not start before the last of the dead one's own has noticed.
      server = await waitFor('PostgreSQL after its death', BACK_WITHIN_MS, () =>
        start().catch(() => undefined),
      )
    },
    async freeze() {
      const first = await postmaster()
      const asking = connectPostgres(server.url, silent)
      await asking.raw('select 1')
      // Nothing new is begun once the first stands.
      process.kill(first, 'SIGSTOP')
      const others = await asking('pg_stat_activity').pluck('pid')
      frozen.push(first, ...others)
      for (const pid of others) signal(pid, 'SIGSTOP')
      thawed = () => asking.destroy()
    },
    thaw,
    async stop() {
      await thaw()
      await server.stop()
    },
  }
}

/** What cleans up in the background may have ended by itself. */
function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
  }
}
