import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { type Simulators, startSimulators } from '../../simulators/server.ts'
import { type Gateway, PHONE_NUMBER_ID, RIDER, startGateway } from '../browser/gateway.ts'

describe('the phone in the terminal', function () {
  this.timeout(40_000)
  let gateway: Gateway
  let simulators: Simulators

  before(async () => {
    gateway = await startGateway(() => simulators.url)
    simulators = await startSimulators({
      port: 0,
      gatewayUrl: gateway.url,
      hookSecret: 'dev',
      whatsappAppSecret: 'dev-app-secret',
      phoneNumberId: PHONE_NUMBER_ID,
      seed: 1,
    })
  })

  after(async () => {
    await simulators?.stop()
    gateway?.stop()
  })

  /** Runs it with lines piped in; answers its exit code and all it wrote. */
  function run(args: string[], lines: string[], env: Record<string, string> = { SIM_URL: simulators.url }) {
    const child = spawn(process.execPath, ['--import', 'tsx', 'simulators/phone.ts', ...args], {
      env: { ...process.env, ...env },
      timeout: 30_000,
    })
    let written = ''
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk) => (written += String(chunk)))
    child.stdin.end(lines.map((line) => `${line}\n`).join(''))
    return new Promise<{ code: number | null; written: string }>((resolve) => {
      child.on('close', (code) => resolve({ code, written }))
    })
  }

  it('dials, books, and pays when the rider has answered on his own phone', async () => {
    const booking = run(['ussd', '+250788000021'], ['1', '1', 'Kimironko', '1', 'y'])
    const rider = booked().then(() => run(['sms', RIDER], ['YES 4821']))
    const { code, written } = await booking
    await rider
    assert.equal(code, 0, written)
    assert.match(written, /Welcome to Inzira[\s\S]*Where to\?[\s\S]*RWF 1,150[\s\S]*Finding a rider/)
    assert.match(
      written,
      /\[SMS from Inzira\] Jean Bosco[\s\S]*Approve\? y\/n[\s\S]*Approved 1150[\s\S]*Paid RWF/,
    )
  })

  it('chats and taps a row by its number', async () => {
    const { written } = await run(['whatsapp', '+250788000022'], ['Muraho', '2'])
    assert.match(written, /\[2\] Remera[\s\S]*Shall we find a rider\?[\s\S]*\[1\] Yes/)
  })

  it('rings, is called back, hears, and presses a key', async () => {
    const { written } = await run(['voice', '+250788000023'], ['1'])
    assert.match(written, /Voice: Welcome[\s\S]*> 1[\s\S]*Voice: Thank you[\s\S]*the call has ended/)
  })

  it('says what to start when the simulators are not there, and how it is used', async () => {
    const alone = await run(['ussd', '+250788000021'], [], { SIM_URL: 'http://127.0.0.1:1' })
    assert.equal(alone.code, 1)
    assert.equal(alone.written, 'Nobody answers at http://127.0.0.1:1. Start everything with: npm start\n')
    const lost = await run(['fax', '+250788000021'], [])
    assert.equal(lost.code, 2)
    assert.match(lost.written, /npm run phone -- ussd/)
  })

  async function booked() {
    const until = Date.now() + 20_000
    while (Date.now() < until) {
      const inbox = await fetch(`${simulators.url}/africastalking/_ledger?to=${encodeURIComponent(RIDER)}`)
      if ((await inbox.text()).includes('Job 4821')) return
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
    throw new Error('the rider got no job')
  }
})
