import { zoneName } from '@talent-card/shared/accounts/districts';
import type { SandboxStaff } from '../platform/accounts/sandbox-personas.js';

/** The authenticators of the demo accounts are public, as their passwords are; production refuses both. */
const member = (
  username: string,
  displayName: string,
  role: SandboxStaff['role'],
  zoneCode: SandboxStaff['zoneCode'],
  totpSecret: string,
): SandboxStaff => ({ username, displayName, role, zoneCode, password: 'weihai-demo-2026', totpSecret });

const district = (username: string, zoneCode: SandboxStaff['zoneCode'], totpSecret: string): SandboxStaff =>
  member(username, `${zoneName(zoneCode).zh}审核员（演示）`, 'district-reviewer', zoneCode, totpSecret);

export const DEMO_STAFF: readonly SandboxStaff[] = [
  member('admin', '系统管理员（演示）', 'system-administrator', '371000', 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXA'),
  member(
    'city-reviewer',
    '市级审核员（演示）',
    'city-reviewer',
    '371000',
    'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXB',
  ),
  district('gaoqu-reviewer', '371002-G', 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXC'),
  district('rongcheng-reviewer', '371082', 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXD'),
  member(
    'huancui-window',
    '环翠服务窗口（演示）',
    'service-window',
    '371002',
    'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXE',
  ),
  member('auditor', '审计员（演示）', 'auditor', '371000', 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXF'),
];
