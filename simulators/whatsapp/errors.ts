import { type Answer, json } from '../http.ts'
import { hex } from '../random.ts'

interface GraphError {
  status: number
  title: string
}

const UNSENT: GraphError = { status: 400, title: 'Message undeliverable' }

/** The errors a scenario may plan for a message, by code (developers.facebook.com, Cloud API error codes). */
export const ERRORS: Readonly<Record<string, GraphError>> = {
  '190': { status: 401, title: 'Access token has expired' },
  '130429': { status: 429, title: 'Rate limit hit' },
  '131000': { status: 500, title: 'Something went wrong' },
  '131026': UNSENT,
  '130472': { status: 400, title: "User's number is part of an experiment" },
  '131047': { status: 400, title: 'Re-engagement message' },
  '131048': { status: 429, title: 'Spam rate limit hit' },
  '131049': { status: 400, title: 'This message was not delivered to maintain healthy ecosystem engagement' },
  '132000': { status: 400, title: 'Number of parameters does not match the expected number of params' },
  '132001': { status: 404, title: 'Template does not exist in the translation' },
  '131056': { status: 429, title: '(Business Account, Consumer Account) pair rate limit hit' },
}

/** An error as the Graph API writes it. */
export function graphError(code: string, details: string): Answer {
  const { status, title } = ERRORS[code] ?? { status: 400, title: 'Invalid parameter' }
  const error = {
    message: `(#${code}) ${title}`,
    type: 'OAuthException',
    code: Number(code),
    error_data: { messaging_product: 'whatsapp', details },
    fbtrace_id: hex(8),
  }
  return json(status, { error })
}
