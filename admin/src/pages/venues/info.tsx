import { venueAdminRoutes } from '@talent-card/shared/venues/routes';
import type { AdminVenue } from '@talent-card/shared/venues/schema';
import { App, Button, Form } from 'antd';
import { useState } from 'react';
import { useErrorText, useFieldErrors } from '../../components/errors.js';
import { useLeaveGuard } from '../../components/leave-guard.js';
import { WriteFailure } from '../../components/states.js';
import { commonTexts } from '../../i18n/common.js';
import { useLocalized, useText } from '../../i18n/index.js';
import { venuesTexts } from '../../i18n/venues.js';
import { ApiError } from '../../services/api.js';
import { keyOf, queryClient, useWrite } from '../../services/query.js';
import { VenueFields, type VenueValues, venueBody, venueValues } from './info-form.js';

const isStale = (error: unknown) => error instanceof ApiError && error.code === 'STALE_VERSION';

/** What a venue is and when it opens. */
export function VenueInfo({ venue, readOnly }: { venue: AdminVenue; readOnly: boolean }) {
  const t = useText(venuesTexts);
  const c = useText(commonTexts);
  const localized = useLocalized();
  const { message, modal } = App.useApp();
  const wordsOf = useErrorText();
  const placeErrors = useFieldErrors();
  const [form] = Form.useForm<VenueValues>();
  const [edited, setEdited] = useState(false);
  const guard = useLeaveGuard(edited, { tabs: true });
  const params = { venueId: venue.venueId };
  const key = keyOf(venueAdminRoutes.detail, { params });
  const update = useWrite(venueAdminRoutes.update, {
    stale: [venueAdminRoutes.list],
    onDone: (answer) => {
      queryClient.setQueryData(key, answer);
      setEdited(false);
      message.success(t('saved', { name: localized(answer.name) }));
    },
  });
  const write = async (values: VenueValues) => {
    try {
      await update.mutateAsync({ params, body: venueBody(values, venue.version) });
    } catch (error) {
      placeErrors(form, error);
      if (isStale(error)) void queryClient.invalidateQueries({ queryKey: key });
      throw error;
    }
  };
  const save = (values: VenueValues) => {
    if (values.status === 'open' || venue.status === 'closed') {
      void write(values).catch(() => undefined);
      return;
    }
    modal.confirm({
      title: t('closeTitle', { name: localized(values.name) }),
      content: t('closeEffect'),
      okText: t('closeOk'),
      okButtonProps: { danger: true },
      cancelText: c('cancel'),
      onOk: () => write(values).catch((error: unknown) => message.error(wordsOf(error))),
    });
  };
  return (
    <>
      <WriteFailure
        error={update.error}
        extra={
          isStale(update.error) ? (
            <Button
              size="small"
              onClick={() => {
                form.setFieldsValue(venueValues(venue));
                setEdited(false);
                update.reset();
              }}
            >
              {c('takeNewest')}
            </Button>
          ) : null
        }
      />
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        disabled={readOnly}
        className="two-panels"
        initialValues={venueValues(venue)}
        onValuesChange={() => setEdited(true)}
        onFinish={save}
        scrollToFirstError={{ block: 'center', focus: true }}
      >
        <VenueFields form={form} />
      </Form>
      {readOnly ? null : (
        <div className="decision">
          <p>{edited ? c('leaveTitle') : ''}</p>
          <Button type="primary" loading={update.isPending} onClick={() => form.submit()}>
            {c('save')}
          </Button>
        </div>
      )}
      {guard.dialog}
    </>
  );
}
