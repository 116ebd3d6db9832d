/** One account for both currencies, large enough for a long day of tests. */
const START = 100_000_000

/** What the gateway may pay out from: the disbursement account, which collections do not fill. */
export interface Float {
  /** Takes an amount as the wire writes it; false, and nothing taken, when there is less. */
  take(amount: string): boolean
  /** In whole units. */
  set(amount: number): void
  /** As the wire writes it. */
  text(): string
}

export function createFloat(): Float {
  let hundredths = START * 100
  return {
    take: (amount) => {
      const wanted = Math.round(Number(amount) * 100)
      if (wanted > hundredths) return false
      hundredths -= wanted
      return true
    },
    set: (amount) => {
      hundredths = amount * 100
    },
    text: () => String(hundredths / 100),
  }
}
