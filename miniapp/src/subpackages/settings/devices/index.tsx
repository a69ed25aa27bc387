import type { CodeDevice } from '@talent-card/shared/card-code/schema';
import { View } from '@tarojs/components';
import { cardsTexts } from '@/i18n/cards';
import { deviceTexts } from '@/i18n/devices';
import { explain } from '@/i18n/errors';
import { useDates, useLocale, useT } from '@/platform/i18n';
import { go } from '@/platform/navigation';
import { useSubmit } from '@/platform/use-submit';
import { revokeCodeDevice, useCodeDevices } from '@/services/card-code';
import { useCards } from '@/services/cards';
import { keptDeviceId } from '@/services/kept-cards';
import { Badge, Button, Cell, Cells, confirm, Empty, Loaded, Notice, Page, toast } from '@/ui';

/** Which phones show the caller's cards, since when; stopping one, and reporting a card where the phone is lost. */
export default function Devices() {
  const t = useT(deviceTexts);
  return (
    <Page title={t('devices')} access="person">
      <Content />
    </Page>
  );
}

function Content() {
  const t = useT(deviceTexts);
  const devices = useCodeDevices();
  return (
    <Loaded
      query={devices}
      empty={{
        when: (items) => items.length === 0,
        show: (
          <Empty
            title={t('devicesEmpty')}
            text={t('devicesEmptyText')}
            action={{ label: t('openCode'), onTap: () => go('code') }}
          />
        ),
      }}
    >
      {(items) => <Listed devices={items} />}
    </Loaded>
  );
}

function Listed({ devices }: { devices: CodeDevice[] }) {
  const t = useT(deviceTexts);
  const active = devices.filter((device) => device.status === 'active');
  const earlier = devices.filter((device) => device.status === 'revoked');
  return (
    <>
      <View className="muted">{t('devicesLead')}</View>
      {active.length > 0 ? (
        <Cells>
          {active.map((device) => (
            <Active key={device.deviceId} device={device} />
          ))}
        </Cells>
      ) : null}
      <LostPhone devices={devices} />
      {earlier.length > 0 ? (
        <View>
          <View className="section-head">
            <View className="h2">{t('earlier')}</View>
          </View>
          <Cells>
            {earlier.map((device) => (
              <Ended key={device.deviceId} device={device} />
            ))}
          </Cells>
        </View>
      ) : null}
    </>
  );
}

/** Stopping a phone does not stop who holds it unlocked: the way to report the cards that it showed. */
function LostPhone({ devices }: { devices: CodeDevice[] }) {
  const t = useT(deviceTexts);
  const cards = useCards();
  const cardName = useCardName();
  const shown = new Set(devices.map((device) => device.cardId));
  const working = (cards.data ?? []).filter((card) => card.status === 'active' && shown.has(card.cardId));
  if (working.length === 0) return null;
  return (
    <Notice tone="warn" title={t('lostTitle')}>
      <View className="stack stack--tight">
        <View>{t('lostText')}</View>
        {working.map(({ cardId }) => (
          <Button key={cardId} kind="danger-ghost" small onTap={() => go('card', { cardId })}>
            {t('reportLost', { card: cardName(cardId) })}
          </Button>
        ))}
      </View>
    </Notice>
  );
}

/** The card in words that one recognises: its name and the last digits. */
function useCardName(): (cardId: string) => string {
  const words = useT(cardsTexts);
  const t = useT(deviceTexts);
  const cards = useCards();
  return (cardId) => {
    const card = cards.data?.find((one) => one.cardId === cardId);
    const name = words(card?.kind === 'youth' ? 'youthCard' : 'talentCard');
    return card ? `${name} ${t('cardTail', { tail: card.number.slice(-4) })}` : name;
  };
}

function Active({ device }: { device: CodeDevice }) {
  const t = useT(deviceTexts);
  const dates = useDates();
  const locale = useLocale((state) => state.locale);
  const cardName = useCardName();
  const card = cardName(device.cardId);
  const { submit, pending, error } = useSubmit(revokeCodeDevice);
  const title = t('revokeTitle', { device: device.label });
  const revoke = async () => {
    const sure = await confirm({
      title,
      text: t('revokeText', { card }),
      action: t('revoke'),
      danger: true,
    });
    if (sure && (await submit(device))) toast(t('revoked'));
  };
  return (
    <View>
      <Cell
        icon="device"
        title={device.label}
        note={
          <>
            <View>
              {t('deviceSince', {
                card,
                start: dates.day(device.enrolledAt),
                last: dates.recent(device.lastRenewedAt),
              })}
            </View>
            <View className="row" style={{ gap: '8px', marginTop: '4px', flexWrap: 'wrap' }}>
              <Badge tone="ok">{t('deviceActive')}</Badge>
              {keptDeviceId(device.cardId) === device.deviceId ? <Badge>{t('thisPhone')}</Badge> : null}
            </View>
          </>
        }
        end={
          <Button kind="danger-ghost" small pending={pending} label={title} onTap={() => void revoke()}>
            {t('revoke')}
          </Button>
        }
      />
      {error ? (
        <Notice tone="danger" alert>
          {explain(error, locale)}
        </Notice>
      ) : null}
    </View>
  );
}

function Ended({ device }: { device: CodeDevice }) {
  const t = useT(deviceTexts);
  const dates = useDates();
  const cardName = useCardName();
  return (
    <Cell
      icon="device"
      title={device.label}
      note={t('deviceEnded', {
        card: cardName(device.cardId),
        end: device.revokedAt ? dates.day(device.revokedAt) : '',
      })}
      end={<Badge tone="quiet">{t('deviceRevoked')}</Badge>}
    />
  );
}
