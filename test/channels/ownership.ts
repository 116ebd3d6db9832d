import type { About } from './owners.ts'

/** Whoever may ask. The first five have nothing to do with partners, `other` and `otherDriver` nothing with the owner. */
export const ASKERS = [
  ...(['anonymous', 'owner', 'other', 'driver', 'otherDriver'] as const),
  // People of the partner that has it; somebody of another partner, who names the partner that has it, or their own.
  ...(['partnerOwner', 'partnerClerk', 'otherPartner', 'otherPartnerHere', 'admin'] as const),
] as const
export type Asker = (typeof ASKERS)[number]

export type Row = {
  readonly name: string
  readonly about: About
  readonly codes: Readonly<Record<Asker, number>>
}

type Line = readonly [name: string, about: About, ...codes: number[]]

/*
 * What each may do with what is the owner's, or the partner's: the status of the answer, for every route there is, in
 * the order of `ASKERS`. What ends something comes after what needs it.
 */
// biome-ignore format: a table
const LINES: readonly Line[] = [
  ['getBooking',       'instances',       401, 200, 404, 200, 404, 404, 404, 404, 404, 200],
  // A ride has none.
  ['getTicket',        'instances',       401, 409, 404, 404, 404, 404, 404, 404, 404, 404],
  ['getPayment',       'instances',       401, 200, 404, 404, 404, 404, 404, 404, 404, 200],
  ['getInvoice',       'instances',       401, 200, 404, 404, 404, 404, 404, 404, 404, 200],
  ['payInvoice',       'instances',       401, 200, 404, 404, 404, 404, 404, 404, 404, 404],
  ['listInvoices',     'instances',       401, 200, 200, 200, 200, 200, 200, 200, 200, 200],
  ['answerBooking',    'instances',       401, 409, 404, 404, 404, 404, 404, 404, 404, 404],
  // Nobody bids for a ride.
  ['counterBid',       'instances',       401, 409, 404, 404, 404, 404, 404, 404, 404, 404],
  ['rateBooking',      'instances',       401, 409, 404, 404, 404, 404, 404, 404, 404, 404],
  ['cancelBooking',    'instances',       401, 200, 404, 404, 404, 404, 404, 404, 404, 404],
  ['createBooking',    'instances',       401, 201, 201, 201, 201, 201, 201, 201, 201, 201],
  ['listBookings',     'instances',       401, 200, 200, 200, 200, 200, 200, 200, 200, 200],
  // Carriers alone see loads, and the one who is asked here is of another partner.
  ['listLoads',        'loads',           401, 403, 403, 403, 403, 403, 403, 200, 200, 403],
  ['makeBid',          'loads',           401, 403, 403, 403, 403, 403, 403, 201, 201, 403],
  ['withdrawBid',      'loads',           401, 403, 403, 403, 403, 403, 403, 200, 409, 403],
  ['findPlaces',       'nobody',          401, 200, 200, 200, 200, 200, 200, 200, 200, 200],
  ['listLanguages',    'nobody',          200, 200, 200, 200, 200, 200, 200, 200, 200, 200],
  ['moveDriver',       'drivers',         401, 403, 403, 202, 202, 403, 403, 403, 403, 403],
  ['sendCode',         'otps',            400, 400, 400, 400, 400, 400, 400, 400, 400, 400],
  ['logIn',            'otps',            401, 401, 401, 401, 401, 401, 401, 401, 401, 401],
  ['refresh',          'refresh_tokens',  401, 401, 401, 401, 401, 401, 401, 401, 401, 401],
  ['listOffices',      'partner_members', 401, 200, 200, 200, 200, 200, 200, 200, 200, 200],
  ['listRoutes',       'routes',          401, 404, 404, 404, 404, 200, 200, 404, 200, 200],
  ['setPrices',        'routes',          401, 404, 404, 404, 404, 200, 403, 404, 404, 403],
  ['listDepartures',   'departures',      401, 404, 404, 404, 404, 200, 200, 404, 200, 200],
  ['addDeparture',     'departures',      401, 404, 404, 404, 404, 201, 201, 404, 404, 403],
  ['listAboard',       'instances',       401, 404, 404, 404, 404, 200, 200, 404, 404, 200],
  ['callOffDeparture', 'departures',      401, 404, 404, 404, 404, 200, 403, 404, 404, 403],
  ['listVehicles',     'vehicles',        401, 404, 404, 404, 404, 200, 200, 404, 200, 200],
  ['addVehicle',       'vehicles',        401, 404, 404, 404, 404, 201, 201, 404, 201, 403],
  ['submitPaper',      'vehicle_papers',  401, 404, 404, 404, 404, 201, 201, 404, 404, 403],
  ['reviewPaper',      'vehicle_papers',  401, 404, 404, 404, 404, 403, 403, 404, 403, 200],
  ['retireVehicle',    'vehicles',        401, 404, 404, 404, 404, 200, 403, 404, 404, 403],
  ['getEarnings',      'postings',        401, 404, 404, 404, 404, 200, 403, 404, 200, 200],
  ['getStatement',     'postings',        401, 404, 404, 404, 404, 200, 403, 404, 200, 200],
  ['printStatement',   'postings',        401, 404, 404, 404, 404, 200, 403, 404, 200, 200],
  ['listMembers',      'partner_members', 401, 404, 404, 404, 404, 200, 403, 404, 200, 200],
  ['admitMember',      'partner_members', 401, 404, 404, 404, 404, 201, 403, 404, 201, 201],
  ['payMember',        'partner_members', 401, 404, 404, 404, 404, 200, 403, 404, 404, 403],
  ['dismissMember',    'partner_members', 401, 404, 404, 404, 404, 200, 403, 404, 404, 403],
  ['listChanges',      'partner_changes', 401, 404, 404, 404, 404, 200, 403, 404, 200, 200],
]

const rowOf = ([name, about, ...codes]: Line): Row => {
  const of = (asker: Asker) => codes[ASKERS.indexOf(asker)] ?? 0
  return {
    name,
    about,
    codes: {
      ...{ anonymous: of('anonymous'), owner: of('owner'), other: of('other'), driver: of('driver') },
      ...{ otherDriver: of('otherDriver'), partnerOwner: of('partnerOwner') },
      ...{ partnerClerk: of('partnerClerk'), otherPartner: of('otherPartner') },
      ...{ otherPartnerHere: of('otherPartnerHere'), admin: of('admin') },
    },
  }
}

export const MATRIX: readonly Row[] = LINES.map(rowOf)

/** The matrix to be read by a person. @param pathOf method and path of a route */
export const printed = (pathOf: (name: string) => string): string =>
  [
    '# Who may do what with whose',
    '',
    'Every route of the API, asked by everybody there is, of what is one customer’s (with a driver on the way) or one',
    'partner’s. `otherPartner` acts for another partner and names the one that has it; `otherPartnerHere` names their',
    'own, and the other’s thing in it. 404 is what is somebody else’s, as what is not there; 403 is what one sees and',
    'may not change. Lists and what is made hold only the asker’s own. `test/channels/rest-ownership.test.ts` tries all',
    'of it over HTTP and keeps this page: `UPDATE=1 npx mocha test/channels/rest-ownership.test.ts` writes it.',
    '',
    `| route | table | ${ASKERS.join(' | ')} |`,
    `|---|---|${ASKERS.map(() => '---:|').join('')}`,
    ...MATRIX.map(
      ({ name, about, codes }) =>
        `| \`${pathOf(name)}\` | ${about} | ${ASKERS.map((asker) => codes[asker]).join(' | ')} |`,
    ),
    '',
  ].join('\n')
