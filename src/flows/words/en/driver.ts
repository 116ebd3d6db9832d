/** What whoever carries it out sees, on any line. */
export const driver = {
  wrongCode: 'That code is not right.',
  menuShiftOn: 'Start work',
  menuShiftOff: 'Stop work',
  menuJob: 'My job',
  noSuchJob: 'Job {code} is not yours or was taken by another.',
  onShift: 'You are working. Jobs come by SMS.',
  offShift: 'You have stopped work. Rest well.',
  notDriver: 'This number is not a registered driver.',
  offer: 'Job {code}: {from} -> {to}, {price}. Reply YES {code} or NO {code}',
  offerGone: 'Job {code} has passed to another rider.',
  notTaken: 'Job {code} cannot be yours: is your licence valid? Call {help}.',
  jobTaken: 'Job {code} is yours. Wait: the customer is paying.',
  jobDeclined: 'OK. The next job will come.',
  paidAlready: 'Paid by phone.',
  takeCash: 'Take {price} in cash.',
  dropVerb: 'I cannot come',
  jobClaimed:
    'Job {code}: we ask the customer. {price} is yours when they agree, or do not object in 2 days.',
  jobDone: 'Job {code} is done: {price}. Thank you.',
  jobCancelled: 'Job {code} was cancelled. You are free.',
  jobLocked: 'Too many wrong codes. Job {code}: call {help}.',
} as const
