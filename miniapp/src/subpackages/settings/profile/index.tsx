import type { Me } from '@talent-card/shared/accounts/schema';
import { View } from '@tarojs/components';
import type { ButtonProps } from '@tarojs/components/types/Button';
import type { BaseEventOrig } from '@tarojs/components/types/common';
import { useState } from 'react';
import { commonTexts } from '@/i18n/common';
import { explain } from '@/i18n/errors';
import { explainField, explainFields } from '@/i18n/field-problems';
import { settingsTexts } from '@/i18n/settings';
import { useLocale, useT } from '@/platform/i18n';
import { usePrivacy } from '@/platform/privacy';
import { rememberedPersona } from '@/platform/sandbox';
import { useSubmit } from '@/platform/use-submit';
import { bindPhone, updateProfile, useMe } from '@/services/account';
import { Button, Card, Input, Loaded, Notice, Page, SandboxMark, toast } from '@/ui';

const NICKNAME_MAX = 20;

export default function Profile() {
  const t = useT(settingsTexts);
  return (
    <Page title={t('profile')} access="citizen">
      <Content />
    </Page>
  );
}

function Content() {
  const me = useMe();
  return (
    <Loaded query={me}>
      {(account) => (
        <>
          <Nickname account={account} />
          <Phone account={account} />
        </>
      )}
    </Loaded>
  );
}

function Nickname({ account }: { account: Me }) {
  const t = useT(settingsTexts);
  const common = useT(commonTexts);
  const locale = useLocale((state) => state.locale);
  const [nickname, setNickname] = useState(account.nickname ?? '');
  const [empty, setEmpty] = useState(false);
  const { submit, pending, error, reset } = useSubmit(updateProfile);
  const told = explainFields(error, locale).nickname;
  const save = async () => {
    const trimmed = nickname.trim();
    setEmpty(trimmed === '');
    if (trimmed !== '' && (await submit({ nickname: trimmed }))) toast(common('saved'));
  };
  return (
    <Card>
      <View className="stack">
        {error && !told ? (
          <Notice tone="danger" alert>
            {explain(error, locale)}
          </Notice>
        ) : null}
        <Input
          label={t('nickname')}
          hint={t('nicknameHint')}
          value={nickname}
          maxLength={NICKNAME_MAX}
          autocomplete="nickname"
          onChange={(value) => {
            setNickname(value);
            setEmpty(false);
            reset();
          }}
          error={empty ? explainField('REQUIRED', locale) : told}
        />
        <Button
          pending={pending}
          disabled={nickname.trim() === (account.nickname ?? '')}
          onTap={() => void save()}
        >
          {common('save')}
        </Button>
      </View>
    </Card>
  );
}

function Phone({ account }: { account: Me }) {
  const t = useT(settingsTexts);
  const locale = useLocale((state) => state.locale);
  const refusedPrivacy = usePrivacy((state) => state.refused);
  const [refused, setRefused] = useState(false);
  const { submit, pending, error } = useSubmit(bindPhone);
  const bind = async (code: string) => {
    setRefused(false);
    if (await submit(code)) toast(t('phoneBound'));
  };
  const onGetPhoneNumber = (event: BaseEventOrig<ButtonProps.onGetPhoneNumberEventDetail>) => {
    if (event.detail.code) void bind(event.detail.code);
    else setRefused(true);
  };
  const words = t(account.maskedPhone ? 'changePhone' : 'bindPhone');
  return (
    <Card>
      <View className="stack">
        <View>
          <View className="small">{t('phone')}</View>
          <View className="h2 tabular">{account.maskedPhone ?? t('phoneNone')}</View>
          <View className="muted">{t('phoneText')}</View>
        </View>
        {error ? (
          <Notice tone="danger" alert>
            {explain(error, locale)}
          </Notice>
        ) : null}
        {refused || refusedPrivacy ? <Notice tone="warn">{t('phoneRefused')}</Notice> : null}
        {account.sandbox ? (
          <>
            <View className="row">
              <SandboxMark />
            </View>
            <Button
              kind="ghost"
              pending={pending}
              onTap={() => void bind(rememberedPersona()?.code ?? 'sandbox:demo')}
            >
              {t('bindDemoPhone')}
            </Button>
          </>
        ) : process.env.TARO_ENV === 'weapp' ? (
          <Button kind="ghost" pending={pending} native={{ openType: 'getPhoneNumber', onGetPhoneNumber }}>
            {words}
          </Button>
        ) : (
          <Notice>{t('phoneInWeChat')}</Notice>
        )}
      </View>
    </Card>
  );
}
