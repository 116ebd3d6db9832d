import { type Answer, type Call, json, jsonBody, jsonIn, type Reply, type Route, route } from '../http.ts'
import { createLedger } from '../ledger.ts'
import { boolean, isRecord, optional, Refusal, read, string } from '../read.ts'
import type { Rules } from '../scenario.ts'
import { controls, createMischief, type World } from '../simulator.ts'
import { createDevices, type Device, type Receipt } from './device.ts'
import { receive } from './sale.ts'
import { stampAt } from './sign.ts'

/** Every code of the documents but success. */
const CODES = [
  ...['001', '881', '882', '883', '884', '891', '892', '893', '894', '895', '896', '899'],
  ...['900', '901', '902', '903', '910', '911', '912', '921', '922'],
  ...['990', '991', '992', '993', '994', '995', '999'],
]

/**
 * Operations: `sale` (refunds too), `init`. Outcomes of `sale`: a result code (nothing is signed), `invented` (a code
 * that no document knows; signed all the same), `truncated` (signed, the answer cut off), `unsigned` (000 without
 * data; signed). The subject of a scenario is `no`, a TIN or `*`.
 */
const RULES: Rules = {
  subject: 'no',
  operations: { sale: 'request', init: 'request' },
  outcomes: { sale: [...CODES, 'invented', 'truncated', 'unsigned'] },
}

type Profile = 'vsdc' | 'osdc'
type Body = Readonly<Record<string, unknown>>

/**
 * RRA's sales data controller in both its forms, with `<simulators>/vsdc` as the base URL: VSDC v1.0.5 and OSDC
 * v1.0.1. It serves the head offices (`bhfId` 00) of 999000001 and 999000002, signs in turn, and stops 24 hours after
 * it last reached RRA. `GET /vsdc/_device` shows its devices; `POST /vsdc/_device {tin, online?, declaredTo?}` cuts
 * one from RRA, or closes its books up to a day `yyyyMMdd`.
 */
export function vsdc(world: World): Route[] {
  const { clock } = world
  const ledger = createLedger<Receipt>('vsdc', world.events, () => null)
  const mischief = createMischief(clock, RULES)
  const devices = createDevices(clock, ledger)
  const envelope = (resultCd: string, resultMsg: string, data: object | null = null): Answer =>
    json(200, { resultCd, resultMsg, resultDt: stampAt(clock.now()), data })

  function save(profile: Profile, device: Device, body: Body): Answer {
    const outcome = mischief.faults.plan('sale', device.tin)?.outcome
    if (outcome && CODES.includes(outcome)) return envelope(outcome, `planned: ${outcome}`)
    const received = receive(devices, device, body)
    if ('code' in received) return envelope(received.code, received.message)
    const signed = envelope('000', 'It is succeeded', shownTo(profile, received))
    if (outcome === 'truncated') return { ...signed, body: String(signed.body).slice(0, -40) }
    if (outcome === 'unsigned') return envelope('000', 'It is succeeded')
    return outcome === 'invented' ? envelope('777', 'planned: no document knows this') : signed
  }

  const sale = (profile: Profile) => (call: Call) => {
    const body = bodyOf(call)
    const device = devices.find(body?.tin, body?.bhfId)
    if (!body) return envelope('911', 'There is no request full text')
    if (!device || (profile === 'osdc' && body.cmcKey !== device.cmcKey))
      return envelope('901', 'It is not valid device')
    return devices.inTurn(device, () => mischief.guard('sale', device.tin, () => save(profile, device, body)))
  }

  const init =
    (profile: Profile) =>
    (call: Call): Reply | Promise<Reply> => {
      const body = bodyOf(call)
      const device = devices.find(body?.tin, body?.bhfId)
      if (!device || typeof body?.dvcSrlNo !== 'string') return envelope('901', 'It is not valid device')
      return mischief.guard('init', device.tin, () => {
        if (device.installed) return envelope('902', 'This device is installed')
        device.installed = true
        const { tin, bhfId, sdcId, mrcNo, lastInvcNo, cmcKey } = device
        const info = { tin, bhfId, taxprNm: 'Test taxpayer', bhfNm: 'Head office', sdcId, mrcNo, lastInvcNo }
        return envelope('000', 'It is succeeded', { info: profile === 'osdc' ? { ...info, cmcKey } : info })
      })
    }

  function setDevice(call: Call): Answer {
    const asked = read(jsonBody(call), {
      tin: string(9),
      online: optional(boolean),
      declaredTo: optional(string(8)),
    })
    const device = devices.find(asked.tin, '00')
    if (!device) throw new Refusal(400, 'no device of that tin')
    if (device.online && asked.online === false) device.syncedAt = clock.now()
    Object.assign(device, {
      online: asked.online ?? device.online,
      declaredTo: asked.declaredTo ?? device.declaredTo,
    })
    return json(200, device)
  }

  return [
    ...controls('vsdc', ledger, mischief.faults),
    route('GET', '/vsdc/_device', () => json(200, devices.list())),
    route('POST', '/vsdc/_device', setDevice),
    route('POST', '/vsdc/initializer/selectInitInfo', init('vsdc')),
    route('POST', '/vsdc/selectInitOsdcInfo', init('osdc')),
    route('POST', '/vsdc/trnsSales/saveSales', sale('vsdc')),
    route('POST', '/vsdc/saveTrnsSalesOsdc', sale('osdc')),
  ]
}

function bodyOf(call: Call): Body | undefined {
  const body = jsonIn(call)
  return isRecord(body) ? body : undefined
}

/** The two documents name and type the same things differently. */
function shownTo(profile: Profile, receipt: Receipt): object {
  const { rcptNo, totRcptNo, intrlData, rcptSign, publishedAt, sdcId, mrcNo } = receipt
  if (profile === 'vsdc') {
    return { rcptNo, intrlData, rcptSign, totRcptNo, vsdcRcptPbctDate: publishedAt, sdcId, mrcNo }
  }
  const counters = { curRcptNo: String(rcptNo), totRcptNo: String(totRcptNo) }
  return { ...counters, intrlData, rcptSign, sdcDateTime: publishedAt }
}
