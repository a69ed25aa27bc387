import type { LocalizedText } from '../common/schema.js';

/** 系统管理员, 市级审核员, 区级审核员, 服务窗口, 审计员, 通道编辑, 场馆管理员, 场馆核验员. */
export const STAFF_ROLES = [
  'system-administrator',
  'city-reviewer',
  'district-reviewer',
  'service-window',
  'auditor',
  'channel-editor',
  'venue-manager',
  'venue-clerk',
] as const;
export type StaffRole = (typeof STAFF_ROLES)[number];

/** Roles that see and do only what belongs to the venues they are posted to. */
export const VENUE_ROLES = [
  'channel-editor',
  'venue-manager',
  'venue-clerk',
] as const satisfies readonly StaffRole[];
export const isVenueRole = (role: StaffRole): boolean => (VENUE_ROLES as readonly StaffRole[]).includes(role);

/** Who may be behind a call: nobody known, a citizen signed in, a citizen with a proven real name, or a member of staff. */
export type Actor = 'anonymous' | 'citizen' | 'person' | StaffRole;
export const ACTORS = ['anonymous', 'citizen', 'person', ...STAFF_ROLES] as const satisfies readonly Actor[];

const everyone = ACTORS;
const citizens = ['citizen', 'person'] as const;
const persons = ['person'] as const;
const staff = STAFF_ROLES;
/** Offices that issue, review and audit; staff of venues are not among them. */
const readers = [
  'system-administrator',
  'city-reviewer',
  'district-reviewer',
  'service-window',
  'auditor',
] as const;
const reviewers = ['city-reviewer', 'district-reviewer', 'service-window'] as const;
const windows = ['service-window', 'venue-manager', 'venue-clerk'] as const;

/**
 * Every permission and who holds it. A route names exactly one; hiding a button is courtesy, this table decides.
 * Rows are limited further by the zone of the member of staff.
 */
export const PERMISSIONS = {
  public: everyone,

  'citizen.session': citizens,
  'citizen.self': citizens,
  'citizen.person': persons,

  'staff.session': staff,
  'workbench.read': readers,
  'people.read': readers,
  'people.reveal-identity': ['city-reviewer', 'district-reviewer', 'service-window', 'auditor'],
  'people.record-fact': reviewers,
  'people.unbind': ['city-reviewer', 'service-window'],
  'roster.read': readers,
  'roster.import': ['system-administrator', 'city-reviewer'],
  'cases.read': readers,
  'cases.decide': reviewers,
  'cards.read': readers,
  'cards.suspend': reviewers,
  'cards.restore': reviewers,
  'cards.revoke': ['city-reviewer'],
  'cards.change-class': ['city-reviewer'],
  'staff.read': ['system-administrator', 'auditor'],
  'staff.manage': ['system-administrator'],
  'audit.read': ['system-administrator', 'auditor'],
  'calendar.read': staff,
  'calendar.manage': ['system-administrator', 'city-reviewer'],

  'channels.read': staff,
  'channels.edit': ['city-reviewer', 'channel-editor'],
  'venues.read': staff,
  'venues.create': ['city-reviewer'],
  'venues.manage': ['city-reviewer', 'venue-manager'],
  'bookings.read': [...readers, 'venue-manager', 'venue-clerk'],
  'bookings.check-in': windows,
  'bookings.cancel-any': ['city-reviewer', 'venue-manager'],
  'bookings.decide-appeal': ['city-reviewer', 'venue-manager'],
  'uses.record': windows,
  'uses.read': [...readers, 'venue-manager', 'venue-clerk'],
  'uses.settle': ['city-reviewer', 'venue-manager'],
  'code-devices.revoke': reviewers,
  'clerk-devices.read': ['system-administrator', 'city-reviewer', 'auditor', 'venue-manager'],
  'clerk-devices.manage': ['system-administrator'],
  'feedback.read': [...readers, 'venue-manager'],
  'feedback.handle': ['city-reviewer', 'district-reviewer', 'service-window', 'venue-manager'],
  'feedback.decide-appeal': ['city-reviewer'],
  'statistics.read': [...readers, 'channel-editor', 'venue-manager'],
  'exports.make': ['city-reviewer', 'district-reviewer', 'venue-manager'],
  'messages.read-log': ['system-administrator', 'city-reviewer', 'auditor'],
  'messages.settle': ['system-administrator', 'city-reviewer'],
} as const satisfies Record<string, readonly Actor[]>;

export type Permission = keyof typeof PERMISSIONS;

export function mayUse(permission: Permission, actor: Actor): boolean {
  return (PERMISSIONS[permission] as readonly Actor[]).includes(actor);
}

/** What a session of an enrolled clerk device opens, whatever else the member of staff may do at a desk. */
export const WINDOW_PERMISSIONS = [
  'public',
  'uses.record',
  'bookings.read',
  'bookings.check-in',
] as const satisfies readonly Permission[];
export function mayUseAtWindow(permission: Permission): boolean {
  return (WINDOW_PERMISSIONS as readonly Permission[]).includes(permission);
}

export const ROLE_NAMES: Record<StaffRole, LocalizedText> = {
  'system-administrator': { zh: '系统管理员', en: 'System administrator' },
  'city-reviewer': { zh: '市级审核员', en: 'City reviewer' },
  'district-reviewer': { zh: '区级审核员', en: 'District reviewer' },
  'service-window': { zh: '服务窗口', en: 'Service window' },
  auditor: { zh: '审计员', en: 'Auditor' },
  'channel-editor': { zh: '通道编辑', en: 'Channel editor' },
  'venue-manager': { zh: '场馆管理员', en: 'Venue manager' },
  'venue-clerk': { zh: '场馆核验员', en: 'Venue clerk' },
};
