/** Whether tests have the sizes that their figures speak of, as by `npm run test:full` and nearly on CI, or everyday ones. */
export const isFull = process.env.TESTS === 'full' || process.env.TESTS === 'ci'

/** @param ci where the full size takes minutes, and a part of it finds what there is to find */
export const sized = <T>(everyday: T, full: T, ci = full): T =>
  process.env.TESTS === 'ci' ? ci : isFull ? full : everyday
