import type { agent as en } from '../en/agent.ts'
import type { Same } from '../same.ts'

export const agent: Same<typeof en> = {
  menuServe: 'لزبون',
  serveWhom: 'رقم هاتف الزبون؟',
  serveWhat: 'ماذا تحجز إلى {customer}؟',
  notAgent: 'هذا الرقم ليس لوكيل مسجل.',
  notYourself: 'هذا رقمك. لنفسك استعمل القائمة.',
  beingBooked: 'الوكيل {agent} يجهز لك حجزا. نسألك قبل أي حجز.',
  confirmFor: 'الوكيل {agent} يحجز لك:\n{summary}\n{price}. نعم {code}؟',
  customerAsked: 'نطلب موافقة {customer} على رحلة {code}. سنراسلك. إلغاء {code}',
  customerAgreed: 'قال {customer} نعم لرحلة {code}.',
  customerDeclined: 'قال {customer} لا لرحلة {code}. لم يحجز شيء.',
  customerSilent: 'لم يجب {customer} عن رحلة {code}. لم يحجز شيء.',
  customerSpared: 'لا يمكننا سؤال هذا الزبون الآن. لم يحجز شيء. يمكنه الحجز لنفسه.',
  agentFlooding: 'كثير من زبائنك لم يجيبوا بعد. حاول بعد ساعة.',
  agentEarned: 'انتهت رحلة {code}: لك {price}.',
}
