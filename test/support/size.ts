/** Whether tests have the sizes that their figures speak of, as on CI and by `npm run test:full`, or everyday ones. */
export const isFull = process.env.TESTS === 'full'

export const sized = (everyday: number, full: number): number => (isFull ? full : everyday)
