import type { Clock } from '../clock.ts'
import type { Ledger } from '../ledger.ts'
import { base32, stampAt } from './sign.ts'

const DAY_MS = 86_400_000

/** A receipt that a device has signed. */
export interface Receipt {
  no: string
  bhfId: string
  invcNo: number
  orgInvcNo: number
  rcptTyCd: 'S' | 'R'
  prcOrdCd: string | null
  totAmt: number
  totTaxAmt: number
  rcptNo: number
  totRcptNo: number
  intrlData: string
  rcptSign: string
  publishedAt: string
  sdcId: string
  mrcNo: string
  /** What the QR code on the paper should say. */
  qr: string
}

export type Sale = Pick<Receipt, 'invcNo' | 'orgInvcNo' | 'rcptTyCd' | 'prcOrdCd' | 'totAmt' | 'totTaxAmt'>

export interface Device {
  readonly tin: string
  readonly bhfId: string
  readonly sdcId: string
  readonly mrcNo: string
  readonly cmcKey: string
  installed: boolean
  lastInvcNo: number
  /** Days up to this one, `yyyyMMdd`, are declared: nothing more is received for them. */
  declaredTo: string
  /** Whether it reaches RRA; when not, since when. */
  online: boolean
  syncedAt: number
  /** Requests in flight, and the most there ever were: more than one is against the rule. */
  inFlight: number
  mostInFlight: number
}

export interface Devices {
  find(tin: unknown, bhfId: unknown): Device | undefined
  list(): Device[]
  /** Does the work when all that came before it is done. */
  inTurn<T>(device: Device, work: () => Promise<T>): Promise<T>
  /** Whether it may sign: it stops 24 hours after it last reached RRA. */
  maySign(device: Device): boolean
  sign(device: Device, sale: Sale): Receipt
  receiptsOf(device: Device): Receipt[]
}

/** The head offices of the two taxpayers of RRA's test system. */
const TAXPAYERS = ['999000001', '999000002'] as const

export function createDevices(clock: Clock, ledger: Ledger<Receipt>): Devices {
  const turns = new Map<Device, Promise<unknown>>()
  const devices = TAXPAYERS.map((tin, index): Device => {
    const serial = String(index + 33).padStart(8, '0')
    return {
      tin,
      bhfId: '00',
      sdcId: `SDC0100${serial.slice(3)}`,
      mrcNo: `WIS${serial}`,
      cmcKey: base32('cmc', tin, 32),
      installed: false,
      lastInvcNo: 0,
      declaredTo: '',
      online: true,
      syncedAt: clock.now(),
      inFlight: 0,
      mostInFlight: 0,
    }
  })
  const receiptsOf = ({ tin, bhfId }: Device) =>
    ledger.list().filter((receipt) => receipt.no === tin && receipt.bhfId === bhfId)

  async function inTurn<T>(device: Device, work: () => Promise<T>) {
    device.inFlight += 1
    device.mostInFlight = Math.max(device.mostInFlight, device.inFlight)
    const mine = (turns.get(device) ?? Promise.resolve()).then(work, work)
    turns.set(device, mine)
    return mine.finally(() => {
      device.inFlight -= 1
    })
  }

  const sign: Devices['sign'] = (device, sale) => {
    const before = receiptsOf(device)
    const { tin: no, bhfId, sdcId, mrcNo } = device
    const rcptNo = before.filter(({ rcptTyCd }) => rcptTyCd === sale.rcptTyCd).length + 1
    const totRcptNo = before.length + 1
    const publishedAt = stampAt(clock.now())
    const intrlData = base32(`${no} data`, JSON.stringify([sale, totRcptNo]), 26)
    const rcptSign = base32(`${no} sign`, JSON.stringify([sale, totRcptNo]), 16)
    const day = publishedAt.slice(6, 8) + publishedAt.slice(4, 6) + publishedAt.slice(0, 4)
    const qr = `${day}#${publishedAt.slice(8)}#${sdcId}#${rcptNo}#${intrlData}#${rcptSign}`
    device.lastInvcNo = sale.invcNo
    const counted = { rcptNo, totRcptNo, intrlData, rcptSign, publishedAt, sdcId, mrcNo, qr }
    return ledger.add({ no, bhfId, ...sale, ...counted })
  }

  return {
    find: (tin, bhfId) => devices.find((device) => device.tin === tin && device.bhfId === bhfId),
    list: () => devices,
    inTurn,
    maySign: ({ online, syncedAt }) => online || clock.now() - syncedAt < DAY_MS,
    sign,
    receiptsOf,
  }
}
