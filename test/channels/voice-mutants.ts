/** Houses that are broken in one place, and what calls over a bad line must find wrong with each. */
import type { Refit } from '../../src/build.ts'

export const MUTANTS: readonly (readonly [name: string, broken: Refit, found: RegExp])[] = [
  [
    'forgets what it answered',
    {
      store: (store) => ({
        ...store,
        standing: async (person, id) => ({ ...(await store.standing(person, id)), answered: null }),
      }),
    },
    /another answer/,
  ],
  [
    'keeps what it answered as a text that is no XML',
    {
      store: (store) => ({
        ...store,
        async standing(person, id) {
          const standing = await store.standing(person, id)
          return { ...standing, answered: standing.answered?.replace('</', '&</') ?? null }
        },
      }),
    },
    /no XML/,
  ],
  [
    'tells nobody how it ended who is not on the line',
    {
      store: (store) => ({
        ...store,
        commit: (work) =>
          store.commit({ ...work, outbox: work.outbox.filter(({ type }) => type !== 'show') }),
      }),
    },
    /never told how it ended/,
  ],
]
