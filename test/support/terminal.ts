import { COMMANDS } from '../../src/commands/index.ts'
import { readConfig } from '../../src/core/base/config.ts'
import { silent } from '../../src/core/base/log.ts'
import { connectPostgres } from '../../src/integrations/postgres/connect.ts'

/** What a person types at a terminal, in this process: a process of its own takes a second to begin. */
export async function typed(
  url: string,
  name: string,
  words: readonly string[],
  settings: Readonly<Record<string, string>> = {},
): Promise<{ code: number; text: string }> {
  const config = readConfig({ NODE_ENV: 'test', ...settings, DATABASE_URL: url })
  const db = connectPostgres(url, silent)
  let text = ''
  const print = (...lines: readonly string[]) => {
    text += `${lines.join('\n')}\n`
  }
  try {
    const code = await COMMANDS[name]?.perform({ config, db, print }, words)
    if (code === undefined) throw new Error(`no such command: ${name}`)
    return { code, text }
  } catch (error) {
    return { code: 2, text: `${text}${error instanceof Error ? error.message : String(error)}\n` }
  } finally {
    await db.destroy()
  }
}
