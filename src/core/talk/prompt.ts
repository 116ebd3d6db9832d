/** A choice: compared and stored by `value`, shown by `label`; the digit is an accident of the page. */
export type Option = {
  readonly value: string
  readonly label: string
  readonly detail?: string
  /** Other words a person may type for it, in every language. */
  readonly synonyms?: readonly string[]
}

export type Expects = 'text' | 'digits' | 'phone' | 'place' | 'date'

/** What a person is shown, before any channel has drawn it. `id` names the question, stable over languages. */
export type Prompt =
  | {
      readonly kind: 'choose'
      readonly id: string
      readonly say: string
      readonly options: readonly Option[]
      /** What may be typed instead of choosing. */
      readonly other?: Expects
    }
  | { readonly kind: 'ask'; readonly id: string; readonly say: string; readonly expects: Expects }
  | {
      readonly kind: 'tell'
      readonly id: string
      readonly say: string
      /** `wait`: the rest will come to you. `end`: there is nothing more. */
      readonly next: 'wait' | 'end'
      /** What may be asked for meanwhile; offered when the person comes back. */
      readonly options?: readonly Option[]
    }

/** The few words every channel adds to a prompt, in the person's language. */
export type Chrome = {
  readonly more: string
  readonly back: string
  readonly home: string
  readonly notHeard: string
  readonly press: (label: string, key: string) => string
  readonly choose: string
  readonly sendPin: string
  readonly goodbye: string
}

/** A prompt as one person sees it now. */
export type View = {
  readonly prompt: Prompt
  readonly page: number
  /** Said above the prompt when the last answer was not understood. */
  readonly error: string | null
  readonly chrome: Chrome
  /** Two-letter code of the person's language, for a voice to speak. */
  readonly language: string
  /** Whether `0` leads anywhere. */
  readonly canGoBack: boolean
}

/** What a person said, as the wire brought it. */
export type Input =
  | { readonly kind: 'start' }
  /** Typed, keyed or spoken. `isMedia`: it was a picture or a voice note, and the text is empty. */
  | { readonly kind: 'text'; readonly text: string; readonly isMedia?: true }
  /** A part of a text whose rest never came. */
  | { readonly kind: 'fragment'; readonly text: string }
  /** USSD: all of this session so far, joined by `*`. */
  | { readonly kind: 'so_far'; readonly text: string }
  /**
   * USSD: the newest of a session alone; of a session that `opens`, what was dialled beyond our code. `turn` counts
   * the hops, where the gateway does.
   */
  | { readonly kind: 'keyed'; readonly text: string; readonly opens: boolean; readonly turn: number | null }
  /** A list row, a button, a JSON value: already a value of ours. */
  | { readonly kind: 'pick'; readonly value: string }
  | { readonly kind: 'pin'; readonly lat: number; readonly lng: number }

/** What it means against the view the person was looking at. */
export type Reply =
  | { readonly kind: 'answer'; readonly value: string }
  | { readonly kind: 'back' }
  | { readonly kind: 'more' }
  | { readonly kind: 'home' }
  | { readonly kind: 'unclear' }

/** Pure and two-way, one per channel: what you press for an option must decode to that option. */
export interface Codec {
  /** The view as the wire wants it: screen text, message body (JSON where the provider wants it), voice XML. */
  encode(view: View): string
  decode(view: View, input: Input): Reply
}
