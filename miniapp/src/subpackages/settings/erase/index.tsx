import { View } from '@tarojs/components';
import { useDidShow } from '@tarojs/taro';
import { useState } from 'react';
import { explain } from '@/i18n/errors';
import { settingsTexts } from '@/i18n/settings';
import { useDates, useLocale, useT } from '@/platform/i18n';
import { back, go, replace } from '@/platform/navigation';
import { readStored } from '@/platform/storage';
import { useSubmit } from '@/platform/use-submit';
import { CLERK_KEY, type Clerk, countUnsent, useUnsent } from '@/platform/window-keeping';
import { eraseMyAccount } from '@/services/account';
import { useClerkDevices, useCodeDevices } from '@/services/card-code';
import { keptDeviceId } from '@/services/kept-cards';
import { Badge, Button, Card, Icon, Input, Notice, Page, toast } from '@/ui';

/** Erasing one's account: what goes, what the law keeps, and a word typed so that it never happens by a slip. */
export default function Erase() {
  const t = useT(settingsTexts);
  return (
    <Page title={t('eraseTitle')} access="citizen">
      <Content />
    </Page>
  );
}

function Content() {
  const unsent = useUnsent((state) => state.unsent);
  useDidShow(() => {
    countUnsent();
  });
  return unsent > 0 ? <HandInFirst unsent={unsent} /> : <Form />;
}

/** What only this phone knows of would be lost, so that there is nothing to fill in yet. */
function HandInFirst({ unsent }: { unsent: number }) {
  const t = useT(settingsTexts);
  return (
    <>
      <Notice tone="danger" title={t('eraseUnsentTitle')}>
        {t('eraseUnsent', { n: unsent })}
      </Notice>
      <View className="btns">
        <Button onTap={() => go('staff')}>{t('eraseToWindow')}</Button>
        <Button kind="ghost" onTap={back}>
          {t('keep')}
        </Button>
      </View>
    </>
  );
}

function Form() {
  const t = useT(settingsTexts);
  const locale = useLocale((state) => state.locale);
  const [typed, setTyped] = useState('');
  const [mismatch, setMismatch] = useState(false);
  const { submit, pending, error } = useSubmit((_: 'ERASE', key) => eraseMyAccount(key));
  const word = t('eraseWord');
  const erase = async () => {
    const right = typed.trim().toUpperCase() === word;
    setMismatch(!right);
    if (!right || !(await submit('ERASE'))) return;
    toast(t('erased'), { crossing: true });
    replace('home');
  };
  return (
    <>
      <View className="lead">{t('eraseLead')}</View>
      <Card>
        <View className="h2">{t('eraseGone')}</View>
        <Points icon="trash" items={[t('eraseGone1'), t('eraseGone2'), t('eraseGone3')]} />
      </Card>
      <Notice tone="warn">{t('eraseCard')}</Notice>
      <EnrolledPhones />
      <Card>
        <View className="h2">{t('eraseKept')}</View>
        <Points icon="shield" items={[t('eraseKept1'), t('eraseKept2')]} />
      </Card>
      <Input
        label={t('eraseType', { word })}
        value={typed}
        onChange={(value) => {
          setTyped(value);
          setMismatch(false);
        }}
        error={mismatch ? t('eraseMismatch') : null}
        maxLength={10}
      />
      {error ? (
        <Notice tone="danger" alert>
          {explain(error, locale)}
        </Notice>
      ) : null}
      <View className="btns">
        <Button kind="danger" pending={pending} disabled={typed.trim() === ''} onTap={() => void erase()}>
          {t('eraseAct')}
        </Button>
        <Button kind="ghost" disabled={pending} onTap={back}>
          {t('keep')}
        </Button>
      </View>
    </>
  );
}

/** What stops with the account, by name: an unknown phone, or one that has something to hand in, is seen here or never. */
function EnrolledPhones() {
  const t = useT(settingsTexts);
  const dates = useDates();
  const codes = useCodeDevices();
  const clerks = useClerkDevices();
  const here = readStored<Clerk>(CLERK_KEY)?.deviceId;
  const working = (clerks.data ?? []).filter(({ status }) => status === 'active');
  const elsewhere = working.filter(({ deviceId }) => deviceId !== here);
  const phones = [
    ...(codes.data ?? [])
      .filter(({ status }) => status === 'active')
      .map((device) => ({
        key: device.deviceId,
        label: device.label,
        note: t('erasePhoneCode', { last: dates.recent(device.lastRenewedAt) }),
        here: keptDeviceId(device.cardId) === device.deviceId,
      })),
    ...working.map(({ deviceId, label, lastSeenAt, enrolledAt, invitedAt }) => ({
      key: deviceId,
      label,
      note: t('erasePhoneWindow', { last: dates.recent(lastSeenAt ?? enrolledAt ?? invitedAt) }),
      here: deviceId === here,
    })),
  ];
  return (
    <>
      {phones.length > 0 ? (
        <Card>
          <View className="h2">{t('erasePhones')}</View>
          <View className="muted">{t('erasePhonesText')}</View>
          <View className="stack stack--tight" style={{ marginTop: '8px' }}>
            {phones.map((phone) => (
              <View className="row" key={phone.key} style={{ alignItems: 'flex-start', gap: '8px' }}>
                <Icon name="device" size={20} colour="ink-3" />
                <View className="grow">
                  <View className="strong">{phone.label}</View>
                  <View className="muted">{phone.note}</View>
                </View>
                {phone.here ? <Badge>{t('thisPhone')}</Badge> : null}
              </View>
            ))}
          </View>
        </Card>
      ) : null}
      {elsewhere.length > 0 ? (
        <Notice tone="danger" title={t('eraseSync')}>
          {t('eraseSyncText', {
            phones: [...new Set(elsewhere.map(({ label }) => label))].join(t('phoneJoint')),
            n: elsewhere.length,
          })}
        </Notice>
      ) : null}
      {/* Who could not be asked about may be a clerk. */}
      {clerks.data === undefined ? <Notice title={t('eraseClerkTitle')}>{t('eraseClerk')}</Notice> : null}
    </>
  );
}

function Points({ icon, items }: { icon: 'trash' | 'shield'; items: string[] }) {
  return (
    <View className="stack stack--tight" style={{ marginTop: '8px' }}>
      {items.map((item) => (
        <View className="row" key={item} style={{ alignItems: 'flex-start', gap: '8px' }}>
          <Icon name={icon} size={20} colour="ink-3" />
          <View className="grow">{item}</View>
        </View>
      ))}
    </View>
  );
}
