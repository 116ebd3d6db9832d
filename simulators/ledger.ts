import type { Events } from './events.ts'

const MAX_ENTRIES = 50_000

/** What a simulator knows to have happened: the truth that tests compare the gateway with. */
export interface Ledger<Entry> {
  add(entry: Entry): Entry
  /** Changes an entry in place and tells the watchers. */
  change(entry: Entry, change: Partial<Entry>): void
  /** Entries in the order they came, the oldest forgotten past 50,000; of one phone when given. */
  list(phone?: string): Entry[]
}

/** `phoneOf` tells whom an entry is about, as E.164. */
export function createLedger<Entry extends object>(
  simulator: string,
  events: Events,
  phoneOf: (entry: Entry) => string | null,
): Ledger<Entry> {
  const entries: Entry[] = []
  const tell = (entry: Entry) =>
    events.emit({ simulator, kind: 'ledger', phone: phoneOf(entry), data: entry })

  function add(entry: Entry) {
    entries.push(entry)
    if (entries.length > MAX_ENTRIES) entries.shift()
    tell(entry)
    return entry
  }

  function change(entry: Entry, change: Partial<Entry>) {
    Object.assign(entry, change)
    tell(entry)
  }

  const list = (phone?: string) =>
    phone === undefined ? [...entries] : entries.filter((entry) => phoneOf(entry) === phone)
  return { add, change, list }
}
