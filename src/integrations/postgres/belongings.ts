/** What becomes of somebody's rows when their number is somebody else's. */
type Fate =
  /** Put away under the name of a former holder; theirs again if they turn out to have the number still. */
  | 'away'
  /** The same of what the present holder may have anew by then, which makes way. */
  | 'replaced'
  /** It opens a door. */
  | 'deleted'
  /** It is a matter of days: deleted when somebody says so at once, and gone long before a number is idle. */
  | 'passing'
  /** For the books and for what is under way; nobody is shown it by their number. */
  | 'stays'

export type Belongings = Readonly<Record<string, { readonly column: string; readonly fate: Fate }>>

/** Every column of every table that says whose something is by a phone number. */
export const BELONGINGS: Belongings = {
  admins: { column: 'phone', fate: 'away' },
  agent_requests: { column: 'customer', fate: 'away' },
  agents: { column: 'phone', fate: 'away' },
  answers: { column: 'person', fate: 'passing' },
  bought: { column: 'person', fate: 'replaced' },
  conversations: { column: 'person', fate: 'replaced' },
  credit_accounts: { column: 'phone', fate: 'away' },
  departures: { column: 'conductor', fate: 'away' },
  drivers: { column: 'phone', fate: 'away' },
  former_holders: { column: 'person', fate: 'stays' },
  goods_gone: { column: 'person', fate: 'stays' },
  habits: { column: 'person', fate: 'replaced' },
  idempotency_keys: { column: 'owner', fate: 'deleted' },
  instances: { column: 'owner', fate: 'away' },
  loads: { column: 'owner', fate: 'stays' },
  log_ins: { column: 'person', fate: 'deleted' },
  message_parts: { column: 'person', fate: 'passing' },
  messages: { column: 'person', fate: 'stays' },
  otps: { column: 'phone', fate: 'passing' },
  own_places: { column: 'person', fate: 'replaced' },
  parked_receipts: { column: 'person', fate: 'stays' },
  partner_members: { column: 'phone', fate: 'away' },
  place_misses: { column: 'person', fate: 'stays' },
  refresh_tokens: { column: 'phone', fate: 'deleted' },
  saved_baskets: { column: 'person', fate: 'replaced' },
  seat_legs: { column: 'person', fate: 'stays' },
  seat_waits: { column: 'person', fate: 'away' },
  shops: { column: 'phone', fate: 'away' },
  sim_checks: { column: 'person', fate: 'deleted' },
  stock_holds: { column: 'person', fate: 'stays' },
  traveller_stars: { column: 'person', fate: 'replaced' },
  unnumbered: { column: 'person', fate: 'passing' },
  warehouses: { column: 'desk', fate: 'away' },
  whatsapp_users: { column: 'person', fate: 'deleted' },
}
