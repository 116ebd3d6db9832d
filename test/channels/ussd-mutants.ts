/** Houses that are broken in one place, and what a storm of hops must find wrong with each. */
import type { Refit } from '../../src/build.ts'

/** By message alone, whoever sent it. */
const told = new Map<string, string>()

export const MUTANTS: readonly (readonly [name: string, broken: Refit, found: RegExp])[] = [
  [
    'forgets what it answered',
    {
      store: (store) => ({
        ...store,
        answer: async () => null,
        standing: async (person, id) => ({ ...(await store.standing(person, id)), answered: null }),
      }),
    },
    /wrong screen/,
  ],
  [
    'takes a hop that nothing numbers for a new one, however soon it comes',
    { store: (store) => ({ ...store, answer: async () => null }) },
    /wrong screen: arkesel/,
  ],
  [
    'knows a session by its name alone, whosever it is',
    {
      store: (store) => {
        const nameOf = (id: string) => id.replace(/:\+\d+:/, ':')
        return {
          ...store,
          async standing(person, id) {
            const standing = await store.standing(person, id)
            return { ...standing, answered: standing.answered ?? told.get(nameOf(id)) ?? null }
          },
          async commit(work) {
            const committed = await store.commit(work)
            if (committed === 'done' && work.answer) told.set(nameOf(work.answer.messageId), work.answer.body)
            return committed
          },
        }
      },
    },
    /wrong screen|booked/,
  ],
  [
    'forgets what a session has said',
    {
      store: (store) => ({
        ...store,
        async standing(person, id) {
          const standing = await store.standing(person, id)
          return {
            ...standing,
            conversation: standing.conversation && { ...standing.conversation, heard: '' },
          }
        },
      }),
    },
    /wrong screen/,
  ],
  [
    'says that it is written where somebody else was faster',
    {
      store: (store) => ({
        ...store,
        commit: async (work) => {
          await store.commit(work)
          return 'done'
        },
      }),
    },
    /wrong screen|another answer|booked/,
  ],
]
