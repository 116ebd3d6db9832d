type Waiting<In, Out> = { readonly item: In; resolve(out: Out): void; reject(error: unknown): void }

/**
 * Lets callers that come while a statement is in flight share the next one: one trip and one commit for many.
 * @param keysOf items that share a key never travel together
 * @param run answers the items in their order; when it throws, every caller of that batch gets the error
 */
export function createBatch<In, Out>(options: {
  readonly most: number
  readonly inFlight: number
  readonly keysOf: (item: In) => readonly string[]
  readonly run: (items: readonly In[]) => Promise<readonly Out[]>
}): (item: In) => Promise<Out> {
  let waiting: Waiting<In, Out>[] = []
  let flying = 0
  let scheduled = false

  const take = (): Waiting<In, Out>[] => {
    const keys = new Set<string>()
    const now: Waiting<In, Out>[] = []
    const later: Waiting<In, Out>[] = []
    for (const one of waiting) {
      const own = options.keysOf(one.item)
      if (now.length < options.most && !own.some((key) => keys.has(key))) now.push(one)
      else later.push(one)
      for (const key of own) keys.add(key)
    }
    waiting = later
    return now
  }

  const fly = async () => {
    scheduled = false
    while (waiting.length > 0 && flying < options.inFlight) {
      const batch = take()
      flying += 1
      options
        .run(batch.map(({ item }) => item))
        .then(
          (outs) => {
            for (const [n, one] of batch.entries()) settle(one, outs[n])
          },
          (error: unknown) => {
            for (const one of batch) one.reject(error)
          },
        )
        .finally(() => {
          flying -= 1
          schedule()
        })
    }
  }
  const settle = (one: Waiting<In, Out>, out: Out | undefined) => {
    if (out === undefined) one.reject(new Error('the batch did not answer everybody'))
    else one.resolve(out)
  }
  const schedule = () => {
    if (scheduled || waiting.length === 0) return
    scheduled = true
    setImmediate(fly)
  }

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject })
      schedule()
    })
}
