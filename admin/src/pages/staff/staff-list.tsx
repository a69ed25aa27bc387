import { zoneName } from '@talent-card/shared/accounts/districts';
import { ROLE_NAMES, STAFF_ROLES } from '@talent-card/shared/accounts/permissions';
import { staffRoutes } from '@talent-card/shared/accounts/routes';
import type { StaffMember } from '@talent-card/shared/accounts/schema';
import { App, Button } from 'antd';
import { useState } from 'react';
import { useMay } from '../../access.js';
import { useErrorText } from '../../components/errors.js';
import { ChoiceFilter, FilterBar, SearchFilter } from '../../components/filter-bar.js';
import { oneOf, useFilters } from '../../components/filters.js';
import { formatInstant } from '../../components/format.js';
import { ListTable } from '../../components/list-table.js';
import { Empty } from '../../components/states.js';
import { commonTexts } from '../../i18n/common.js';
import { useLocalized, useText } from '../../i18n/index.js';
import { staffTexts } from '../../i18n/staff.js';
import { useVenueName } from '../../services/directory.js';
import { usePages, useWrite } from '../../services/query.js';
import { useSession } from '../../services/session.js';
import { EditStaff, ResetAccess } from './staff-forms.js';

const FILTERS = ['q', 'role', 'status'] as const;
const STATES = ['active', 'disabled'] as const;

export function StaffList() {
  const t = useText(staffTexts);
  const c = useText(commonTexts);
  const localized = useLocalized();
  const ownId = useSession((session) => session.staff?.staffId);
  const { filters } = useFilters(FILTERS);
  const pages = usePages<StaffMember>(staffRoutes.list, {
    ...filters,
    role: oneOf(STAFF_ROLES, filters.role),
    status: oneOf(STATES, filters.status),
  });
  return (
    <>
      <StaffFilters />
      <ListTable<StaffMember>
        label={t('listLabel')}
        pages={pages}
        rowKey={(member) => member.staffId}
        filters={FILTERS}
        empty={<Empty title={t('emptyTitle')} />}
        columns={[
          {
            title: t('displayName'),
            key: 'who',
            render: (_, member) => (
              <>
                <div>
                  {member.displayName}{' '}
                  {member.staffId === ownId ? <span className="chip info">{t('you')}</span> : null}
                </div>
                <div className="small quiet">{member.username}</div>
              </>
            ),
          },
          {
            title: t('role'),
            key: 'role',
            render: (_, member) => (
              <>
                <div>{localized(ROLE_NAMES[member.role])}</div>
                <StaffVenues venueIds={member.venueIds} />
              </>
            ),
          },
          { title: c('zone'), dataIndex: 'zoneCode', render: (code: string) => localized(zoneName(code)) },
          {
            title: t('state'),
            key: 'state',
            render: (_, member) => (
              <>
                <StaffState member={member} />
                <div className="small quiet">
                  {member.lastSignInAt ? (
                    <>
                      <div>{t('lastSignIn')}</div>
                      <div className="num">{formatInstant(member.lastSignInAt)}</div>
                    </>
                  ) : (
                    t('never')
                  )}
                </div>
              </>
            ),
          },
          {
            title: c('actions'),
            key: 'actions',
            render: (_, member) => <StaffActions member={member} own={member.staffId === ownId} />,
          },
        ]}
      />
    </>
  );
}

/** The first venues by name; a pointer or focus brings the rest. */
function StaffVenues({ venueIds }: { venueIds: readonly string[] }) {
  const t = useText(staffTexts);
  const nameOf = useVenueName();
  if (venueIds.length === 0) return null;
  const names = venueIds.map(nameOf);
  const first = names.slice(0, 2).join(' · ');
  return (
    <div className="small quiet clip" style={{ maxWidth: 220 }} title={names.join(' · ')}>
      {names.length > 2 ? `${first} ${t('venuesMore', { count: names.length - 2 })}` : first}
    </div>
  );
}

/** The server keeps the end of the last lock; whether it is still on is a matter of now. */
const isLocked = (member: StaffMember) =>
  member.lockedUntil !== null && Date.parse(member.lockedUntil) > Date.now();

function StaffState({ member }: { member: StaffMember }) {
  const t = useText(staffTexts);
  return (
    <span className="row wrap" style={{ gap: 4 }}>
      <span className={`chip ${member.status === 'active' ? 'ok' : ''}`}>{t(member.status)}</span>
      {isLocked(member) ? (
        <span className="chip bad num">
          {t('lockedUntil', { time: formatInstant(member.lockedUntil).slice(11) })}
        </span>
      ) : null}
      {member.totpEnrolled || member.status === 'disabled' ? null : (
        <span className="chip care">{t('noTotp')}</span>
      )}
    </span>
  );
}

function StaffActions({ member, own }: { member: StaffMember; own: boolean }) {
  const t = useText(staffTexts);
  const c = useText(commonTexts);
  const may = useMay();
  const { message, modal } = App.useApp();
  const wordsOf = useErrorText();
  const [asked, setAsked] = useState<'edit' | 'reset' | null>(null);
  const unlock = useWrite(staffRoutes.unlock, {
    stale: [staffRoutes.list],
    onDone: () => message.success(t('unlocked')),
  });
  if (!may('staff.manage')) return null;
  if (own) {
    return (
      <span className="small quiet clip" style={{ maxWidth: 160 }}>
        {t('ownAccount')}
      </span>
    );
  }
  const askUnlock = () =>
    modal.confirm({
      title: t('unlockTitle', { name: member.displayName }),
      content: t('unlockText'),
      okText: t('unlock'),
      cancelText: c('cancel'),
      onOk: () =>
        unlock
          .mutateAsync({ params: { staffId: member.staffId } })
          .catch((error: unknown) => message.error(wordsOf(error))),
    });
  return (
    <div className="row">
      <Button size="small" onClick={() => setAsked('edit')}>
        {t('edit')}
      </Button>
      <Button size="small" onClick={() => setAsked('reset')}>
        {t('resetAccess')}
      </Button>
      {isLocked(member) ? (
        <Button size="small" onClick={askUnlock} loading={unlock.isPending}>
          {t('unlock')}
        </Button>
      ) : null}
      {asked === 'edit' ? <EditStaff member={member} onClose={() => setAsked(null)} /> : null}
      {asked === 'reset' ? <ResetAccess member={member} onClose={() => setAsked(null)} /> : null}
    </div>
  );
}

function StaffFilters() {
  const t = useText(staffTexts);
  const localized = useLocalized();
  return (
    <FilterBar names={FILTERS}>
      <SearchFilter placeholder={t('searchPlaceholder')} width={240} maxLength={50} />
      <ChoiceFilter
        name="role"
        label={t('role')}
        values={STAFF_ROLES}
        words={(role) => localized(ROLE_NAMES[role])}
        width={140}
      />
      <ChoiceFilter name="status" label={t('state')} values={STATES} words={t} />
    </FilterBar>
  );
}
