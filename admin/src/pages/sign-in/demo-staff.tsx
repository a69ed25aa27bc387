import { zoneName } from '@talent-card/shared/accounts/districts';
import { ROLE_NAMES } from '@talent-card/shared/accounts/permissions';
import { sandboxRoutes } from '@talent-card/shared/accounts/routes';
import type { SandboxTotp } from '@talent-card/shared/accounts/schema';
import { useEffect, useState } from 'react';
import { commonTexts } from '../../i18n/common.js';
import { useLocalized, useText } from '../../i18n/index.js';
import { signInTexts } from '../../i18n/sign-in.js';
import { useRead } from '../../services/query.js';

/** The demo accounts with their codes of now. Outside the sandbox the route does not exist, and nothing is shown. */
export function useDemoCodes() {
  return useRead(
    sandboxRoutes.staffCodes,
    {},
    {
      staleTime: 0,
      refetchInterval: (codes) => (codes ? Math.max(codes.secondsLeft, 1) * 1000 : false),
    },
  );
}

interface Props {
  picked: string | null;
  /** Who has given the password and needs a code now. */
  signingIn: string | null;
  onPick: (account: SandboxTotp['items'][number]) => void;
}

export function DemoStaff({ picked, signingIn, onPick }: Props) {
  const t = useText(signInTexts);
  const c = useText(commonTexts);
  const demo = useDemoCodes();
  if (!demo.data || demo.data.items.length === 0) return null;
  const account = demo.data.items.find((item) => item.username === signingIn);
  if (signingIn !== null && !account) return null;
  return (
    <section className="demo-staff" aria-label={t('demoTitle')}>
      <div className="row">
        <strong>{t('demoTitle')}</strong>
        <span className="chip gold">{c('demo')}</span>
      </div>
      {account ? (
        <CurrentCode code={account.code} until={demo.dataUpdatedAt + demo.data.secondsLeft * 1000} />
      ) : (
        <AccountChoice accounts={demo.data.items} picked={picked} onPick={onPick} />
      )}
    </section>
  );
}

function CurrentCode({ code, until }: { code: string; until: number }) {
  const t = useText(signInTexts);
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  const seconds = Math.max(0, Math.ceil((until - now) / 1000));
  return <p className="num">{t('demoCode', { code, seconds })}</p>;
}

function AccountChoice({
  accounts,
  picked,
  onPick,
}: { accounts: SandboxTotp['items'] } & Pick<Props, 'picked' | 'onPick'>) {
  const t = useText(signInTexts);
  const localized = useLocalized();
  return (
    <>
      <p className="small quiet">{t('demoLead')}</p>
      <ul>
        {accounts.map((account) => (
          <li key={account.username}>
            <button type="button" onClick={() => onPick(account)} aria-pressed={picked === account.username}>
              <span>
                {account.displayName}
                <span className="small quiet" style={{ display: 'block' }}>
                  {account.username}
                </span>
              </span>
              <span className="small quiet">
                {localized(ROLE_NAMES[account.role])} · {localized(zoneName(account.zoneCode))}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}
