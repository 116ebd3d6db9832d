import { readdir } from 'node:fs/promises'
import type { Knex } from 'knex'
import type { Db } from './connect.ts'
import { markNames } from './place-names.ts'

const FOLDER = new URL('../../../migrations/', import.meta.url)

type Migration = { readonly name: string }

/** Recorded without its ending, so that a compiled checkout knows what a source checkout has done. */
const source: Knex.MigrationSource<Migration> = {
  async getMigrations() {
    const files = await readdir(FOLDER)
    return files
      .filter((file) => /^\d{4}_\w+\.[jt]s$/.test(file))
      .sort()
      .map((file) => ({ name: file }))
  },
  getMigrationName: ({ name }) => name.replace(/\.[jt]s$/, ''),
  getMigration: async ({ name }) => import(new URL(name, FOLDER).href),
}

/** Brings the schema to its newest form. Several processes may call it at once: knex takes a lock. */
export async function migrate(db: Db): Promise<void> {
  await db.migrate.latest({ migrationSource: source })
  await markNames(db)
}
