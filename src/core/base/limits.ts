/** Every bound of the core by name, so that nothing waits, repeats or grows for ever. */
export const LIMITS = {
  /** A hop aims to answer within this. */
  hopBudgetMs: 3_000,
  /** And answers by this whatever happens, so that nobody waits for more than 4 s: gateways hang up at 10 s. */
  hopStopMs: 3_500,
  /** Who is told to end finishes what is in hand within this: any hop, and with the notice before it less than 10 s. */
  finishMs: 4_500,
  /** A promised text that cannot be written is tried so often, so long after each other; */
  promiseTries: 50,
  promiseWaitMs: 1_000,
  /** so many of them at once, while so many wait behind those: a minute's hops, and more. */
  promisesAtOnce: 4,
  promises: 10_000,
  /** A message waits so long behind others of its person; before the hop's end, so that nobody is promised a text in vain. */
  turnWaitMs: 3_200,
  /** A USSD session ends within this on any network (AAT, 4 minutes); a later one may bear its name. */
  sessionMs: 600_000,
  /** The same input again so soon is the same hop again: nobody has read the screen in between. */
  repeatMs: 3_500,
  /** Hops of that time, so that one that was overtaken is still known. */
  recentHops: 8,
  /** Answers in one dialled code. */
  deepDialSteps: 8,
  /** Questions answered and news passed on within one turn. */
  settledPerTurn: 16,
  /** Turns begun anew because somebody else was faster: first in line here, only other processes can have been that. */
  staleRetries: 64,
  /** Turns of a process in line for the same instance, and how long each waits. */
  staleInLine: 1_000,
  staleWaitMs: 30_000,
  /** After a worker's death its outbox entries are taken by another this much later, */
  leaseMs: 10_000,
  /** since a living one says this often that it still has them. */
  renewMs: 500,
  /** Tries of an outbox entry before it is put aside for a person to look at. */
  outboxAttempts: 8,
  /** Workers that may die while they have it: most are shot, and it is innocent. */
  outboxDeaths: 40,
  outboxBackoffMs: 1_000,
  outboxBackoffMaxMs: 300_000,
  /** Entries a worker takes at once. */
  claimBatch: 20,
  /** Entries of a lane in hand because somebody woke us for them; more are left to the sweep. */
  wokenInHand: 40,
  /** How often the outbox and the deadlines are swept without being woken. */
  sweepMs: 1_000,
  /** Deadlines fired a sweep. */
  deadlineBatch: 100,
  /** After this long without a word, a person's focus may be moved to what we have to tell them. */
  idleFocusMs: 180_000,
  /** Wrong codes for one milestone before a person must help. */
  wrongCodes: 5,
  /** Offers made for one booking before it is refused. */
  offersPerBooking: 10,
  /** How often one journey may be made to end elsewhere, and so far from where it began. */
  redirects: 2,
  redirectMetres: 60_000,
  /** How often somebody is sought to carry on what is packed, before a person must help. */
  searches: 12,
  /** Choices brought back by a look-up. */
  lookupChoices: 5,
  /** Products and categories brought back at once; what somebody buys most stands before them. */
  catalogueChoices: 20,
  usualProducts: 3,
} as const
