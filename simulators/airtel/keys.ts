/** What the gateway is given at onboarding. The simulated wallet moves no money: none of this guards anything. */
export const CLIENT = { id: 'inzira', secret: 'inzira-secret' }
export const PIN = '4821'
/** Of the hash in callbacks. */
export const HASH_KEY = 'inzira-callback-key'

/** The RSA key that the PIN is sealed with: the Base64 of its X.509 form, as the portal prints it. */
export const PIN_PUBLIC_KEY =
  'MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDEfm1epDwVUH73IRrvnhhzI1pIkJ1r5qhIGByxvUstcxajZAKVXUUcTlmo' +
  'eEOEIqnQ48LNwGEl0qqpMcnEOgtwDEQCFDoQtq7YycIRm+UI75/Rj4O1NMleKeMqL/0NOCAhHw0SX/8enxb4v64J7Z74mZ4J' +
  'BR0zILy0vgx4WiN9JQIDAQAB'

/** Its other half, PKCS#8. */
export const PIN_PRIVATE_KEY =
  'MIICdgIBADANBgkqhkiG9w0BAQEFAASCAmAwggJcAgEAAoGBAMR+bV6kPBVQfvchGu+eGHMjWkiQnWvmqEgYHLG9Sy1zFqNk' +
  'ApVdRRxOWah4Q4QiqdDjws3AYSXSqqkxycQ6C3AMRAIUOhC2rtjJwhGb5Qjvn9GPg7U0yV4p4yov/Q04ICEfDRJf/x6fFvi/' +
  'rgntnviZngkFHTMgvLS+DHhaI30lAgMBAAECgYBnuFy/Em5sydrbVGxFg+xgCo9DsqKGLHEz7RZodAVU7mVKxiXe9ibe9DS7' +
  'ixAIlcuR6kgQF7awIm3XdeKNZB5YkBE2jfpPAJIZ3t7ez4x+kqO0C30xAMUJOAZICbVcDLxs789gJn4n0/f33TpyvE9wBu7W' +
  'ApKOHMozqi9rgalbQQJBAOiUKRYAP+JK2qtJ8It+JmoIIIlCaCsMgonXyaPo705/vrITFGoxbJLNIDhfvsDakpnbual0KZDx' +
  '4foohLUOBY0CQQDYSAEjKTAT3FhVjOGoHBGUCRnNKU5bBTsyhrjUraREw1DEagP0iw/4MPP5YkY2D3pFzV+kiFapO0l9buYY' +
  'OTP5AkB7bJz9IvbEBUtUGTIBJNoH7PYvQUF8ju/7bLuCM4xDkUFGyR9NV5sxsI/Huu/E8nlYEyXNCmtAk0yD79q1JpLFAkEA' +
  't05nsF5DQkH5mCB8TNflShtgg9Ljdx966brnQlIdLK6BcMcNrSCDm24aCZ5yNXVuw2RqEHABSxNVmPr6B0PMOQJAV5YpQEgM' +
  'WtqqR4nZSiQYtEd0SwSjHESfmn4ZKgvVtWG9PYKFf2vxR8kfkoodp0Y4S0QLHuj2KQHIc37KPPKTgg=='
