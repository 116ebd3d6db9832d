import { z } from 'zod'

/** `a,b` */
export const list = z.string().transform((text) => text.split(',').map((one) => one.trim()))
