import { constants, publicEncrypt } from 'node:crypto'
import type { Instant } from '../../../core/base/clock.ts'
import type { Money } from '../../../core/base/money.ts'
import type { Msisdn } from '../../../core/base/phone.ts'
import type { Collection, Payout, RefundOrder } from '../../../core/pay/provider.ts'

/** East Africa Time is UTC+3 all year. */
const EAT_OFFSET_MS = 3 * 3_600_000
const MINOR_PER_SHILLING = 100
/** Longer texts are refused (developer.safaricom.co.ke, M-Pesa Express and B2C). */
const ACCOUNT_LIMIT = 12
const DESCRIPTION_LIMIT = 13
const REMARKS_LIMIT = 100
/** "Organization short code"; some older samples say 4. */
const RECEIVER_TYPE = '11'

/**
 * Safaricom's ranges in Kenya: 0700–0729, 0740–0743, 0745, 0746, 0748, 0757–0759, 0768, 0769, 0790–0799 and
 * 0110–0119, as public lists of the Communications Authority's assignments have them. Who took their number to
 * another network is not seen here; Safaricom then refuses them.
 */
const SAFARICOM = /^\+254(?:7(?:[0129]\d|4[0-3568]|5[7-9]|6[89])|11\d)\d{6}$/

/** Who is paid: a pay bill, or the till behind a store's number. */
export type Merchant = {
  readonly shortCode: string
  /** "Lipa na M-Pesa Online" pass key of that short code. */
  readonly passKey: string
  /** The till of a shop ("buy goods"); null for a pay bill. */
  readonly till: string | null
}

/** Who may give money: an API operator of the disbursing short code. */
export type Initiator = {
  readonly name: string
  readonly shortCode: string
  /** The operator's password as {@link credential} makes it. */
  readonly credential: string
}

export const isSafaricom = (phone: Msisdn): boolean => SAFARICOM.test(phone)

/** Daraja's `YYYYMMDDHHmmss`, in East Africa Time. */
export const timestamp = (at: Instant): string =>
  new Date(at + EAT_OFFSET_MS).toISOString().replace(/\D/g, '').slice(0, 14)

/** Password of a push: Base64 of short code, pass key and timestamp. */
export const password = ({ shortCode, passKey }: Merchant, stamp: string): string =>
  Buffer.from(shortCode + passKey + stamp).toString('base64')

/**
 * `SecurityCredential`: an operator's password for Safaricom's eyes only, RSA with PKCS #1 v1.5 padding, in Base64.
 * @param certificate Safaricom's X.509 certificate, PEM
 * @throws when that is no certificate
 */
export const credential = (plain: string, certificate: string): string =>
  publicEncrypt({ key: certificate, padding: constants.RSA_PKCS1_PADDING }, Buffer.from(plain)).toString(
    'base64',
  )

/** M-Pesa moves whole shillings only: undefined for any other money. */
export function shillings({ amountMinor, currency }: Money): number | undefined {
  const isWhole = currency === 'KES' && amountMinor > 0 && amountMinor % MINOR_PER_SHILLING === 0
  return isWhole ? amountMinor / MINOR_PER_SHILLING : undefined
}

const digitsOf = (phone: Msisdn): string => phone.slice(1)

/**
 * Body of `POST /mpesa/stkpush/v1/processrequest`: asks the payer's phone for the money. The account, which the
 * payer is shown, is the end of our reference, by which a statement can be matched.
 */
export function pushBody(
  { reference, payer, memo }: Collection,
  { amount, merchant, at, url }: { amount: number; merchant: Merchant; at: Instant; url: string },
): string {
  const stamp = timestamp(at)
  return JSON.stringify({
    BusinessShortCode: merchant.shortCode,
    Password: password(merchant, stamp),
    Timestamp: stamp,
    TransactionType: merchant.till === null ? 'CustomerPayBillOnline' : 'CustomerBuyGoodsOnline',
    Amount: amount,
    PartyA: digitsOf(payer),
    PartyB: merchant.till ?? merchant.shortCode,
    PhoneNumber: digitsOf(payer),
    CallBackURL: url,
    AccountReference: reference.slice(-ACCOUNT_LIMIT),
    TransactionDesc: memo.slice(0, DESCRIPTION_LIMIT).trim(),
  })
}

/** Body of `POST /mpesa/stkpushquery/v1/query`. */
export function queryBody(handle: string, merchant: Merchant, at: Instant): string {
  const stamp = timestamp(at)
  return JSON.stringify({
    BusinessShortCode: merchant.shortCode,
    Password: password(merchant, stamp),
    Timestamp: stamp,
    CheckoutRequestID: handle,
  })
}

type Giving = { readonly amount: number; readonly initiator: Initiator; readonly url: string }

/** Body of `POST /mpesa/b2c/v3/paymentrequest`; what is sent twice under one reference is paid once. */
export const payOutBody = (
  { reference, payee, memo }: Omit<Payout, 'handle'>,
  { amount, initiator, url }: Giving,
): string =>
  JSON.stringify({
    OriginatorConversationID: reference,
    InitiatorName: initiator.name,
    SecurityCredential: initiator.credential,
    CommandID: 'BusinessPayment',
    Amount: amount,
    PartyA: initiator.shortCode,
    PartyB: digitsOf(payee),
    Remarks: memo.slice(0, REMARKS_LIMIT),
    QueueTimeOutURL: url,
    ResultURL: url,
  })

/** Body of `POST /mpesa/reversal/v1/request`; the receipt is of the collection, into the short code it came to. */
export const reversalBody = (
  { reference, memo, of }: RefundOrder,
  { amount, initiator, url, collector }: Giving & { readonly collector: string },
): string =>
  JSON.stringify({
    Initiator: initiator.name,
    SecurityCredential: initiator.credential,
    CommandID: 'TransactionReversal',
    TransactionID: of.transaction,
    Amount: amount,
    ReceiverParty: collector,
    // Safaricom's own spelling.
    RecieverIdentifierType: RECEIVER_TYPE,
    ResultURL: url,
    QueueTimeOutURL: url,
    Remarks: memo.slice(0, REMARKS_LIMIT),
    Occasion: reference,
  })
