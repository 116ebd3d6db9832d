import type { StatementFormat } from '../../core/pay/statement.ts'
import { mtnStatement } from './mtn.ts'

/** Every provider whose statements can be read, by name. */
export const STATEMENTS: Readonly<Record<string, StatementFormat>> = { [mtnStatement.provider]: mtnStatement }
