import Taro from '@tarojs/taro';
import { useCallback, useEffect, useRef, useState } from 'react';
import { staffTexts } from '@/i18n/staff';
import { useT } from '@/platform/i18n';
import { Button, Notice } from '@/ui';
import type { ScannerProps } from './scanner';

/** WeChat's own scanner, on a tap; or at once, where the clerk has just asked for the next code. */
export function Scanner({ onCode, pending, atOnce }: ScannerProps) {
  const t = useT(staffTexts);
  const [cancelled, setCancelled] = useState(false);
  const told = useRef(onCode);
  told.current = onCode;
  const scan = useCallback(async () => {
    setCancelled(false);
    try {
      const { result } = await Taro.scanCode({ onlyFromCamera: true, scanType: ['qrCode'] });
      if (result) told.current(result);
    } catch {
      // WeChat says no more than that nothing came of it: closed, or the camera was refused.
      setCancelled(true);
    }
  }, []);
  useEffect(() => {
    if (atOnce) void scan();
  }, [atOnce, scan]);
  return (
    <>
      <Button icon="scan" pending={pending} onTap={() => void scan()}>
        {t(pending ? 'looking' : 'scan')}
      </Button>
      {cancelled ? <Notice>{t('scanCancelled')}</Notice> : null}
    </>
  );
}
