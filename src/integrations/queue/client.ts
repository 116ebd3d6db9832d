import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { Command, Redis } from 'ioredis'

/** bee-queue's own scripts by their SHA-1, which is all that it sends. */
const SCRIPTS = readScripts()

function readScripts(): ReadonlyMap<string, string> {
  const folder = join(dirname(createRequire(import.meta.url).resolve('bee-queue')), 'lib', 'lua')
  const sources = readdirSync(folder)
    .filter((file) => file.endsWith('.lua'))
    .map((file) => readFileSync(join(folder, file), 'utf8'))
  return new Map(sources.map((source) => [createHash('sha1').update(source).digest('hex'), source]))
}

/**
 * A connection bee-queue 2.0.0 can live with. It takes over a client only when its class is called
 * `RedisClient`, and loads its scripts only once, so that after a restart of Redis every call of its would fail
 * with NOSCRIPT: here such a call is made again with the script itself.
 */
export class RedisClient extends Redis {
  override sendCommand(command: Command, stream?: Parameters<Redis['sendCommand']>[1]): unknown {
    const [sha, ...rest] = command.args
    const script = command.name === 'evalsha' ? SCRIPTS.get(String(sha)) : undefined
    if (!script) return super.sendCommand(command, stream)
    this.sendAsOwn('evalsha', command.args)
      .catch((error: unknown) => {
        if (!isScriptMissing(error)) throw error
        return this.sendAsOwn('eval', [script, ...rest])
      })
      .then(command.resolve, command.reject)
    return command.promise
  }

  private async sendAsOwn(name: 'evalsha' | 'eval', args: Command['args']): Promise<unknown> {
    const own = new Command(name, args, { replyEncoding: 'utf8' })
    super.sendCommand(own)
    return own.promise
  }
}

const isScriptMissing = (error: unknown): boolean =>
  error instanceof Error && error.message.startsWith('NOSCRIPT')
