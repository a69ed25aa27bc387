import { Image, View } from '@tarojs/components';
import { useMemo } from 'react';
import { cardsTexts } from '@/i18n/cards';
import { codeTexts } from '@/i18n/code';
import { explain } from '@/i18n/errors';
import { useDates, useLocale, useT } from '@/platform/i18n';
import { go, replace } from '@/platform/navigation';
import { pageUrl } from '@/platform/pages';
import { useSession } from '@/platform/session';
import { type KeptCard, stateToday } from '@/services/kept-cards';
import { a11y, Badge, Button, DemoMark } from '@/ui';
import { Paper, PaperState } from './paper';
import { qrUri } from './qr';
import { type CodeOnScreen, type ShownNow, useCode } from './use-code';

/** One card: its code while it is in force, else the reason why there is none. */
export function CardCode({ card }: { card: KeptCard }) {
  const state = stateToday(card);
  return state === 'active' ? <InForce card={card} /> : <NotInForce card={card} state={state} />;
}

function NotInForce({
  card,
  state,
}: {
  card: KeptCard;
  state: 'suspended' | 'lost' | 'revoked' | 'expired';
}) {
  const t = useT(codeTexts);
  const over = state === 'revoked' || state === 'expired';
  const open = { label: t('openCard'), onTap: () => go('card', { cardId: card.cardId }) };
  const apply = { label: t('apply'), onTap: () => go('apply') };
  return (
    <Paper>
      <Who card={card} />
      <PaperState
        warn
        icon="lock"
        title={t(`state-${state}`)}
        text={t(`stateText-${state}`)}
        action={over ? apply : open}
        {...(over ? { other: open } : {})}
      />
    </Paper>
  );
}

function InForce({ card }: { card: KeptCard }) {
  const code = useCode(card.cardId);
  return code.state.kind === 'code' ? (
    <>
      <Drawn card={card} shown={code.state} secondsLeft={code.secondsLeft} left={code.left} />
      <Reminders shown={code.state} cardId={card.cardId} />
    </>
  ) : (
    <Paper>
      <Who card={card} />
      <InTheWay card={card} code={code} />
    </Paper>
  );
}

function Who({ card, valid = false }: { card: KeptCard; valid?: boolean }) {
  const words = useT(cardsTexts);
  return (
    <View className="paper__who">
      <View className="paper__name">{card.maskedName}</View>
      {card.cardClass ? <Badge tone="gold">{words('class', { class: card.cardClass })}</Badge> : null}
      {valid ? <Badge tone="ok">● {words('state-active')}</Badge> : null}
      {card.demo ? <DemoMark /> : null}
    </View>
  );
}

interface DrawnProps {
  card: KeptCard;
  shown: ShownNow;
  secondsLeft: number;
  left: number;
}
function Drawn({ card, shown, secondsLeft, left }: DrawnProps) {
  const t = useT(codeTexts);
  const picture = useMemo(() => qrUri(shown.content), [shown.content]);
  return (
    <Paper>
      <Who card={card} valid />
      <View className="paper__qr" {...a11y({ role: 'img', label: t('picture', { name: card.maskedName }) })}>
        <View className="paper__square" />
        <Image className="paper__picture" src={picture} mode="scaleToFill" {...a11y({ hidden: true })} />
      </View>
      <View
        className="ring"
        style={{
          background: `conic-gradient(#0F4C81 ${(left * 360).toFixed(0)}deg, #E3EAF0 0deg)`,
        }}
        {...a11y({ hidden: true })}
      >
        <View className="ring__in">{secondsLeft}</View>
      </View>
      <View className="paper__refresh">{t('refreshIn', { n: secondsLeft })}</View>
      <View className="small">{t(shown.online ? 'onlineOnly' : 'offlineFine')}</View>
    </Paper>
  );
}

/** Below the code: how to hold it, and what will need doing before it ends. */
function Reminders({ shown, cardId }: { shown: ShownNow; cardId: string }) {
  const t = useT(codeTexts);
  const dates = useDates();
  const signedIn = useSession((state) => state.session !== null);
  const aim = <View className="code-aim">{t(process.env.TARO_ENV === 'h5' ? 'aimBrowser' : 'aim')}</View>;
  if (!shown.endsAt || shown.online) return aim;
  const day = dates.moment(shown.endsAt);
  return (
    <>
      {aim}
      <View className="code-note">
        <View className="grow">{t(signedIn ? 'endsSoon' : 'sessionOver', { day })}</View>
        {signedIn ? null : (
          <Button small onTap={() => go('signIn', { next: pageUrl('code', { cardId }) })}>
            {t('signInAgain')}
          </Button>
        )}
      </View>
    </>
  );
}

/** Why there is no code now, and what to do. */
function InTheWay({ card, code }: { card: KeptCard; code: CodeOnScreen }) {
  const t = useT(codeTexts);
  const dates = useDates();
  const locale = useLocale((state) => state.locale);
  const { state, retry, useThisPhone, showOnline } = code;
  const again = { label: t('retry'), onTap: retry };
  const signIn = () => replace('signIn', { next: pageUrl('code', { cardId: card.cardId }) });
  const browser = process.env.TARO_ENV === 'h5';
  switch (state.kind) {
    case 'code':
    case 'making':
      return <PaperState busy icon="code" title={t('making')} text={t('makingText')} />;
    case 'other-phone':
      return (
        <PaperState
          icon="device"
          title={t('otherTitle')}
          text={t('otherText', { device: state.device.label, day: dates.day(state.device.enrolledAt) })}
          action={{ label: t('useThisPhone'), onTap: useThisPhone, pending: state.pending }}
          {...(browser ? { other: { label: t('showOnline'), onTap: showOnline } } : {})}
        />
      );
    case 'fresh-sign-in':
      return (
        <PaperState
          icon="shield"
          title={t('freshTitle')}
          text={t('freshText')}
          action={{ label: t('signInAgain'), onTap: signIn }}
        />
      );
    case 'no-network': {
      const words = state.before ? 'noNetworkAgain' : 'noNetworkFirst';
      const shown = state.online ? 'noNetworkOnline' : words;
      return <PaperState warn icon="offline" title={t(shown)} text={t(`${shown}Text`)} action={again} />;
    }
    case 'signed-out':
      return (
        <PaperState
          icon="lock"
          title={t('signedOutTitle')}
          text={t('signedOutText')}
          action={{ label: t('signInAgain'), onTap: signIn }}
        />
      );
    case 'revoked':
      return (
        <PaperState
          warn
          icon="lock"
          title={t('revokedTitle')}
          text={t('revokedText')}
          action={{ label: t('startAgain'), onTap: retry }}
        />
      );
    case 'failed':
      return (
        <PaperState
          warn
          icon="warn"
          title={t('failedTitle')}
          text={explain(state.error, locale)}
          action={again}
        />
      );
  }
}
