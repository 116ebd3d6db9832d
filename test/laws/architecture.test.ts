import assert from 'node:assert/strict'
import {
  importsOf,
  impurities,
  MAX_LINES,
  rings,
  type Sources,
  sourcesOf,
  strayImports,
  tooLong,
} from './imports.ts'

const FOLDERS = ['src', 'simulators', 'migrations'] as const

/** A line that must not stand in a file of that name; where zod may not either, two are seen. */
const PLANTED: readonly (readonly [path: string, line: string, seen?: number])[] = [
  ['src/core/talk/x.ts', "import { flows } from '../../flows/index.ts'"],
  ['src/core/talk/x.ts', "import type { Db } from '../../integrations/postgres/connect.ts'"],
  ['src/core/talk/x.ts', "import { createMachine } from 'xstate'"],
  ['src/core/base/x.ts', "import { readFile } from 'node:fs/promises'"],
  ['src/core/base/x.ts', "const knex = await import('knex')"],
  ['src/core/run/flow.ts', "import Koa from 'koa'"],
  ['src/flows/booking/x.ts', "import { ussdCodec } from '../../channels/ussd/codec.ts'"],
  ['src/flows/booking/x.ts', "export { createStore } from '../../integrations/postgres/store.ts'"],
  ['src/flows/booking/x.ts', "import { randomUUID } from 'node:crypto'"],
  ['src/channels/sms/x.ts', "import { say } from '../../flows/words/index.ts'"],
  ['src/channels/sms/x.ts', "import { ussdCodec } from '../ussd/codec.ts'"],
  ['src/channels/sms/x.ts', "import { createHttp } from '../../integrations/http.ts'"],
  ['src/channels/sms/x.ts', "import knex from 'knex'"],
  ['src/integrations/redis/x.ts', "import { createStore } from '../postgres/store.ts'"],
  ['src/integrations/redis/x.ts', "import { bookingMachine } from '../../flows/booking/machine.ts'"],
  ['src/integrations/queue/x.ts', "const queue = requireHere('koa')"],
  ['src/integrations/http.ts', "import knex from 'knex'", 2],
  ['src/core/base/correlation.ts', "import type { Log } from './log.ts'", 2],
  ['simulators/x.ts', "import { septets } from '../src/core/talk/gsm7.ts'", 2],
  ['simulators/x.ts', '', 1],
  ['migrations/0009_x.ts', "import { LIMITS } from '../src/core/base/limits.ts'", 2],
  ['migrations/0009_x.ts', "import pg from 'pg'", 2],
  ['src/rooms/x.ts', ''],
]

describe('the architecture', () => {
  let sources: Sources

  before(async () => {
    sources = new Map((await Promise.all(FOLDERS.map(sourcesOf))).flat())
    assert.ok(sources.size > 150, `only ${sources.size} files were read`)
  })

  it('has nobody import whom they may not', () => assert.deepEqual(strayImports(sources), []))

  it('has no ring of imports', () => assert.deepEqual(rings(sources), []))

  it('keeps time, chance and the world out of the flows', () => assert.deepEqual(impurities(sources), []))

  it(`has no file of src over ${MAX_LINES} lines`, () => assert.deepEqual(tooLong(sources), []))

  describe('is checked by rules that', () => {
    for (const [path, line, seen = 1] of PLANTED)
      it(`see ${line || 'zod'} in ${path}`, () => {
        assert.equal(strayImports(new Map([[path, `import { z } from 'zod'\n${line}\n`]])).length, seen)
      })

    it('read imports in every form, and only imports', () => {
      const text = [
        "import a from 'a'",
        "import 'b'",
        "import {\n  type C,\n  c as d,\n} from './c.ts'",
        "export * from './d.ts'",
        "export type { E } from './e.ts'",
        "const f = await import('f')",
        "const g = require('g')",
        "export const word = 'not this'",
        "// it came from 'nowhere'",
      ].join('\n')
      assert.deepEqual(importsOf(text), ['a', 'b', './c.ts', './d.ts', './e.ts', 'f', 'g'])
    })

    it('see a ring, however long', () => {
      const ring: Sources = new Map([
        ['src/a.ts', "import './b.ts'"],
        ['src/b.ts', "import './c.ts'"],
        ['src/c.ts', "import { type A } from './a.ts'"],
        ['src/d.ts', "import './a.ts'\nimport type { E } from './e.ts'"],
        ['src/e.ts', "import './d.ts'"],
      ])
      assert.deepEqual(rings(ring), ['src/a.ts -> src/b.ts -> src/c.ts -> src/a.ts'])
    })

    it('see a clock, a coin and a promise where none may be, but not their names in words', () => {
      const planted: Sources = new Map([
        ['src/flows/booking/machine.ts', 'const at = Date.now()'],
        ['src/flows/lines/ride.ts', 'export const luck = () => Math.random()'],
        ['src/flows/booking/screens.ts', 'export async function draw() {}'],
        ['src/flows/tracking/model.ts', 'const home = process.env.HOME'],
        ['src/flows/booking/effects/index.ts', 'const run = async () => {}'],
        ['src/flows/words/en/index.ts', "const text = 'Date, process, await' // async\n/* Math.random */"],
      ])
      assert.deepEqual(impurities(planted), [
        'src/flows/booking/machine.ts says Date',
        'src/flows/lines/ride.ts says Math.random',
        'src/flows/booking/screens.ts says async',
        'src/flows/tracking/model.ts says process',
      ])
    })

    it('count lines', () => {
      const long: Sources = new Map([
        ['src/a.ts', 'x\n'.repeat(MAX_LINES + 1)],
        ['src/b.ts', 'x\n'.repeat(MAX_LINES)],
      ])
      assert.deepEqual(tooLong(long), [`src/a.ts has ${MAX_LINES + 1} lines`])
    })
  })
})
