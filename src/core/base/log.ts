/** One JSON line a call. ERROR = somebody must act now; WARN heals itself; INFO = one line a hop. */
export interface Log {
  info(fields: Readonly<Record<string, unknown>>, event: string): void
  warn(fields: Readonly<Record<string, unknown>>, event: string): void
  error(fields: Readonly<Record<string, unknown>>, event: string): void
}

export const silent: Log = { info: () => {}, warn: () => {}, error: () => {} }

/** What went wrong and where, for the log only: strangers are never shown it. */
export const traceOf = (error: unknown): string => (error instanceof Error && error.stack) || String(error)
