import type { Work } from '../../src/core/run/work.ts'

/** A turn that changes nothing, for what a test wants written to be added to. */
export const nothing: Work = {
  conversation: null,
  answer: null,
  instances: [],
  journal: [],
  outbox: [],
  postings: [],
  finished: [],
}
