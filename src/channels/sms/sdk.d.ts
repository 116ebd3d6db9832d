/** The little of the `africastalking` package that we use; it brings no types of its own (0.8.3). */
declare module 'africastalking' {
  type Message = {
    readonly to: string
    readonly message: string
    readonly from?: string
    /** False asks for the outcome at once (statusCode 101); left out, the message is queued (102). */
    readonly enqueue?: boolean
  }
  type Client = {
    readonly SMS: {
      /** Resolves with the body of a 201; rejects with an AxiosError, the body of another 2xx, or an Error. */
      send(message: Message): Promise<unknown>
    }
  }
  /** Throws when the username or the key is empty. The username `sandbox` moves every host, for everybody. */
  export default function africastalking(account: {
    readonly username: string
    readonly apiKey: string
  }): Client
}

/** Hosts, shared by all clients of the process and read at the moment of a call. */
declare module 'africastalking/lib/common.js' {
  const common: { SMS_URL: string }
  export default common
}
