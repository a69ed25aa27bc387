import { UserAddOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useMay } from '../../access.js';
import { AddressTabs, useAddressTab } from '../../components/address-tabs.js';
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
  const tab = useAddressTab(['people', 'roles'], 'people');
  return (
    <PageFrame title={c('staff')}>
      <div className="panel">
        <AddressTabs
          tab={tab}
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
        {tab.active === 'people' ? <StaffList /> : <RoleMatrix />}
      </div>
      {creating ? <CreateStaff onClose={() => setCreating(false)} /> : null}
    </PageFrame>
  );
}
