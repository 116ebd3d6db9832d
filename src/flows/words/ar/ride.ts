import type { ride as en } from '../en/ride.ts'
import type { Same } from '../same.ts'

export const ride: Same<typeof en> = {
  menuRide: 'دراجة',
  rideFrom: 'أين أنت؟ اختر أو اكتب مكانا أو رقم موقف.',
  rideTo: 'إلى أين؟ اختر أو اكتب مكانا أو رقم موقف.',
  rideAgain: 'مجددا {from} -> {to}',
  rideSummary: 'دراجة {from} -> {to}',
  rideInCash: 'نعم، نقدا',
  rideDraft: 'رحلة دراجة',
  booked: 'رحلة {code}: {driver}، لوحة {plate}، هاتف {phone}. رمز البدء {start}.',
  onTheWay: 'رحلة {code}: في الطريق إلى {to} مع {driver}.',
  rating: 'وصلت. كيف كان {driver}؟ 5 هو الأحسن.',
  riderFound:
    'السائق {driver}، {plate}، يصل بعد {minutes} د. وافق على {price} في هاتفك. رحلة {code}. إلغاء {code}',
  receipt:
    'دفعت {price}، رحلة {code}، {from} إلى {to}. {driver} {plate}، {phone}. رمز {start}. إلغاء {code}. مساعدة {help}',
  cashTrip:
    'رحلة {code}: ادفع {price} نقدا إلى {driver}، {phone}، {plate}. رمز {start}. إلغاء {code}. مساعدة {help}',
  driverHere: 'السائق {driver} ينتظرك، لوحة {plate}. أعطه رمز البدء {start}.',
  goPickUp: 'مهمة {code}: اذهب إلى {from}. الزبون {phone}. {pay} عند الوصول أجب: وصلت {code}',
  atPickUp: 'مهمة {code}: اطلب رمز البدء من الزبون وأجب: انطلق {code} مع الرمز.',
  arrivedVerb: 'وصلت',
  startVerb: 'رمز البدء',
  doneVerb: 'وصلنا',
  riding: 'مهمة {code}: خذ الزبون إلى {to}. عند الوصول أجب: انتهيت {code}',
}
