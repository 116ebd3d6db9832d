/**
 * Customers who buy now and pay later, from a terminal:
 *
 *   npm run credit -- open +250788000001 500000 30 [RWF]      a limit in the smallest unit, days until due
 *   npm run credit -- limit +250788000001 800000
 *   npm run credit -- stop +250788000001                      `resume` lets them buy again
 *   npm run credit -- list
 *   npm run credit -- ageing [csv]                            ends with 1 while something is past due
 *   npm run credit -- paid 2026-000123 5000 "Alice U." "BK FT26325"
 *   npm run credit -- writeoff 2026-000123 "Alice U." "the shop is closed"
 *   npm run credit -- invoice 2026-000123                     a PDF under DATA_DIR/invoices
 */
import { mkdir, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { systemClock } from '../core/base/clock.ts'
import type { Config } from '../core/base/config.ts'
import { formatMoney, isCurrency } from '../core/base/money.ts'
import { type Msisdn, maskPhone, parsePhone } from '../core/base/phone.ts'
import type { CreditAccount, CreditAccounts } from '../core/pay/credit.ts'
import type { Happening, InstanceRef } from '../core/run/flow.ts'
import type { Run } from '../core/run/run.ts'
import { type InvoiceContext, invoiceContext } from '../flows/invoice/model.ts'
import { render } from '../flows/words/index.ts'
import { createCreditAccounts } from '../integrations/postgres/credit.ts'
import { ageingCsv } from '../integrations/settlement/csv.ts'
import { invoicePdf } from '../integrations/settlement/invoice.ts'
import { agedAccounts, ageingTable, allAccounts } from './ageing.ts'
import type { Command, Terminal } from './command.ts'
import { openCounter } from './counter.ts'

const USAGE = `usage: npm run credit -- open <phone> <limit> <days> [currency]
       npm run credit -- limit <phone> <limit>
       npm run credit -- stop|resume <phone>
       npm run credit -- list
       npm run credit -- ageing [csv]
       npm run credit -- paid <invoice> <amount> <your name> <how: the transfer's number, or the cash receipt's>
       npm run credit -- writeoff <invoice> <your name> <why>
       npm run credit -- invoice <invoice>`

type Office = {
  readonly config: Config
  readonly accounts: CreditAccounts
  readonly run: Run
  readonly print: Terminal['print']
}
type Words = readonly string[]

const minor = z.coerce.number().int().nonnegative()
const text = z.string().trim().min(1)

function phoneIn(words: string | undefined): Msisdn {
  const phone = parsePhone(words ?? '')
  if (!phone) throw new RangeError(`not a phone number: ${words}`)
  return phone
}

const lineOf = ({ id, phone, currency, limitMinor, outstandingMinor, termsDays, status }: CreditAccount) => {
  const amount = (amountMinor: number) => formatMoney({ amountMinor, currency })
  return [
    id,
    maskPhone(phone),
    `${amount(outstandingMinor)} of ${amount(limitMinor)}`,
    `${termsDays} days`,
    status,
  ].join('  ')
}

async function open(
  { accounts, run, print }: Office,
  [who, limit, days, currency = 'RWF']: Words,
): Promise<number> {
  const phone = phoneIn(who)
  const terms = z
    .object({ limitMinor: minor, termsDays: minor.max(365), currency: z.string().refine(isCurrency) })
    .parse({ limitMinor: limit, termsDays: days, currency })
  const id = run.parts.ids.next('ca')
  const isOpened = await accounts.open({ id, phone, ...terms }, systemClock.now())
  print(isOpened ? `${id} is open` : `${maskPhone(phone)} has an account already`)
  return isOpened ? 0 : 1
}

async function change(
  { accounts, print }: Office,
  who: string | undefined,
  to: Parameters<CreditAccounts['change']>[1],
): Promise<number> {
  const phone = phoneIn(who)
  const account = await accounts.change(phone, to)
  print(account ? lineOf(account) : `${maskPhone(phone)} has no account`)
  return account ? 0 : 1
}

async function list({ accounts, print }: Office): Promise<number> {
  for await (const account of allAccounts(accounts)) print(lineOf(account))
  return 0
}

async function ageing({ accounts, print }: Office, [form]: Words): Promise<number> {
  const aged = await agedAccounts(accounts, systemClock.now())
  if (form === 'csv') print(ageingCsv(aged).trimEnd())
  else print(...ageingTable(aged))
  return aged.some(({ ageing: { current, ...late } }) => Object.values(late).some((sum) => sum > 0)) ? 1 : 0
}

type Found = { readonly ref: InstanceRef; readonly state: string; readonly context: InvoiceContext }

/** @throws RangeError when there is no such invoice */
async function find({ accounts, run }: Office, number = ''): Promise<Found> {
  const id = await accounts.invoice(number)
  const ref: InstanceRef = { flow: 'invoice', id: id ?? '' }
  const instance = id === null ? null : await run.parts.store.instance(ref)
  if (!instance) throw new RangeError(`there is no invoice ${number}`)
  return { ref, state: instance.state, context: invoiceContext.parse(instance.context) }
}

/** Says it to the invoice. What it means to the customer's account a running worker does. */
async function say(office: Office, number: string | undefined, event: Happening): Promise<number> {
  const { ref } = await find(office, number)
  const { run, print } = office
  const { applied } = await run.send(ref, event, run.parts.ids.next('op'))
  const { state, context } = await find(office, number)
  const price = formatMoney({ ...context.money, amountMinor: context.openMinor })
  print(`${applied ? '' : 'nothing was changed: '}${context.number} is ${state}, ${price} is open`)
  return applied ? 0 : 1
}

async function paid(office: Office, [number, ...rest]: Words): Promise<number> {
  const [amountMinor, by, how] = z.tuple([minor.positive(), text, text]).parse(rest)
  const { context } = await find(office, number)
  if (context.repaid.some(({ reference }) => reference === how)) {
    office.print(`${how} was written down for ${number} before`)
    return 0
  }
  return say(office, number, { type: 'REPAID', amountMinor, by, how })
}

async function writeOff(office: Office, [number, ...rest]: Words): Promise<number> {
  const [by, why] = z.tuple([text, text]).parse(rest)
  return say(office, number, { type: 'WRITE_OFF', by, why })
}

async function printed(office: Office, [number]: Words): Promise<number> {
  const { config, print } = office
  const { context } = await find(office, number)
  const seller = { tin: config.VSDC_TIN, name: config.VSDC_SELLER, address: config.VSDC_ADDRESS }
  const lines = context.lines.map(({ what, amountMinor }) => ({
    what: render(what, config.DEFAULT_LANGUAGE),
    amountMinor,
  }))
  const folder = resolve(config.DATA_DIR, 'invoices')
  await mkdir(folder, { recursive: true })
  const file = join(folder, `${context.number}.pdf`)
  await writeFile(file, await invoicePdf({ ...context, seller, lines, customer: context.owner }))
  print(file)
  return 0
}

/** Does what the words say. @returns the process's exit code */
async function perform(office: Office, [verb, ...words]: Words): Promise<number> {
  switch (verb) {
    case 'open':
      return open(office, words)
    case 'limit':
      return change(office, words[0], { limitMinor: minor.parse(words[1]) })
    case 'stop':
      return change(office, words[0], { status: 'stopped' })
    case 'resume':
      return change(office, words[0], { status: 'open' })
    case 'list':
      return list(office)
    case 'ageing':
      return ageing(office, words)
    case 'paid':
      return paid(office, words)
    case 'writeoff':
      return writeOff(office, words)
    case 'invoice':
      return printed(office, words)
    default:
      office.print(USAGE)
      return 2
  }
}

/** Credit accounts and their invoices. */
export const credit: Command = {
  perform({ config, db, print }, words) {
    const accounts = createCreditAccounts(db)
    const { run } = openCounter(config, db)
    return perform({ config, accounts, run, print }, words).catch((error: unknown) => {
      throw error instanceof z.ZodError ? new RangeError(`${error.issues[0]?.message}\n${USAGE}`) : error
    })
  },
}
