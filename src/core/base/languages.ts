/** Every language that is spoken here, as ISO 639-1 calls it: the one list that words, keywords and settings follow. */
export const LANGUAGES = ['en', 'rw', 'fr', 'sw', 'ar', 'ur'] as const
export type Language = (typeof LANGUAGES)[number]

export const isLanguage = (code: string): code is Language => LANGUAGES.some((one) => one === code)
