import { Injectable } from '@nestjs/common';
import type { correctionSchema } from '@talent-card/shared/casework/schema';
import type { Condition } from '@talent-card/shared/eligibility/schema';
import type * as z from 'zod';
import { FieldCipher } from '../../platform/crypto/field-cipher.js';
import type { CaseRow } from './case.entity.js';
import type { CaseRecord } from './case-definition.js';

export const FORM_PURPOSE = 'cases.form';
export const CONDITIONS_PURPOSE = 'cases.conditions';
export type Correction = z.infer<typeof correctionSchema>;

/** Opens and closes what a case says: forms hold phone numbers, conditions hold employers. */
@Injectable()
export class CaseContent {
  constructor(private readonly cipher: FieldCipher) {}

  closeForm(form: Readonly<Record<string, unknown>>): string {
    return this.cipher.encrypt(FORM_PURPOSE, JSON.stringify(form));
  }

  closeConditions(conditions: readonly Condition[]): string {
    return this.cipher.encrypt(CONDITIONS_PURPOSE, JSON.stringify(conditions));
  }

  /** The conditions as they were kept; none once erased. */
  conditionsOf(row: CaseRow): Condition[] {
    if (row.conditions === null) return [];
    return JSON.parse(this.cipher.decrypt(CONDITIONS_PURPOSE, row.conditions)) as Condition[];
  }

  correctionsOf(row: CaseRow): Correction[] {
    return row.corrections === null ? [] : (JSON.parse(row.corrections) as Correction[]);
  }

  recordOf(row: CaseRow): CaseRecord {
    return {
      caseId: row.id,
      caseNumber: row.caseNumber,
      type: row.type,
      flow: row.flow,
      category: row.category,
      applicantPersonId: row.applicantPersonId,
      accountId: row.accountId,
      zoneCode: row.zoneCode,
      status: row.status,
      version: row.version,
      form:
        row.form === null
          ? {}
          : (JSON.parse(this.cipher.decrypt(FORM_PURPOSE, row.form)) as Record<string, unknown>),
      offlineMaterial: row.offlineMaterial,
      resultId: row.resultId,
      openKey: row.openKey,
    };
  }
}
