import type { Application, ApplicationCheck } from '@talent-card/shared/cards/schema';
import type { DocumentSlot } from '@talent-card/shared/casework/schema';
import type { StoredFile } from '@talent-card/shared/files/schema';
import type { ApplicationSummary } from '@/services/applications';
import type { Draft } from '@/subpackages/apply/draft';

/** Applications, checks and drafts that a test can begin from. */

export const CASE_ID = '01JD00000000000000000000C1';
export const PERSON_ID = '01JD0000000000000000000002';
export const OTHER_PERSON_ID = '01JD0000000000000000000009';

export function storedFile(over: Partial<StoredFile> = {}): StoredFile {
  return {
    fileId: '01JD0000000000000000000F01',
    fileName: '惠才卡.jpg',
    contentType: 'image/jpeg',
    sizeBytes: 850_000,
    uploadedAt: '2026-11-22T02:00:00.000Z',
    ...over,
  };
}

export const askedDocuments: Omit<DocumentSlot, 'files'>[] = [
  {
    documentType: 'provincial-card',
    name: { zh: '山东惠才卡', en: 'Huicai Card' },
    required: true,
    offline: false,
  },
  {
    documentType: 'employment-contract',
    name: { zh: '劳动合同', en: 'Contract' },
    required: false,
    offline: false,
  },
];

/** Nothing is missing: category 1, decided by a window. */
export function check(over: Partial<ApplicationCheck> = {}): ApplicationCheck {
  return {
    proposedCategory: '1',
    path: 'direct',
    opensSoon: false,
    eligibility: null,
    missing: [{ kind: 'consent', name: 'card-application' }],
    documents: askedDocuments,
    warnings: [],
    workingDays: 3,
    maySubmit: true,
    ...over,
  };
}

/** A form that has everything, as the phone keeps it. */
export function draft(over: Partial<Draft['form']> = {}): Draft {
  return {
    form: {
      zoneCode: '371002-G',
      holding: '1',
      employer: '威海某药业有限公司',
      creditCode: '',
      position: '研发工程师',
      employedSince: '2023-07-01',
      mobile: '13806310001',
      provincialCardNumber: 'SDHC2022',
      programme: '',
      programmeDocumentNumber: '',
      achievements: '',
      offlineMaterial: false,
      ...over,
    },
    documents: [{ documentType: 'provincial-card', file: storedFile(), attached: false }],
    savedAt: '2026-11-22T01:30:00.000Z',
  };
}

export function application(over: Partial<Application> = {}): Application {
  return {
    caseId: CASE_ID,
    caseNumber: 'S2026-1118-0071',
    type: 'card-application',
    status: 'in-review',
    submittedAt: '2026-11-18T02:12:00.000Z',
    updatedAt: '2026-11-18T02:12:00.000Z',
    currentStep: { zh: '服务窗口核验', en: 'Check by the service window' },
    dueOn: '2026-11-27',
    workingDaysLeft: 3,
    overdue: false,
    version: 4,
    form: {
      category: '1',
      zoneCode: '371002-G',
      employer: '威海某药业',
      position: '研发工程师',
      employedSince: '2023-07-01',
      mobile: '13806310001',
      provincialCardNumber: 'SDHC2022',
      offlineMaterial: false,
    },
    category: '1',
    documents: askedDocuments.map((slot) => ({
      ...slot,
      files: slot.documentType === 'provincial-card' ? [storedFile()] : [],
    })),
    steps: [
      {
        key: 'window',
        name: { zh: '服务窗口核验', en: 'Check by the service window' },
        status: 'current',
        workingDays: 3,
        dueOn: '2026-11-27',
        decidedAt: null,
      },
      {
        key: 'city',
        name: { zh: '市级复核', en: 'City review' },
        status: 'ahead',
        workingDays: 5,
        dueOn: null,
        decidedAt: null,
      },
    ],
    timeline: [
      {
        eventId: '01JD00000000000000000000E1',
        kind: 'submitted',
        at: '2026-11-18T02:12:00.000Z',
        stepName: null,
        by: 'applicant',
        office: null,
        note: null,
      },
    ],
    conditions: [],
    corrections: [],
    decisionNote: null,
    cardId: null,
    window: {
      name: { zh: '高区人才服务窗口', en: 'High-tech Zone window' },
      address: '威海市高区文化西路 288 号',
      phone: '0631-000 0000',
      demo: true,
    },
    ...over,
  };
}

/** A returned application that asks for its employer and its contract. */
export function returned(over: Partial<Application> = {}): Application {
  return application({
    status: 'returned',
    currentStep: null,
    dueOn: null,
    workingDaysLeft: null,
    decisionNote: '请补正两处。',
    corrections: [
      { field: 'employer', note: '请按营业执照填写全称。' },
      { field: 'employment-contract', note: '请上传劳动合同。' },
    ],
    ...over,
  });
}

export function summary(over: Partial<ApplicationSummary> = {}): ApplicationSummary {
  const { caseId, caseNumber, type, status, submittedAt, updatedAt, currentStep, dueOn, workingDaysLeft } =
    application();
  return {
    caseId,
    caseNumber,
    type,
    status,
    submittedAt,
    updatedAt,
    currentStep,
    dueOn,
    workingDaysLeft,
    overdue: false,
    version: 4,
    category: '1',
    ...over,
  };
}

/** Leaves a draft on the phone, as the form does. */
export function leaveDraft(
  store: (key: string, value: string) => void,
  left: Draft = draft(),
  personId = PERSON_ID,
): void {
  store(`apply-draft:${personId}`, JSON.stringify({ ...left, format: 1, caseVersion: null }));
}
