/** Payments: monthly rosters, three signatures, the file to the bank and back, failures paid again. Once. */
export { answerCsv, type BankAnswer } from "./bank-file.ts";
export type { LineQuery } from "./lines.ts";
export { CHANGES, LINE_STATES, ROSTER_STATES } from "./model.ts";
export { paidMonths } from "./paid-months.ts";
export { documentKey, type PaymentsDeps, paymentsActions, paymentsChain } from "./ports.ts";
export type { RecoveryReceived, RecoveryReversed } from "./recoveries.ts";
export { RECOVERY_STATES } from "./recovery-model.ts";
export type { LoadedReturn } from "./returns.ts";
export { checkRedFlags } from "./rules.ts";
export { createPayments, type Payments } from "./service.ts";
