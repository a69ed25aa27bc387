import type { Card } from '@talent-card/shared/cards/schema';
import { checkIdentityNumber, type IdentityType } from '@talent-card/shared/validators/identity-document';
import { View } from '@tarojs/components';
import { useState } from 'react';
import { cardPageTexts } from '@/i18n/card-pages';
import { commonTexts } from '@/i18n/common';
import { explain } from '@/i18n/errors';
import { explainField, explainFields } from '@/i18n/field-problems';
import { ApiError } from '@/platform/api-error';
import { useLocale, useT } from '@/platform/i18n';
import { rememberedPersona } from '@/platform/sandbox';
import { useSubmit } from '@/platform/use-submit';
import { useMe } from '@/services/account';
import { reportFound } from '@/services/cards';
import { Button, Dialog, Input, Notice, SandboxMark } from '@/ui';

export interface LiftReportProps {
  card: Card;
  title: string;
  onLifted: () => void;
  onClose: () => void;
}

/**
 * Asks who lifts a report of loss for what a finder of the phone does not have. What is typed is kept nowhere, and stands
 * after a refusal or a lost connection.
 */
export function LiftReport({ card, title, onLifted, onClose }: LiftReportProps) {
  const t = useT(cardPageTexts);
  const common = useT(commonTexts);
  const locale = useLocale((state) => state.locale);
  const me = useMe();
  const type = me.data?.person?.identityType ?? 'resident-id';
  const [typed, setTyped] = useState('');
  const [left, setLeft] = useState(false);
  const { submit, pending, error, reset } = useSubmit(reportFound);
  const number = checkIdentityNumber(type, typed);
  const refusal = useRefusal(error);
  const judged = left || (type === 'resident-id' && typed.replace(/\s/g, '').length >= 18);
  const ownProblem = judged && !number.ok ? explainField(number.problem, locale) : null;

  const change = (value: string) => {
    // What is under way is about the number that was sent.
    if (pending) return;
    setTyped(value);
    reset();
  };
  const lift = async () => {
    setLeft(true);
    if (!number.ok) return;
    if (await submit({ cardId: card.cardId, identityNumber: number.value })) onLifted();
  };
  return (
    <Dialog title={title} onClose={onClose}>
      <View className="dialog__text">{t('reportFoundText', { document: t(`type-${type}`) })}</View>
      <View className="stack dialog__form">
        {me.data?.sandbox ? <DemoNumber type={type} onFill={change} /> : null}
        <Input
          label={t('number')}
          value={typed}
          onChange={change}
          onBlur={() => setLeft(typed !== '')}
          onEnter={() => void lift()}
          keyboard={type === 'resident-id' ? 'id' : 'text'}
          maxLength={40}
          hint={t(`numberHint-${type}`)}
          error={ownProblem ?? refusal.atField}
        />
        <View className="small">{t('numberKept')}</View>
        {refusal.notice ? (
          <Notice tone="danger" alert>
            {refusal.notice}
          </Notice>
        ) : null}
      </View>
      <View className="dialog__acts btns">
        <Button pending={pending} onTap={() => void lift()}>
          {t('reportFound')}
        </Button>
        <Button kind="ghost" disabled={pending} onTap={onClose}>
          {common('cancel')}
        </Button>
      </View>
    </Dialog>
  );
}

/** What the service said, where it belongs: of the number at the field, of everything else below it. */
function useRefusal(error: unknown): { atField: string | null; notice: string | null } {
  const t = useT(cardPageTexts);
  const locale = useLocale((state) => state.locale);
  if (!error) return { atField: null, notice: null };
  const field = explainFields(error, locale).identityNumber;
  if (field) return { atField: field, notice: null };
  if (!(error instanceof ApiError) || error.code !== 'IDENTITY_NUMBER_WRONG')
    return { atField: null, notice: explain(error, locale) };
  const n = Number(error.details.triesLeft);
  if (n > 0) return { atField: t('numberWrong', { n }), notice: null };
  return {
    atField: explain(error, locale),
    notice: explain(new ApiError('IDENTITY_NUMBER_TOO_MANY_TRIES'), locale),
  };
}

/** Sandbox only: the number of the demo person who is signed in. */
function DemoNumber({ type, onFill }: { type: IdentityType; onFill: (number: string) => void }) {
  const t = useT(cardPageTexts);
  const persona = rememberedPersona();
  if (persona?.identityType !== type) return null;
  return (
    <View className="row" style={{ justifyContent: 'space-between', flexWrap: 'wrap' }}>
      <SandboxMark />
      <Button kind="ghost" small onTap={() => onFill(persona.identityNumber)}>
        {t('fillDemo')}
      </Button>
    </View>
  );
}
