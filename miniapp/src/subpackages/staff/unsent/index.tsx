import { View } from '@tarojs/components';
import Taro, { useDidShow } from '@tarojs/taro';
import { useState } from 'react';
import '../staff.scss';
import { explain } from '@/i18n/errors';
import { staffTexts, verdictTitles } from '@/i18n/staff';
import { useDates, useLocale, useLocalized, useT } from '@/platform/i18n';
import { back } from '@/platform/navigation';
import { Badge, Button, Card, Cell, Cells, confirm, Empty, Notice, Page, type Tone, toast } from '@/ui';
import { HandedIn } from '../handed-in';
import { discard, type QueuedUse, type SyncedUse, stuckUses, syncNow, useQueue } from '../queue';

/** What this phone has let in and not sent, and what became of what it has sent. */
export default function Unsent() {
  const t = useT(staffTexts);
  return (
    <Page title={t('unsentTitle')}>
      <Content />
    </Page>
  );
}

function Content() {
  const t = useT(staffTexts);
  const locale = useLocale((state) => state.locale);
  const { unsent, results, syncing, failed } = useQueue();
  const stuck = stuckUses({ unsent, failed });
  useDidShow(() => {
    if (useQueue.getState().unsent.length > 0) void syncNow();
  });
  const sync = async () => {
    if (await syncNow()) toast(t('synced'));
  };
  if (unsent.length === 0 && results.length === 0) {
    return (
      <Empty
        title={t('unsentEmpty')}
        text={t('unsentEmptyText')}
        action={{ label: t('back'), onTap: back }}
      />
    );
  }
  return (
    <>
      <View className="split">
        <View className="grow">
          <View className="h1">
            {unsent.length > 0 ? t('unsentCount', { n: unsent.length }) : t('allSent')}
          </View>
          <View className="muted">{t('unsentLead')}</View>
        </View>
      </View>
      <HandedIn />
      {failed && unsent.length > 0 ? (
        <Notice tone="warn" alert>
          {explain(failed, locale)}
        </Notice>
      ) : null}
      {stuck.length > 0 ? <Stuck uses={stuck} /> : null}
      {unsent.length > 0 ? (
        <>
          <Button icon="refresh" pending={syncing} onTap={() => void sync()}>
            {t('syncNow')}
          </Button>
          <Cells>
            {unsent.map((one) => (
              <Waiting key={one.use.clientUseId} one={one} />
            ))}
          </Cells>
        </>
      ) : null}
      {results.length > 0 ? (
        <View>
          <View className="section-head">
            <View className="h2">{t('results')}</View>
          </View>
          <Cells>
            {results.map((one) => (
              <Result key={one.clientUseId} one={one} />
            ))}
          </Cells>
        </View>
      ) : null}
    </>
  );
}

/** What can never be sent is handed over in another way, so that nobody is tied to the phone for ever. */
function Stuck({ uses }: { uses: QueuedUse[] }) {
  const t = useT(staffTexts);
  const [copied, setCopied] = useState(false);
  const n = uses.length;
  const copy = async () => {
    await Taro.setClipboardData({ data: JSON.stringify(uses.map(({ use }) => use)) });
    setCopied(true);
    toast(t('copied'));
  };
  const remove = async () => {
    const sure = await confirm({
      title: t('discardTitle', { n }),
      text: t('discardText'),
      action: t('discard'),
      danger: true,
    });
    if (sure) discard(uses);
  };
  return (
    <Card>
      <View className="stack">
        <View className="h2">{t('stuckTitle', { n })}</View>
        <View className="muted">{t('stuckText')}</View>
        <Button kind="ghost" onTap={() => void copy()}>
          {t('copyList')}
        </Button>
        <Button kind="danger-ghost" disabled={!copied} onTap={() => void remove()}>
          {t('discard')}
        </Button>
      </View>
    </Card>
  );
}

function Waiting({ one }: { one: QueuedUse }) {
  const t = useT(staffTexts);
  const dates = useDates();
  const localized = useLocalized();
  return (
    <Cell
      title={`${one.maskedName} · ${localized(one.channel)}`}
      note={
        <>
          <View>
            {dates.recent(one.use.at)}
            {one.use.companions > 0 ? ` · ${t('party', { n: 1 + one.use.companions })}` : ''}
          </View>
          {one.rejected ? <View className="due__why">{t('rejected')}</View> : null}
        </>
      }
    />
  );
}

const TONES: Record<SyncedUse['outcome'], Tone> = { counted: 'ok', 'to-settle': 'warn', refused: 'danger' };

function Result({ one }: { one: SyncedUse }) {
  const t = useT(staffTexts);
  const titles = useT(verdictTitles);
  const dates = useDates();
  const localized = useLocalized();
  return (
    <Cell
      title={`${one.maskedName} · ${localized(one.channel)}`}
      note={
        <>
          <View>{dates.recent(one.at)}</View>
          {one.outcome === 'counted' ? null : <View className="due__why">{titles(one.verdict)}</View>}
        </>
      }
      end={<Badge tone={TONES[one.outcome]}>{t(`outcome-${one.outcome}`)}</Badge>}
    />
  );
}
