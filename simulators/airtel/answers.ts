import { type Answer, json } from '../http.ts'

/** An error of one of the products: `{status: {…}}` with the code where that product puts it. */
export const fault = (httpStatus: number, code: string, message: string, more: object = {}): Answer =>
  json(httpStatus, {
    status: {
      code: '400',
      message,
      ...(code.startsWith('ESB') ? { result_code: code } : { response_code: code }),
      ...more,
      success: false,
    },
  })

/** An error of what stands before the products. */
export const routerFault = (code: string, message: string): Answer =>
  json(400, { status_code: code, status_message: message })

export const expired: Answer = json(403, {
  error: 'invalid_token',
  error_description: 'The access token is invalid or has expired',
})

export const unknown: Answer = fault(400, 'ESB000045', 'No Transaction Found')
