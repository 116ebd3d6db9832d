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
