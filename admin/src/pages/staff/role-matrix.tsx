import { CheckOutlined, MinusOutlined } from '@ant-design/icons';
import {
  mayUse,
  PERMISSIONS,
  type Permission,
  ROLE_NAMES,
  STAFF_ROLES,
} from '@talent-card/shared/accounts/permissions';
import { permissionTexts } from '../../i18n/domain.js';
import { useLocalized, useText } from '../../i18n/index.js';
import { staffTexts } from '../../i18n/staff.js';

/** Permissions that some role of staff holds; those of citizens are none of this page's business. */
const SHOWN = (Object.keys(PERMISSIONS) as Permission[]).filter(
  (permission) => permission !== 'public' && STAFF_ROLES.some((role) => mayUse(permission, role)),
);

export function RoleMatrix() {
  const t = useText(staffTexts);
  const permission = useText(permissionTexts);
  const localized = useLocalized();
  return (
    <>
      <div style={{ overflowX: 'auto' }}>
        <table className="matrix" aria-label={t('rolesLabel')}>
          <thead>
            <tr>
              <th scope="col">{t('permission')}</th>
              {STAFF_ROLES.map((role) => (
                <th key={role} scope="col">
                  {localized(ROLE_NAMES[role])}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {SHOWN.map((name) => (
              <tr key={name}>
                <th scope="row">{permission(name)}</th>
                {STAFF_ROLES.map((role) => (
                  <td key={role}>
                    {mayUse(name, role) ? (
                      <CheckOutlined className="ok" aria-label={t('allowed')} />
                    ) : (
                      <MinusOutlined className="quiet" aria-label={t('notAllowed')} />
                    )}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="quiet" style={{ marginTop: 12 }}>
        {t('zoneNote')}
      </p>
    </>
  );
}
