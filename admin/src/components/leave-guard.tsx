import { Modal } from 'antd';
import { useEffect, useRef } from 'react';
import { useBlocker } from 'react-router';
import { commonTexts } from '../i18n/common.js';
import { useText } from '../i18n/index.js';

/** Asks before what was typed and not saved is left behind. `release` lets the next step pass. */
export function useLeaveGuard(dirty: boolean) {
  const t = useText(commonTexts);
  const guarded = useRef(dirty);
  guarded.current = dirty;
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) =>
      guarded.current && currentLocation.pathname !== nextLocation.pathname,
  );
  useEffect(() => {
    if (!dirty) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [dirty]);
  return {
    release: () => {
      guarded.current = false;
    },
    dialog: (
      <Modal
        open={blocker.state === 'blocked'}
        title={t('leaveTitle')}
        okText={t('leave')}
        cancelText={t('stay')}
        okButtonProps={{ danger: true }}
        onOk={() => blocker.proceed?.()}
        onCancel={() => blocker.reset?.()}
      >
        {t('leaveText')}
      </Modal>
    ),
  };
}
