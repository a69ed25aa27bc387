import { CITY_ZONE, visibleZones, type ZoneCode, zoneName } from '@talent-card/shared/accounts/districts';
import { ROLE_NAMES } from '@talent-card/shared/accounts/permissions';
import type { LocalizedText } from '@talent-card/shared/common/schema';
import { type Principal, type StaffPrincipal, system } from '../../platform/accounts/principal.js';

/** Somebody who decides. Features make actors of their own for people who are not staff, such as an employer's. */
export interface CaseActor {
  readonly principal: Principal;
  readonly type: 'office' | 'system';
  readonly id: string;
  readonly roles: readonly string[];
  /** Read by staff only. */
  readonly name: string | null;
  /** What the applicant reads instead of a name. */
  readonly office: LocalizedText | null;
  /** Whether the case exists for this actor at all. */
  sees(record: { readonly caseId: string; readonly type: string; readonly zoneCode: ZoneCode }): boolean;
}

/** The zone's office that the role sits in: 环翠区服务窗口. */
function officeOf(principal: StaffPrincipal): LocalizedText {
  const zone = zoneName(principal.zoneCode);
  const role = ROLE_NAMES[principal.role];
  return principal.role === 'service-window'
    ? { zh: `${zone.zh}${role.zh}`, en: `${zone.en} ${role.en.toLowerCase()}` }
    : { zh: `${zone.zh}人才服务机构`, en: `${zone.en} talent service` };
}

export function staffActor(principal: StaffPrincipal): CaseActor {
  return {
    principal,
    type: 'office',
    id: principal.staffId,
    roles: [principal.role],
    name: principal.displayName,
    office: officeOf(principal),
    sees: ({ zoneCode }) => visibleZones(principal.zoneCode).includes(zoneCode),
  };
}

/** The service itself, where a rule decides without a person. */
export function systemActor(name: string): CaseActor {
  return {
    principal: system(name),
    type: 'system',
    id: name,
    roles: [],
    name: null,
    office: null,
    sees: () => true,
  };
}

/** Zones to filter by; undefined for the city, which sees all. */
export function zonesOf(principal: StaffPrincipal): readonly ZoneCode[] | undefined {
  return principal.zoneCode === CITY_ZONE ? undefined : visibleZones(principal.zoneCode);
}
