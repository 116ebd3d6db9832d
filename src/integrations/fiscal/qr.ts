import { toBuffer } from 'qrcode'

/** Small enough for a till roll, large enough for a cheap camera. */
const PICTURE = { type: 'png', errorCorrectionLevel: 'M', margin: 2, scale: 4 } as const

/** A QR code (ISO/IEC 18004) of the text as a PNG. Rejects when the text is longer than a code can hold. */
export const qrPicture = (text: string): Promise<Buffer> => toBuffer(text, PICTURE)
