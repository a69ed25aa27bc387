import { UserAddOutlined } from '@ant-design/icons';
import { Button, Tabs } from 'antd';
import { useState } from 'react';
import { useMay } from '../../access.js';
import { oneOf, useFilters } from '../../components/filters.js';
import { commonTexts } from '../../i18n/common.js';
import { useText } from '../../i18n/index.js';
import { staffTexts } from '../../i18n/staff.js';
import { PageFrame } from '../../shell.js';
import { RoleMatrix } from './role-matrix.js';
import { CreateStaff } from './staff-forms.js';
import { StaffList } from './staff-list.js';

export default function StaffPage() {
  const t = useText(staffTexts);
  const c = useText(commonTexts);
  const may = useMay();
  const [creating, setCreating] = useState(false);
  const { filters, setFilters } = useFilters(['tab']);
  const tab = oneOf(['people', 'roles'], filters.tab) ?? 'people';
  return (
    <PageFrame title={c('staff')}>
      <div className="panel">
        <Tabs
          activeKey={tab}
          onChange={(key) => setFilters({ tab: key === 'people' ? undefined : key })}
          tabBarExtraContent={
            may('staff.manage') ? (
              <Button type="primary" icon={<UserAddOutlined aria-hidden />} onClick={() => setCreating(true)}>
                {t('create')}
              </Button>
            ) : null
          }
          items={[
            { key: 'people', label: t('tabPeople') },
            { key: 'roles', label: t('tabRoles') },
          ]}
        />
        {tab === 'people' ? <StaffList /> : <RoleMatrix />}
      </div>
      {creating ? <CreateStaff onClose={() => setCreating(false)} /> : null}
    </PageFrame>
  );
}
