import { CITY_ZONE } from '@talent-card/shared/accounts/districts';
import { venueAdminRoutes } from '@talent-card/shared/venues/routes';
import { Button, Form } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { useFieldErrors } from '../../components/errors.js';
import { useLeaveGuard } from '../../components/leave-guard.js';
import { WriteFailure } from '../../components/states.js';
import { commonTexts } from '../../i18n/common.js';
import { useText } from '../../i18n/index.js';
import { venuesTexts } from '../../i18n/venues.js';
import { useWrite } from '../../services/query.js';
import { useSession } from '../../services/session.js';
import { PageFrame } from '../../shell.js';
import { emptyVenue, VenueFields, type VenueValues, venueBody } from './info-form.js';

export default function NewVenuePage() {
  const t = useText(venuesTexts);
  const c = useText(commonTexts);
  const navigate = useNavigate();
  const placeErrors = useFieldErrors();
  const zone = useSession((session) => session.staff?.zoneCode);
  const [form] = Form.useForm<VenueValues>();
  const [edited, setEdited] = useState(false);
  const guard = useLeaveGuard(edited);
  const create = useWrite(venueAdminRoutes.create, {
    stale: [venueAdminRoutes.list],
    onDone: (venue) => {
      guard.release();
      void navigate(`/venues/${venue.venueId}?tab=schedules`, { replace: true });
    },
  });
  return (
    <PageFrame title={t('create')} crumbs={[{ label: c('venues'), to: '/venues' }]}>
      <div className="review">
        <div className="grow" style={{ paddingBottom: 16 }}>
          <WriteFailure error={create.error} />
          <Form
            form={form}
            layout="vertical"
            requiredMark={false}
            className="two-panels"
            initialValues={emptyVenue(zone === CITY_ZONE ? undefined : zone)}
            onValuesChange={() => setEdited(true)}
            onFinish={(values) =>
              create.mutate(
                { body: venueBody(values, undefined) },
                { onError: (error) => placeErrors(form, error) },
              )
            }
            scrollToFirstError={{ block: 'center', focus: true }}
          >
            <VenueFields form={form} />
          </Form>
        </div>
        <div className="decision">
          <p />
          <Button type="primary" loading={create.isPending} onClick={() => form.submit()}>
            {c('save')}
          </Button>
        </div>
      </div>
      {guard.dialog}
    </PageFrame>
  );
}
