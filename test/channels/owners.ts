/** Whose the rows of a table are: a column that names them, or one that leads to a table whose rows are somebody's. */
type Owner =
  /** A phone number: a person's own. */
  | { readonly person: string }
  /** The partner, by a foreign key. */
  | { readonly partner: string }
  /** Of whoever has the row that this column names, by a foreign key or by a key of ours that has none. */
  | { readonly by: string; readonly of: keyof typeof OWNERS }
  /** An account of the books, whose name holds who has it. */
  | { readonly account: string }

/** Every table with things of somebody's. */
export const OWNERS = {
  admins: { person: 'phone' },
  agent_requests: { person: 'customer' },
  agents: { person: 'phone' },
  answers: { person: 'person' },
  bought: { person: 'person' },
  balance_sums: { account: 'account' },
  balance_tail: { account: 'account' },
  carriers: { partner: 'partner' },
  conversations: { person: 'person' },
  credit_accounts: { person: 'phone' },
  credit_charges: { by: 'account', of: 'credit_accounts' },
  credit_refunds: { by: 'charge', of: 'credit_charges' },
  credit_repayments: { by: 'account', of: 'credit_accounts' },
  departures: { by: 'route', of: 'routes' },
  drivers: { person: 'phone' },
  former_holders: { person: 'person' },
  goods_gone: { person: 'person' },
  habits: { person: 'person' },
  idempotency_keys: { person: 'owner' },
  instances: { person: 'owner' },
  invoices: { by: 'charge', of: 'credit_charges' },
  journal: { by: 'instance_id', of: 'instances' },
  licence_evidence: { by: 'driver', of: 'drivers' },
  loads: { person: 'owner' },
  log_ins: { person: 'person' },
  message_parts: { person: 'person' },
  messages: { person: 'person' },
  otps: { person: 'phone' },
  own_places: { person: 'person' },
  parked_receipts: { person: 'person' },
  partner_changes: { partner: 'partner' },
  partner_members: { partner: 'partner' },
  partner_papers: { partner: 'partner' },
  partners: { partner: 'id' },
  place_misses: { person: 'person' },
  postings: { account: 'credit' },
  price_rules: { partner: 'partner' },
  products: { partner: 'partner' },
  refresh_tokens: { person: 'phone' },
  route_stops: { by: 'route', of: 'routes' },
  routes: { partner: 'partner' },
  saved_baskets: { person: 'person' },
  seat_legs: { person: 'person' },
  seat_waits: { person: 'person' },
  shelves: { by: 'warehouse', of: 'stock' },
  shops: { person: 'phone' },
  sim_checks: { person: 'person' },
  stock: { by: 'warehouse', of: 'warehouses' },
  stock_holds: { person: 'person' },
  traveller_stars: { person: 'person' },
  unnumbered: { person: 'person' },
  vehicle_days: { by: 'vehicle', of: 'vehicles' },
  vehicle_papers: { by: 'vehicle', of: 'vehicles' },
  vehicles: { partner: 'partner' },
  warehouses: { partner: 'partner' },
  whatsapp_users: { person: 'person' },
} as const satisfies Readonly<Record<string, object>>

/** As above, read by the test that compares them with the schema. */
export const owners: readonly (readonly [table: string, owner: Owner])[] = Object.entries(OWNERS)

/** Tables with nothing of anybody's: the world as it is, what the operator keeps, and what only the engine needs. */
export const NOBODYS = [
  ...['places', 'place_names', 'tariffs', 'tax_rates', 'tax_services'],
  ...['statements', 'statement_rows', 'mismatches', 'mismatch_events', 'fiscal_devices', 'fiscal_receipts'],
  ...[
    'claims',
    'open_holds',
    'outbox',
    'invoice_years',
    'message_costs',
    'knex_migrations',
    'knex_migrations_lock',
  ],
] as const

/** What a route of the API is about: a table of the above, or nothing of anybody's. */
export type About = keyof typeof OWNERS | 'nobody'
