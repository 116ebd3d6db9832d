import type { CreditBook } from '../../src/core/pay/credit.ts'
import type { Claims } from '../../src/integrations/payments/mpesa/index.ts'

/** Claims of one test, kept by it alone. */
export function createClaims(): Claims {
  const taken = new Set<string>()
  return {
    take: async (reference) => taken.size < taken.add(reference).size,
    giveUp: async (reference) => {
      taken.delete(reference)
    },
  }
}

/** Where nobody has an account. */
export const noCredit: CreditBook = {
  serves: async () => false,
  charge: async () => 'refused',
  chargeOf: async () => null,
  giveBack: async () => false,
  gaveBack: async () => false,
}
