import type { FieldProblem, LocalizedText } from '@talent-card/shared/common/schema';
import type { RequestDocumentType, RequestForm, RequestType } from '@talent-card/shared/requests/schema';
import { checkMobile } from '@talent-card/shared/validators/mobile';
import type { DocumentRequirement, StepDefinition } from '../../core/casework/case-definition.js';

/** Open requests of one person at a time: enough for a family, too few to bury an office. */
export const MOST_OPEN_REQUESTS = 10;

const OFFICES = ['service-window', 'district-reviewer', 'city-reviewer'] as const;

/** Working days until an answer is due; demo values, as no published text names any. */
const WORKING_DAYS: Readonly<Record<RequestType, number>> = {
  'officer-request': 3,
  'channel-case': 10,
  'booking-review': 2,
};

const STEP_NAMES: Readonly<Record<RequestType, LocalizedText>> = {
  'officer-request': { zh: '服务专员办理', en: 'With a service officer' },
  'channel-case': { zh: '窗口审核', en: 'Review by the office' },
  'booking-review': { zh: '预约审核', en: 'Review of the booking' },
};

export function stepOf(type: RequestType): StepDefinition {
  return { key: type, name: STEP_NAMES[type], roles: OFFICES, workingDays: WORKING_DAYS[type] };
}

const DOCUMENT_NAMES: Readonly<Record<RequestDocumentType, LocalizedText>> = {
  proof: { zh: '证明材料', en: 'Proof' },
  other: { zh: '其他材料', en: 'Other material' },
};

export function requestDocuments(): DocumentRequirement[] {
  return (['proof', 'other'] as const).map((documentType) => ({
    documentType,
    name: DOCUMENT_NAMES[documentType],
    required: false,
    offline: false,
  }));
}

/** The form with its mobile number in the usual form, or what is wrong with it. */
export function checkForm(form: RequestForm): { form: RequestForm; problems: FieldProblem[] } {
  const mobile = checkMobile(form.mobile);
  return mobile.ok
    ? { form: { ...form, mobile: mobile.value }, problems: [] }
    : { form, problems: [{ path: 'form.mobile', code: mobile.problem }] };
}
