import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { cp, mkdtemp, readFile, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const SCRIPT = resolve('scripts/new-gateway.mjs')

describe('a new aggregator of USSD, from the template', function () {
  this.timeout(60_000)
  let dir: string

  before(async () => {
    dir = await mkdtemp(join(tmpdir(), 'inzira-gateway-'))
    for (const part of ['src/core', 'src/channels/ussd', 'tsconfig.json', 'package.json'])
      await cp(part, join(dir, part), { recursive: true })
    await symlink(resolve('node_modules'), join(dir, 'node_modules'))
    execFileSync(process.execPath, [SCRIPT, 'acme'], { cwd: dir })
  })
  after(() => rm(dir, { recursive: true, force: true }))

  it('is known by its name, and reads and writes', () => {
    const program = `
      import { readConfig } from './src/core/base/config.ts'
      import { GATEWAYS } from './src/channels/ussd/gateways.ts'
      const [name] = readConfig({ USSD_GATEWAYS: 'acme' }).USSD_GATEWAYS
      const body = Buffer.from('{"session":"s","msisdn":"250788000001","type":"start","text":"*384*77*1#"}')
      const { hop, write } = GATEWAYS[name]().read({ body })
      console.log(JSON.stringify([hop, write({ text: 'hi', isOpen: true }).body]))`
    const args = ['--import', 'tsx', '--input-type=module', '-e', program]
    assert.deepEqual(JSON.parse(execFileSync(process.execPath, args, { cwd: dir, encoding: 'utf8' })), [
      { session: 's', phone: '250788000001', said: { kind: 'start', dialled: '384*77*1', turn: null } },
      '{"session":"s","text":"hi","isOpen":true}',
    ])
  })

  it('is strict TypeScript', () => {
    const tsc = resolve('node_modules/typescript/bin/tsc')
    const { status, stdout } = spawnSync(process.execPath, [tsc, '--noEmit', '-p', '.'], {
      cwd: dir,
      encoding: 'utf8',
    })
    assert.deepEqual([status, stdout], [0, ''])
  })

  it('overwrites nothing, and takes no name that is none', async () => {
    const path = join(dir, 'src/channels/ussd/acme.ts')
    const was = await readFile(path, 'utf8')
    for (const name of ['acme', 'Acme', '../acme', ''])
      assert.notEqual(spawnSync(process.execPath, [SCRIPT, name], { cwd: dir }).status, 0)
    assert.equal(await readFile(path, 'utf8'), was)
  })
})
