import type { ReactNode } from 'react';
import { DisplayTools } from '../../components/display-tools.js';
import { Waves } from '../../components/waves.js';
import { commonTexts } from '../../i18n/common.js';
import { useText } from '../../i18n/index.js';
import { signInTexts } from '../../i18n/sign-in.js';

/** The frame of every page before the console opens. */
export function Door({ children, below }: { children: ReactNode; below?: ReactNode }) {
  const t = useText(signInTexts);
  const c = useText(commonTexts);
  return (
    <div className="door">
      <div className="sea">
        <Waves width={640} height={900} lines={14} from={0.5} gap={0.026} />
        <div>
          <b className="serif door-name">{c('product')}</b>
          <span>{c('console')}</span>
        </div>
        <div>
          <p className="door-promise">{t('promise')}</p>
        </div>
      </div>
      <div className="form">
        <div className="corner">
          <DisplayTools />
        </div>
        <main className="box">{children}</main>
        {below ? <div className="box">{below}</div> : null}
        <div className="balance" />
      </div>
    </div>
  );
}
