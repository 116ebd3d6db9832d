import type { bus as en } from '../en/bus.ts'
import type { Same } from '../same.ts'

export const bus: Same<typeof en> = {
  menuBus: 'حافلة',
  busFrom: 'من أي مدينة؟ اختر أو اكتب.',
  busTo: 'إلى أي مدينة؟ اختر أو اكتب.',
  busWhich: 'أي حافلة؟ اختر أو اكتب يوما مثل 25/12.',
  noBus: 'لم نجد حافلة.',
  busWho: 'من يسافر؟ الأسماء بينها فواصل، أو عدد المقاعد.',
  tooManySeats: 'من 1 إلى 6 مقاعد في المرة.',
  busAgain: 'مجددا حافلة -> {to}',
  busSummary: 'حافلة {from} -> {to}، {when}، مقاعد: {seats}',
  busDraft: 'تذكرة حافلة',
  busHolding: 'نحجز مقاعدك. سنراسلك.',
  busFull: 'عذرا، لم تعد المقاعد كافية في تلك الحافلة. لا تدفع شيئا.',
  busGone: 'عذرا، تلك الحافلة لن تنطلق. لا تدفع شيئا.',
  busHoarding: 'لديك مقاعد لم تدفع. ادفعها أو ألغها أولا.',
  busLost: 'عذرا، رحلة {code} غير ممكنة: نفدت المقاعد أو لا تنطلق الحافلة. نعيد لك {price}.',
  busHeld: 'المقاعد {seats}، {when}، محجوزة 15 دقيقة. وافق على {price} في هاتفك. رحلة {code}. إلغاء {code}',
  busTicket:
    'تذكرة {ticket}، {from}-{to} {when}، مقاعد {seats}، {driver} {plate}. دفعت {price}. إلغاء {code}. مساعدة {help}',
  busBooked: 'تذكرة {ticket}: {from} إلى {to}، {when}، مقاعد {seats}، {driver} {plate}.',
  busUnderway: 'رحلة {code}: أنت في الطريق إلى {to} مع {driver}.',
  busReminder:
    'حافلتك {from} إلى {to} تنطلق {when}. مقاعد {seats}، {driver} {plate}. تذكرة {ticket}. مساعدة {help}',
  busOther: 'لديك {when}، مقاعد: {seats}. أي حافلة بدلها؟ ما دفعته يبقى.',
  busMoved:
    'تذكرتك الآن {ticket}، {from}-{to} {when}، مقاعد {seats}، {driver} {plate}. إلغاء {code}. مساعدة {help}',
  busStays: 'تلك الحافلة ممتلئة أو لا تنطلق. يبقى لك {when}، تذكرة {ticket}.',
  busDearer:
    'تلك الحافلة أغلى من {price} التي دفعتها. يبقى لك {when}. إن أردتها فألغ واحجز من جديد: إلغاء {code}',
  busDelayed: 'عذرا، تأخرت حافلتك {from}-{to}: {when}. تذكرة {ticket} والمقاعد {seats} لك. مساعدة {help}',
  busLate:
    'عذرا، تأخرت حافلتك {from}-{to} كثيرا: {when}. لاسترداد {price}: إلغاء {code} قبل انطلاقها. مساعدة {help}',
  busInstead:
    'حافلة {to} لا تنطلق. تأخذ {when}، مقاعد {seats}، مجانا؟ نعم {code}. بلا جواب حتى {until}: نعيد {price}.',
  busWait: 'عذرا، {when} إلى {to}: المقاعد لا تكفي. هل تنتظر؟ نراسلك إن توفرت. لا تدفع شيئا الآن.',
  busWaiting: 'رحلة {code}: تنتظر مقاعد {when} إلى {to}. نراسلك إن توفرت.',
  busCameFree: 'توفرت المقاعد {seats}، {when} إلى {to}. تأخذها بسعر {price}؟ نعم {code}. محجوزة 15 دقيقة.',
  busWaitOver: 'لم تجب: مقاعد رحلة {code} لمن بعدك. لا تدفع شيئا.',
  busNoneFree: 'عذرا، لم تتوفر مقاعد لرحلة {code}. لا تدفع شيئا.',
  boarding: 'تذكرة {code}: اطلب أرقامها وأجب: صعد مع الأرقام.',
  boardedVerb: 'صعد',
  aboardNow: 'تذكرة {code} صحيحة: مقاعد {seats}، إلى {to}.',
  badTicket: 'ليست من تذاكرنا. راجع أرقامها.',
}
