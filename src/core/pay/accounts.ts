/** What an account is to us: whether money on it is ours, owed by us, or how much came in and went out for good. */
export type AccountClass = 'asset' | 'liability' | 'revenue' | 'expense'

type Entry = {
  readonly class: AccountClass
  /** Whose it is, where there is one for each of them: `driver:<id>`. */
  readonly of?: 'provider' | 'driver' | 'partner' | 'agent' | 'customer'
  readonly what: string
}

/** The chart of accounts. A name that is in use is never changed: the entries that bear it cannot be. */
export const CHART = {
  provider: { class: 'asset', of: 'provider', what: 'money that a provider has taken and holds for us' },
  bank: { class: 'asset', what: 'money that providers have paid out to us' },
  unearned: { class: 'liability', what: 'fares taken for service not yet given' },
  escrow: { class: 'liability', what: 'fares set aside until a journey ends as agreed' },
  suspense: { class: 'liability', what: 'money that fits nothing, until a person has looked' },
  refunding: { class: 'liability', what: 'money on its way back to who paid it' },
  owed: { class: 'liability', what: 'money that could not be given back, until a person has paid it' },
  credit: { class: 'liability', of: 'customer', what: 'money a customer may travel with' },
  driver: { class: 'liability', of: 'driver', what: 'what a driver has earned and not yet got' },
  partner: { class: 'liability', of: 'partner', what: 'what a partner has earned and not yet got' },
  agent: { class: 'liability', of: 'agent', what: 'what an agent has earned and not yet got' },
  tax: { class: 'liability', what: 'value added tax, until it is declared' },
  earned: { class: 'revenue', what: 'fares of service given' },
  commission: { class: 'revenue', what: 'our part of fares that are somebody else’s' },
  goodwill: { class: 'expense', what: 'fares of service given that we gave back all the same, at our cost' },
  loss: { class: 'expense', what: 'invoices that nobody will pay' },
  fee: { class: 'expense', of: 'provider', what: 'what a provider takes for its service' },
} as const satisfies Readonly<Record<string, Entry>>

type Chart = typeof CHART
export type AccountName = keyof Chart
type Ours = { [N in AccountName]: Chart[N] extends { readonly of: string } ? never : N }[AccountName]
type Theirs = Exclude<AccountName, Ours>
export type Account = Ours | `${Theirs}:${string}`

/** Entries outlive the people in them, so a holder is an opaque name and never a phone number. */
const HOLDER = '[a-z][A-Za-z0-9_-]{0,63}'

const names = Object.entries<Entry>(CHART).map(([name, { of }]) => (of ? `${name}:${HOLDER}` : name))
/** Every name that an account may have, as a pattern that PostgreSQL understands as well. */
export const ACCOUNTS = `^(${names.join('|')})$`
const fits = new RegExp(ACCOUNTS)

/** Whether the chart has an account of that name. */
export const isAccount = (text: string): text is Account => fits.test(text)

/** `account('driver', 'dr_018f')` is `driver:dr_018f`. @throws RangeError when the holder is no opaque name */
export function account(name: Theirs, holder: string): Account {
  const text = `${name}:${holder}` as const
  if (!isAccount(text)) throw new RangeError(`not the name of an account's holder: ${holder.length} signs`)
  return text
}

/** The class of an account. */
export const classOf = (text: Account): AccountClass => {
  const [name = ''] = text.split(':')
  const entry = Object.entries<Entry>(CHART).find(([one]) => one === name)?.[1]
  if (!entry) throw new RangeError('the chart has no such account')
  return entry.class
}
