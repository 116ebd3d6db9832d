import assert from 'node:assert/strict'
import { type Simulators, startSimulators } from '../../simulators/server.ts'
import { silent } from '../../src/core/base/log.ts'
import { createHttp } from '../../src/integrations/http.ts'
import { ruraLicences } from '../../src/integrations/licence/rura/index.ts'
import { freePort } from '../../src/integrations/process.ts'

const http = createHttp({ log: silent, allowPrivate: true })

describe('licences', () => {
  let simulators: Simulators
  const ask = (licenceNo: string, baseUrl = `${simulators.url}/rura`) =>
    ruraLicences({ baseUrl, http, timeoutMs: 200 })(licenceNo)
  const scenario = (body: object) =>
    fetch(`${simulators.url}/rura/_scenario`, { method: 'POST', body: JSON.stringify(body) })

  before(async () => {
    simulators = await startSimulators({
      port: 0,
      gatewayUrl: 'http://127.0.0.1:9',
      hookSecret: 'dev',
      whatsappAppSecret: 'app',
      phoneNumberId: '1',
      seed: 1,
    })
  })
  after(() => simulators.stop())

  it('knows the registered and no others', async () => {
    assert.equal(await ask('RURA-M-0001'), 'valid')
    assert.equal(await ask('RURA-M-9999'), 'unknown')
  })

  for (const outcome of ['valid', 'expired', 'suspended', 'unknown', 'unavailable'])
    it(`tells ${outcome}`, async () => {
      await scenario({ no: `RURA-X-${outcome}`, outcome })
      assert.equal(await ask(`RURA-X-${outcome}`), outcome)
    })

  for (const fault of ['error5xxBefore', 'html', 'drop'])
    it(`cannot tell when the register answers with ${fault}`, async () => {
      await scenario({ no: `RURA-Y-${fault}`, fault })
      assert.equal(await ask(`RURA-Y-${fault}`), 'unavailable')
    })

  it('cannot tell when nobody answers', async () => {
    assert.equal(await ask('RURA-M-0001', `http://127.0.0.1:${await freePort()}`), 'unavailable')
    await scenario({ no: 'RURA-Z', fault: 'delay', delayMs: 600 })
    assert.equal(await ask('RURA-Z'), 'unavailable')
  })
})
