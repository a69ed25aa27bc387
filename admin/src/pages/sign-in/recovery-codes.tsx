import { DownloadOutlined } from '@ant-design/icons';
import { Alert, Button, Checkbox } from 'antd';
import { useState } from 'react';
import { CopyButton, saveText } from '../../components/copy.js';
import { useText } from '../../i18n/index.js';
import { signInTexts } from '../../i18n/sign-in.js';

/** Codes that are shown this once. Going on needs the word that they were kept. */
export function RecoveryCodes({
  codes,
  username,
  onKept,
}: {
  codes: readonly string[];
  username: string;
  onKept: () => void;
}) {
  const t = useText(signInTexts);
  const [kept, setKept] = useState(false);
  const asText = `${t('codesFileTitle', { username })}\n\n${codes.join('\n')}\n`;
  return (
    <div className="stack">
      <p>{t('codesLead')}</p>
      <div className="codes">
        {codes.map((code) => (
          <span key={code}>{code}</span>
        ))}
      </div>
      <Alert type="warning" showIcon title={t('codesSecret')} />
      <div className="row wrap">
        <CopyButton text={codes.join('\n')} label={t('copyCodes')} />
        <Button
          icon={<DownloadOutlined aria-hidden />}
          onClick={() => saveText(`recovery-codes-${username}.txt`, asText)}
        >
          {t('downloadCodes')}
        </Button>
      </div>
      <Checkbox checked={kept} onChange={(event) => setKept(event.target.checked)}>
        {t('codesKept')}
      </Checkbox>
      <Button type="primary" size="large" block disabled={!kept} onClick={onKept}>
        {t('goOn')}
      </Button>
    </div>
  );
}
