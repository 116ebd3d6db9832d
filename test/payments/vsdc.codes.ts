import type { FiscalUpdate } from '../../src/core/pay/fiscal.ts'

const unknown = (code: string): FiscalUpdate => ({ status: 'unknown', code })
const notIssued = (code: string): FiscalUpdate => ({ status: 'not_issued', code })
const refused = (code: string, fault: 'buyer' | 'data' | 'declared'): FiscalUpdate => ({
  status: 'refused',
  fault,
  code,
})

/** Every documented code but success and 994, and some that are not, with what a sale answered so became. */
export const CODE_ROWS: readonly (readonly [code: string, update: FiscalUpdate])[] = [
  ['001', unknown('001')],
  ['881', refused('881', 'buyer')],
  ['882', refused('882', 'buyer')],
  ['883', refused('883', 'buyer')],
  ['884', refused('884', 'buyer')],
  ['891', unknown('891')],
  ['892', unknown('892')],
  ['893', unknown('893')],
  ['894', unknown('894')],
  ['895', unknown('895')],
  ['896', unknown('896')],
  ['899', unknown('899')],
  ['900', notIssued('900')],
  ['901', notIssued('901')],
  ['902', unknown('902')],
  ['903', notIssued('903')],
  ['910', refused('910', 'data')],
  ['911', refused('911', 'data')],
  ['912', refused('912', 'data')],
  ['921', refused('921', 'declared')],
  ['922', notIssued('922')],
  ['990', unknown('990')],
  ['991', unknown('991')],
  ['992', unknown('992')],
  ['993', unknown('993')],
  ['995', unknown('995')],
  ['999', unknown('999')],
]

export const INVENTED = [
  '777',
  '',
  '00',
  '0000',
  '885',
  '904',
  '923',
  '9940',
  'OK',
  'a very long code indeed',
] as const
