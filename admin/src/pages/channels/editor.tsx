import { channelAdminRoutes, channelRoutes } from '@talent-card/shared/channels/routes';
import type { AdminChannel, ChannelTerms } from '@talent-card/shared/channels/schema';
import { Alert, App, Button, Form } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { AddressTabs, useAddressTab } from '../../components/address-tabs.js';
import { ChannelStateChip, DemoMark } from '../../components/chips.js';
import { useErrorText, useFieldErrors } from '../../components/errors.js';
import { useLeaveGuard } from '../../components/leave-guard.js';
import { WriteFailure } from '../../components/states.js';
import { channelsTexts } from '../../i18n/channels.js';
import { commonTexts } from '../../i18n/common.js';
import { useLocalized, useText } from '../../i18n/index.js';
import { ApiError } from '../../services/api.js';
import { keyOf, queryClient, useWrite } from '../../services/query.js';
import { PageFrame } from '../../shell.js';
import { ContentFields } from './content-form.js';
import { Matrix } from './matrix.js';
import { Preview } from './preview.js';
import { hasOverlaps } from './terms.js';
import { bodyOf, type ChannelValues, emptyValues, valuesOf } from './values.js';

const TABS = ['content', 'terms'] as const;
const STALE = [channelAdminRoutes.list, channelRoutes.list];

const isStale = (error: unknown) => error instanceof ApiError && error.code === 'STALE_VERSION';

/** Keeps what the server answered, so that the page goes on with the newest version. */
const keep = (channel: AdminChannel) =>
  queryClient.setQueryData(
    keyOf(channelAdminRoutes.detail, { params: { channelId: channel.channelId } }),
    channel,
  );

const refetch = (channel: AdminChannel) =>
  queryClient.invalidateQueries({
    queryKey: keyOf(channelAdminRoutes.detail, { params: { channelId: channel.channelId } }),
  });

