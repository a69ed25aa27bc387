import { CONSENT_VERSIONS } from '@talent-card/shared/accounts/consent-versions';
import type { Persona } from '@talent-card/shared/accounts/schema';
import { View } from '@tarojs/components';
import Taro, { useRouter } from '@tarojs/taro';
import { useEffect } from 'react';
import { authTexts } from '@/i18n/auth';
import { explain } from '@/i18n/errors';
import { ApiError } from '@/platform/api-error';
import { useLocale, useLocalized, useT } from '@/platform/i18n';
import { continueTo, decoded, replace } from '@/platform/navigation';
import { queryClient } from '@/platform/query';
import { rememberPersona } from '@/platform/sandbox';
import { setWelcomed, useSession } from '@/platform/session';
import { useAction } from '@/platform/use-action';
import { loadMe, signIn, usePersonas } from '@/services/account';
import { Button, Cell, Cells, Icon, Loaded, Notice, Page, Skeleton } from '@/ui';

/** Signing in by WeChat, or as a demo person where WeChat is simulated; then back to where one wanted to go. */
export default function SignIn() {
  const t = useT(authTexts);
  const { params } = useRouter();
  const next = params.next ? decoded(params.next) : undefined;
  const agreed = useSession((state) => state.accountConsent === CONSENT_VERSIONS.account);
  useEffect(() => {
    if (!agreed) replace('consent', next ? { next } : {});
  }, [agreed, next]);
  return <Page title={t('signInTitle')}>{agreed ? <Ways {...(next ? { next } : {})} /> : <Skeleton />}</Page>;
}

function Ways({ next }: { next?: string }) {
  const t = useT(authTexts);
  const locale = useLocale((state) => state.locale);
  const personas = usePersonas();
  const endedBy = useSession((state) => state.endedBy);
  const entering = useAction(async (persona: Persona | null) => {
    await signIn(persona ? persona.code : (await Taro.login()).code);
    rememberPersona(persona);
    setWelcomed();
    const me = await queryClient.fetchQuery(loadMe);
    if (next) continueTo(next);
    else replace(me.person ? 'home' : 'realName');
  });
  return (
    <>
      <View>
        <View className="h1">{t('signInLead')}</View>
        {next ? <View className="muted">{t('signInReturn')}</View> : null}
      </View>
      {endedBy && !entering.error ? (
        <Notice tone="warn">{explain(new ApiError(endedBy), locale)}</Notice>
      ) : null}
      {entering.error ? (
        <Notice tone="danger" alert>
          {explain(entering.error, locale)}
        </Notice>
      ) : null}
      <Loaded query={personas} skeleton={<Skeleton rows={2} />}>
        {(people) =>
          people ? (
            <Personas
              people={people}
              entering={entering.input?.code ?? null}
              onChoose={(persona) => void entering.run(persona)}
            />
          ) : (
            <WeChat pending={entering.pending} onTap={() => void entering.run(null)} />
          )
        }
      </Loaded>
    </>
  );
}

function WeChat({ pending, onTap }: { pending: boolean; onTap: () => void }) {
  const t = useT(authTexts);
  if (process.env.TARO_ENV === 'h5') {
    return <Notice title={t('wechatOnly')}>{t('wechatOnlyText')}</Notice>;
  }
  return (
    <Button pending={pending} onTap={onTap}>
      {t('wechatSignIn')}
    </Button>
  );
}

interface PersonasProps {
  people: Persona[];
  /** Code of the person that is being signed in. */
  entering: string | null;
  onChoose: (persona: Persona) => void;
}
function Personas({ people, entering, onChoose }: PersonasProps) {
  const t = useT(authTexts);
  const localized = useLocalized();
  return (
    <View className="stack">
      <Notice tone="warn" title={t('sandboxTitle')}>
        {t('sandboxText')}
      </Notice>
      <Cells>
        {people.map((persona) => {
          const story = localized(persona.story);
          return (
            <Cell
              key={persona.code}
              icon="person"
              title={persona.name}
              note={story}
              label={t('signInAs', { name: persona.name, story })}
              onTap={() => onChoose(persona)}
              end={
                entering === persona.code ? (
                  <View className="spin" style={{ margin: 0 }} />
                ) : (
                  <Icon name="right" size={18} colour="ink-3" />
                )
              }
            />
          );
        })}
      </Cells>
    </View>
  );
}
