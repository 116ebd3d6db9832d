import type { driver as en } from '../en/driver.ts'
import type { Same } from '../same.ts'

export const driver: Same<typeof en> = {
  wrongCode: 'الرمز غير صحيح.',
  menuShiftOn: 'بدء العمل',
  menuShiftOff: 'إنهاء العمل',
  menuJob: 'مهمتي',
  noSuchJob: 'مهمة {code} ليست لك أو أخذها غيرك.',
  onShift: 'أنت في العمل. المهام تصل برسائل.',
  offShift: 'أنهيت العمل. استرح جيدا.',
  notDriver: 'هذا الرقم ليس لسائق مسجل.',
  offer: 'مهمة {code}: {from} -> {to}، {price}. أجب: نعم {code} أو لا {code}',
  offerGone: 'انتقلت مهمة {code} إلى سائق آخر.',
  notTaken: 'لا يمكن أن تكون مهمة {code} لك: هل رخصتك صالحة؟ {help}.',
  jobTaken: 'مهمة {code} لك. انتظر: الزبون يدفع.',
  jobDeclined: 'حسنا. ستأتي المهمة القادمة.',
  paidAlready: 'مدفوعة بالهاتف.',
  takeCash: 'خذ {price} نقدا.',
  dropVerb: 'لا أستطيع المجيء',
  jobClaimed: 'مهمة {code}: نسأل الزبون. {price} لك إن وافق، أو إن لم يعترض خلال يومين.',
  jobDone: 'انتهت مهمة {code}: {price}. شكرا.',
  jobCancelled: 'ألغيت مهمة {code}. أنت حر.',
  jobLocked: 'رموز خاطئة كثيرة. مهمة {code}: اتصل {help}.',
  jobRedirected: 'مهمة {code}: الوجهة الآن {to}. مدفوعة بالهاتف.',
  jobRedirectedCash: 'مهمة {code}: الوجهة الآن {to}. خذ {price} نقدا.',
  takeWaited: 'انتظرت {minutes} د: خذ {price} نقدا.',
  jobRate: 'انتهت مهمة {code}: {price}. كيف كان الزبون، من 1 إلى 5؟',
}
