/** Runs the command that is named first, on the database of DATABASE_URL or the embedded one. */
import { readConfig } from '../core/base/config.ts'
import { withDatabase } from './database.ts'
import { COMMANDS } from './index.ts'

const [name = '', ...words] = process.argv.slice(2)
const print = (...lines: readonly string[]): void => void process.stdout.write(`${lines.join('\n')}\n`)

try {
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
  if (!command) throw new Error(`no such command: ${name}`)
  const config = readConfig(process.env)
  process.exitCode = await withDatabase(config, command.takesSchemaAsItIs ?? false, (db) =>
    command.perform({ config, db, print }, words),
  )
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 2
}