/** A channel that exists: its content on one tab, its allowances on the other, the phone beside both. */
export function ChannelEditor({ channel }: { channel: AdminChannel }) {
  const t = useText(channelsTexts);
  const c = useText(commonTexts);
  const localized = useLocalized();
  const { message, modal } = App.useApp();
  const wordsOf = useErrorText();
  const tab = useAddressTab(TABS, 'content');
  const [form] = Form.useForm<ChannelValues>();
  const watched = Form.useWatch([], form);
  const placeErrors = useFieldErrors();
  const [edited, setEdited] = useState(false);
  const [draftTerms, setDraftTerms] = useState<readonly ChannelTerms[] | null>(null);
  const [incomplete, setIncomplete] = useState(false);
  const readOnly = !channel.mayEdit;
  const guard = useLeaveGuard(edited || draftTerms !== null);
  const params = { channelId: channel.channelId };
  const update = useWrite(channelAdminRoutes.update, {
    stale: STALE,
    onDone: (answer) => {
      keep(answer);
      setEdited(false);
      setIncomplete(false);
      message.success(t('saved', { name: localized(answer.name) }));
    },
  });
  const writeTerms = useWrite(channelAdminRoutes.writeTerms, {
    stale: STALE,
    onDone: (answer) => {
      keep(answer);
      setDraftTerms(null);
      message.success(t('termsSaved'));
    },
  });
  const save = async (values: ChannelValues, status = channel.status) => {
    try {
      await update.mutateAsync({ params, body: bodyOf(values, status, channel.version) });
    } catch (error) {
      placeErrors(form, error);
      if (isStale(error)) void refetch(channel);
      throw error;
    }
  };
  const showProblems = () => {
    setIncomplete(true);
    tab.choose('content');
  };
  const move = async (status: 'published' | 'withdrawn') => {
    let values: ChannelValues;
    try {
      values = await form.validateFields();
    } catch {
      showProblems();
      return;
    }
    const about = { number: channel.number, name: localized(values.name) };
    modal.confirm({
      title: status === 'published' ? t('publishTitle', about) : t('withdrawTitle', about),
      content: status === 'published' ? t('publishEffect') : t('withdrawEffect'),
      okText: status === 'published' ? t('publish') : t('withdraw'),
      okButtonProps: { danger: status === 'withdrawn' },
      cancelText: c('cancel'),
      onOk: () => save(values, status).catch((error: unknown) => message.error(wordsOf(error))),
    });
  };
  const takeNewest = () => {
    form.setFieldsValue(valuesOf(channel));
    setEdited(false);
    setDraftTerms(null);
    update.reset();
    writeTerms.reset();
  };
  const terms = draftTerms ?? channel.terms;
  const overlapping = hasOverlaps(terms);
  const newest = (
    <Button size="small" onClick={takeNewest}>
      {c('takeNewest')}
    </Button>
  );
  return (
    <PageFrame
      title={`${channel.number} ${localized(channel.name)}`}
      crumbs={[{ label: c('channels'), to: '/channels' }]}
      aside={
        <>
          {channel.demo ? <DemoMark /> : null}
          <ChannelStateChip state={channel.status} />
        </>
      }
    >
      <div className="review">
        <div className="editor">
          <div>
            {readOnly ? (
              <Alert type="info" showIcon title={t('readOnly')} style={{ marginBottom: 16 }} />
            ) : null}
            <AddressTabs
              tab={tab}
              items={[
                {
                  key: 'content',
                  label: t('tabContent'),
                  forceRender: true,
                  children: (
                    <>
                      {incomplete ? (
                        <Alert
                          type="warning"
                          showIcon
                          title={t('problemsAbove')}
                          style={{ marginBottom: 16 }}
                        />
                      ) : null}
                      <WriteFailure error={update.error} extra={isStale(update.error) ? newest : null} />
                      <Form
                        form={form}
                        layout="vertical"
                        requiredMark={false}
                        disabled={readOnly}
                        initialValues={valuesOf(channel)}
                        className="stack"
                        onValuesChange={() => setEdited(true)}
                        onFinish={(values) => save(values).catch(() => undefined)}
                        onFinishFailed={showProblems}
                        scrollToFirstError={{ block: 'center', focus: true }}
                      >
                        <ContentFields form={form} />
                      </Form>
                    </>
                  ),
                },
                {
                  key: 'terms',
                  label: t('tabTerms'),
                  children: (
                    <section className="panel">
                      <WriteFailure
                        error={writeTerms.error}
                        extra={isStale(writeTerms.error) ? newest : null}
                      />
                      <Matrix terms={terms} readOnly={readOnly} onChange={setDraftTerms} />
                    </section>
                  ),
                },
              ]}
            />
          </div>
          <Preview values={watched?.name ? watched : valuesOf(channel)} terms={terms} />
        </div>
        {readOnly ? null : (
          <div className="decision">
            <p className={tab.active === 'terms' && overlapping ? 'bad' : ''}>
              {tab.active === 'terms'
                ? overlapping
                  ? t('termsOverlap')
                  : draftTerms
                    ? t('termsUnsaved')
                    : t('termsNote')
                : edited
                  ? c('leaveTitle')
                  : ''}
            </p>
            <div className="row">
              {tab.active === 'terms' ? (
                <>
                  {draftTerms ? (
                    <Button onClick={() => setDraftTerms(null)}>{t('discardTerms')}</Button>
                  ) : null}
                  <Button
                    type="primary"
                    disabled={draftTerms === null || overlapping}
                    loading={writeTerms.isPending}
                    onClick={() =>
                      writeTerms.mutate(
                        { params, body: { version: channel.version, terms: [...terms] } },
                        { onError: (error) => isStale(error) && void refetch(channel) },
                      )
                    }
                  >
                    {t('saveTerms')}
                  </Button>
                </>
              ) : (
                <>
                  {channel.status === 'published' ? (
                    <Button danger onClick={() => void move('withdrawn')}>
                      {t('withdraw')}
                    </Button>
                  ) : (
                    <Button onClick={() => void move('published')}>{t('publish')}</Button>
                  )}
                  <Button type="primary" loading={update.isPending} onClick={() => form.submit()}>
                    {t('save')}
                  </Button>
                </>
              )}
            </div>
          </div>
        )}
      </div>
      {guard.dialog}
    </PageFrame>
  );
}

/** A channel that is written for the first time; it is a draft until published. */
export function NewChannel({ number }: { number: number }) {
  const t = useText(channelsTexts);
  const c = useText(commonTexts);
  const navigate = useNavigate();
  const [form] = Form.useForm<ChannelValues>();
  const watched = Form.useWatch([], form);
  const placeErrors = useFieldErrors();
  const [edited, setEdited] = useState(false);
  const guard = useLeaveGuard(edited);
  const create = useWrite(channelAdminRoutes.create, {
    stale: STALE,
    onDone: (answer) => {
      keep(answer);
      guard.release();
      void navigate(`/channels/${answer.channelId}?tab=terms`, { replace: true });
    },
  });
  const start = emptyValues(number);
  return (
    <PageFrame title={t('createTitle')} crumbs={[{ label: c('channels'), to: '/channels' }]}>
      <div className="review">
        <div className="editor">
          <div>
            <WriteFailure error={create.error} />
            <Form
              form={form}
              layout="vertical"
              requiredMark={false}
              initialValues={start}
              className="stack"
              onValuesChange={() => setEdited(true)}
              onFinish={(values) =>
                create.mutate(
                  { body: bodyOf(values, 'draft', undefined) },
                  { onError: (error) => placeErrors(form, error) },
                )
              }
              scrollToFirstError={{ block: 'center', focus: true }}
            >
              <ContentFields form={form} />
            </Form>
          </div>
          <Preview values={watched?.name ? watched : start} terms={[]} />
        </div>
        <div className="decision">
          <p />
          <Button type="primary" loading={create.isPending} onClick={() => form.submit()}>
            {t('save')}
          </Button>
        </div>
      </div>
      {guard.dialog}
    </PageFrame>
  );
}
