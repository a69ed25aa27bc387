import { View } from '@tarojs/components';
import { useState } from 'react';
import { explain } from '@/i18n/errors';
import { staffTexts } from '@/i18n/staff';
import { useLocale, useT } from '@/platform/i18n';
import { useSubmit } from '@/platform/use-submit';
import { Button, Card, Input, Notice, toast } from '@/ui';
import { enrolClerk } from '../clerk';
import { fetchKit } from '../kit';

const CODE_CHARACTERS = 10;
const bare = (typed: string) => typed.replace(/[^0-9a-z]/gi, '').toUpperCase();

/** Makes this phone a checking device, with the code that the administrator has just made. */
export function Enrol() {
  const t = useT(staffTexts);
  const locale = useLocale((state) => state.locale);
  const [typed, setTyped] = useState('');
  const [short, setShort] = useState(false);
  const [noKey, setNoKey] = useState(false);
  const { submit, pending, error } = useSubmit(async (code: string, idempotencyKey) => {
    const clerk = await enrolClerk(code, idempotencyKey);
    return { clerk };
  });
  const enrol = async () => {
    const code = bare(typed);
    setShort(code.length !== CODE_CHARACTERS);
    if (code.length !== CODE_CHARACTERS) return;
    const enrolled = await submit(code);
    if (!enrolled) return;
    setNoKey(enrolled.clerk === null);
    if (!enrolled.clerk) return;
    toast(t('enrolled', { name: enrolled.clerk.displayName }));
    // The page that follows fetches it again where this did not come through.
    await fetchKit().catch(() => undefined);
  };
  return (
    <>
      <View className="h1">{t('enrolTitle')}</View>
      <View className="muted">{t('enrolText')}</View>
      <Card>
        <View className="stack">
          <Input
            label={t('enrolCode')}
            hint={t('enrolHint')}
            value={typed}
            onChange={(value) => {
              setTyped(value);
              setShort(false);
            }}
            onEnter={() => void enrol()}
            error={short ? t('enrolShort') : null}
            maxLength={20}
          />
          {noKey ? <Notice tone="danger">{t('noKey')}</Notice> : null}
          {error ? (
            <Notice tone="danger" alert>
              {explain(error, locale)}
            </Notice>
          ) : null}
          <Button pending={pending} disabled={typed.trim() === ''} onTap={() => void enrol()}>
            {t('enrolAct')}
          </Button>
        </View>
      </Card>
    </>
  );
}
