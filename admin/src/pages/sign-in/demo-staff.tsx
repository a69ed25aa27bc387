import { zoneName } from '@talent-card/shared/accounts/districts';
import { ROLE_NAMES } from '@talent-card/shared/accounts/permissions';
import { sandboxRoutes } from '@talent-card/shared/accounts/routes';
import type { SandboxTotp } from '@talent-card/shared/accounts/schema';
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
  codes: boolean;
  onPick: (account: SandboxTotp['items'][number]) => void;
}

export function DemoStaff({ picked, codes, onPick }: Props) {
  const t = useText(signInTexts);
  const c = useText(commonTexts);
  const localized = useLocalized();
  const demo = useDemoCodes();
  if (!demo.data || demo.data.items.length === 0) return null;
  return (
    <section className="demo-staff" aria-label={t('demoTitle')}>
      <div className="row">
        <strong>{t('demoTitle')}</strong>
        <span className="chip gold">{c('demo')}</span>
      </div>
      <p className="small quiet">{t('demoLead')}</p>
      <ul>
        {demo.data.items.map((account) => (
          <li key={account.username}>
            <button
              type="button"
              onClick={() => onPick(account)}
              aria-pressed={picked === account.username}
              disabled={codes}
            >
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
    </section>
  );
}
