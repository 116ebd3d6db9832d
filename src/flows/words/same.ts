/** The same keys in another language. */
export type Same<Table> = Readonly<Record<keyof Table, string>>
