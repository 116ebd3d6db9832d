import type { FiscalFault } from '../../../core/pay/fiscal.ts'

/**
 * What a result code says of the receipt that was handed in:
 * `signed` it was issued; `duplicate` its number was used before; `refused` it was not issued and the same would
 * not be; `not_issued` it was not, but may be later; `unknown` it may have been.
 */
export type Meaning =
  | { readonly kind: 'signed' | 'duplicate' | 'not_issued' | 'unknown' }
  | { readonly kind: 'refused'; readonly fault: FiscalFault }

const unknown: Meaning = { kind: 'unknown' }
const later: Meaning = { kind: 'not_issued' }
const refused = (fault: FiscalFault): Meaning => ({ kind: 'refused', fault })

/**
 * Every result code of RRA's VSDC document (v1.0.5, 4.14). Only what plainly speaks of our request is a no; whatever
 * went wrong inside the device or between it and RRA may have left a receipt behind.
 */
export const CODES: ReadonlyMap<string, Meaning> = new Map([
  ['000', { kind: 'signed' }],
  // No search result: no answer to something that searches nothing.
  ['001', unknown],
  // The buyer's purchase code is missing, invalid, used; the buyer's TIN is invalid.
  ['881', refused('buyer')],
  ['882', refused('buyer')],
  ['883', refused('buyer')],
  ['884', refused('buyer')],
  // The device as a client of RRA: making the URL, header, body; communication; method; status; anything else.
  ['891', unknown],
  ['892', unknown],
  ['893', unknown],
  ['894', unknown],
  ['895', unknown],
  ['896', unknown],
  ['899', unknown],
  // No header; not a valid device; installed already (said of initialising); not a device of this kind.
  ['900', later],
  ['901', later],
  ['902', unknown],
  ['903', later],
  // Parameters; no body; method.
  ['910', refused('data')],
  ['911', refused('data')],
  ['912', refused('data')],
  // The period is declared; something else must be received first.
  ['921', refused('declared')],
  ['922', later],
  // The server: too many views; registering, changing, deleting failed; overlapped data; no file; anything else.
  ['990', unknown],
  ['991', unknown],
  ['992', unknown],
  ['993', unknown],
  ['994', { kind: 'duplicate' }],
  ['995', unknown],
  ['999', unknown],
])

/** What a code means; one that is not documented may mean anything. */
export const meaningOf = (code: string): Meaning => CODES.get(code) ?? unknown
