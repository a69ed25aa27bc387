import type { CaseDetail } from '@talent-card/shared/casework/schema';
import { id } from '../../test/console.js';

export const CASE = id('CASE');
/** A case that waits at a window: a roster candidate, an open rule, one document. */
export const detail: CaseDetail = {
  caseId: CASE,
  caseNumber: 'S2026-1124-0071',
  type: 'card-application',
  status: 'in-review',
  submittedAt: '2026-11-23T01:00:00.000Z',
  updatedAt: '2026-11-23T01:00:00.000Z',
  currentStep: { zh: '窗口核验', en: 'Window check' },
  dueOn: '2026-11-26',
  workingDaysLeft: 2,
  overdue: false,
  version: 3,
  applicant: {
    personId: id('P1'),
    maskedName: '林**',
    identityType: 'resident-id',
    maskedIdentityNumber: '3710**********2418',
    zoneCode: '371002-G',
  },
  category: '2',
  zoneCode: '371002-G',
  mayDecide: true,
  form: {
    category: '2',
    employer: '威海某药业有限公司',
    position: '研发中心副主任',
    programme: '威海英才计划',
  },
  steps: [
    {
      key: 'window',
      name: { zh: '窗口核验', en: 'Window check' },
      status: 'current',
      workingDays: 3,
      dueOn: '2026-11-26',
      decidedAt: null,
    },
  ],
  timeline: [],
  documents: [
    {
      documentType: 'programme-notice',
      name: { zh: '入选文件', en: 'Notice' },
      required: true,
      offline: false,
      files: [
        {
          fileId: id('F1'),
          fileName: '入选文件.pdf',
          contentType: 'application/pdf',
          sizeBytes: 1000,
          uploadedAt: '2026-11-23T01:00:00.000Z',
        },
      ],
    },
  ],
  conditions: [
    {
      code: 'WORKS_IN_WEIHAI',
      outcome: 'met',
      reason: 'WORKS_IN_WEIHAI.EMPLOYED',
      params: { employer: '威海某药业有限公司' },
      source: '威发〔2018〕22号',
    },
    { code: 'IN_ROSTER', outcome: 'unknown', reason: 'IN_ROSTER.NOT_LISTED', params: {}, source: null },
    { code: 'FUTURE_RULE', outcome: 'unknown', reason: 'FUTURE_RULE.NEW', params: {}, source: null },
  ],
  facts: [
    {
      factId: id('X1'),
      kind: 'employment',
      value: {
        employer: '威海某药业有限公司',
        position: '研究员',
        since: '2023-09-01',
        until: null,
        zoneCode: '371002-G',
      },
      source: 'social-insurance',
      observedAt: '2026-11-20T02:00:00.000Z',
      proofFileId: null,
    },
  ],
  offlineMaterial: false,
  title: null,
  extra: {
    rosterCandidates: [
      {
        entryId: id('E1'),
        maskedName: '林**',
        maskedIdentityNumber: '3710**********2418',
        category: '1',
        programme: null,
        employer: null,
        differences: ['category'],
      },
    ],
  },
  corrections: [],
};

export const withChanges = (over: Partial<CaseDetail>): CaseDetail => ({ ...detail, ...over });
