import type { Config } from '../core/base/config.ts'
import type { Db } from '../integrations/postgres/connect.ts'

/** Where a command is given. */
export type Terminal = {
  readonly config: Config
  readonly db: Db
  readonly print: (...lines: readonly string[]) => void
}

/** Something an operator does from a terminal: `npm run <name> -- <words>`. */
export type Command = {
  /** Whether it takes the schema as it is, instead of bringing it up to date first. */
  readonly takesSchemaAsItIs?: true
  /** @returns the process's exit code. @throws Error with what is to be said, which ends the process with 2 */
  perform(terminal: Terminal, words: readonly string[]): Promise<number>
}
