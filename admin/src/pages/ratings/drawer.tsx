import { PhoneOutlined } from '@ant-design/icons';
import { ratingAdminRoutes } from '@talent-card/shared/feedback/routes';
import type { AdminRating } from '@talent-card/shared/feedback/schema';
import { gradeWords, RATING_TAG_WORDS } from '@talent-card/shared/feedback/words';
import { App, Button, Drawer, Form, Input } from 'antd';
import { useRef, useState } from 'react';
import { Link } from 'react-router';
import { useMay } from '../../access.js';
import { useFieldErrors } from '../../components/errors.js';
import { formatInstant } from '../../components/format.js';
import { useCloseGuard } from '../../components/leave-guard.js';
import { WriteFailure } from '../../components/states.js';
import { commonTexts } from '../../i18n/common.js';
import { callBackStateTexts, feedbackTexts } from '../../i18n/feedback.js';
import { useLocalized, useText } from '../../i18n/index.js';
import { useWrite } from '../../services/query.js';

/** One rating: what was said, whom to call, and what came of it. */
export function RatingDrawer({ rating, onClose }: { rating: AdminRating; onClose: () => void }) {
  const t = useText(feedbackTexts);
  const state = useText(callBackStateTexts);
  const localized = useLocalized();
  const may = useMay();
  const { callBack } = rating;
  const typed = useRef(false);
  const close = useCloseGuard(() => typed.current, onClose);
  const onTyped = (text: string) => {
    typed.current = text.trim() !== '';
  };
  return (
    <Drawer
      open
      size={480}
      title={t('drawerTitle', { name: rating.holder.maskedName })}
      onClose={close}
      mask={{ closable: false }}
    >
      <div className="stack">
        <div>
          <div className="row wrap">
            <span className={`chip ${rating.grade <= 2 ? 'bad' : rating.grade === 3 ? 'care' : 'ok'}`}>
              <b className="num">{rating.grade}</b> {localized(gradeWords(rating.grade))}
            </span>
            {rating.tags.map((one) => (
              <span key={one} className="chip">
                {localized(RATING_TAG_WORDS[one])}
              </span>
            ))}
          </div>
          <p className="break" style={{ marginTop: 8 }}>
            {rating.comment ?? <span className="quiet">{t('noComment')}</span>}
          </p>
          <p className="small quiet">
            {localized(rating.channel.name)} · {localized(rating.venue.name)} ·{' '}
            <span className="num">{formatInstant(rating.at)}</span>{' '}
            {may('uses.read') ? <Link to={`/uses/${rating.useId}`}>{t('openUse')}</Link> : null}
          </p>
        </div>
        {callBack ? (
          <>
            <div className="row wrap">
              <span className="chip info">{state(callBack.status)}</span>
              <span className={`num ${rating.overdue ? 'bad' : 'quiet'}`}>
                {t('due')} {callBack.dueOn} {rating.overdue ? t('overdue') : ''}
              </span>
            </div>
            {may('feedback.handle') ? <Phone rating={rating} /> : null}
            {callBack.answer ? (
              <div>
                <h3>{t('answer')}</h3>
                <p className="note break">{callBack.answer}</p>
                {callBack.answeredAt ? (
                  <p className="small quiet">
                    {t('answeredAt', { time: formatInstant(callBack.answeredAt) })}
                  </p>
                ) : null}
              </div>
            ) : null}
            {callBack.appeal ? (
              <div>
                <h3>{t('appeal')}</h3>
                <p className="note break">{callBack.appeal}</p>
              </div>
            ) : null}
            {callBack.appealAnswer ? (
              <div>
                <h3>{t('appealAnswer')}</h3>
                <p className="note break">{callBack.appealAnswer}</p>
              </div>
            ) : null}
            {callBack.status === 'open' && may('feedback.handle') ? (
              <Answer rating={rating} kind="answer" onTyped={onTyped} onDone={onClose} />
            ) : null}
            {callBack.status === 'appealed' && may('feedback.decide-appeal') ? (
              <Answer rating={rating} kind="appeal" onTyped={onTyped} onDone={onClose} />
            ) : null}
          </>
        ) : null}
      </div>
    </Drawer>
  );
}

/** The number is held by this component only: gone with the drawer, never in a cache. */
function Phone({ rating }: { rating: AdminRating }) {
  const t = useText(feedbackTexts);
  const [phone, setPhone] = useState<string | null | undefined>(undefined);
  const reveal = useWrite(ratingAdminRoutes.phone, {
    onDone: (answer) => {
      setPhone(answer.phone);
      reveal.reset();
    },
  });
  return (
    <div>
      <WriteFailure error={reveal.error} />
      <div className="row wrap">
        <span className="quiet">{t('phone')}</span>
        {phone === undefined ? (
          <>
            <span className="num">{rating.holder.maskedPhone ?? t('phoneNone')}</span>
            {rating.holder.maskedPhone ? (
              <Button
                size="small"
                icon={<PhoneOutlined aria-hidden />}
                loading={reveal.isPending}
                onClick={() => reveal.mutate({ params: { ratingId: rating.ratingId } })}
              >
                {t('phoneReveal')}
              </Button>
            ) : null}
          </>
        ) : (
          <strong className="num" style={{ fontSize: 22 }}>
            {phone ?? t('phoneNone')}
          </strong>
        )}
      </div>
      {phone === undefined && rating.holder.maskedPhone ? (
        <p className="small quiet">{t('phoneNote')}</p>
      ) : null}
    </div>
  );
}

function Answer({
  rating,
  kind,
  onTyped,
  onDone,
}: {
  rating: AdminRating;
  kind: 'answer' | 'appeal';
  onTyped: (text: string) => void;
  onDone: () => void;
}) {
  const t = useText(feedbackTexts);
  const c = useText(commonTexts);
  const { message } = App.useApp();
  const placeErrors = useFieldErrors();
  const [form] = Form.useForm<{ answer: string }>();
  const options = (text: string) => ({
    stale: [ratingAdminRoutes.list],
    onDone: () => {
      message.success(text);
      onDone();
    },
  });
  const answer = useWrite(ratingAdminRoutes.answer, options(t('answered')));
  const decide = useWrite(ratingAdminRoutes.answerAppeal, options(t('appealDone')));
  const write = kind === 'answer' ? answer : decide;
  return (
    <div>
      <WriteFailure error={write.error} />
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        onValuesChange={({ answer }: { answer?: string }) => onTyped(answer ?? '')}
        onFinish={(values) =>
          write.mutate(
            {
              params: { ratingId: rating.ratingId },
              body: { version: rating.version, answer: values.answer.trim() },
            },
            { onError: (error) => placeErrors(form, error) },
          )
        }
      >
        <Form.Item
          name="answer"
          label={kind === 'answer' ? t('answer') : t('appealAnswer')}
          extra={kind === 'answer' ? t('answerHelp') : t('appealHelp')}
          rules={[{ required: true, whitespace: true, min: 2, message: c('required') }]}
        >
          <Input.TextArea rows={5} maxLength={1000} showCount />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={write.isPending}>
          {kind === 'answer' ? t('answerOk') : t('appealOk')}
        </Button>
      </Form>
    </div>
  );
}
