import { App, Modal } from 'antd';
import { useEffect, useRef } from 'react';
import { useBlocker } from 'react-router';
import { commonTexts } from '../i18n/common.js';
import { useText } from '../i18n/index.js';

/**
 * Asks before what was typed and not saved is left behind. `release` lets the next step pass. With `tabs` another tab
 * of the same page is away too: for a form that goes with its tab.
 */
export function useLeaveGuard(dirty: boolean, { tabs = false }: { tabs?: boolean } = {}) {
  const t = useText(commonTexts);
  const guarded = useRef(dirty);
  guarded.current = dirty;
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) =>
      guarded.current &&
      (currentLocation.pathname !== nextLocation.pathname ||
        (tabs && tabOf(currentLocation.search) !== tabOf(nextLocation.search))),
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

const tabOf = (search: string) => new URLSearchParams(search).get('tab');

/**
 * For a dialog: its cross, Escape and the button that leaves ask first, once something is typed that would be lost.
 * @returns what to close by, in place of `onClose`
 */
export function useCloseGuard(isTyped: () => boolean, onClose: () => void): () => void {
  const t = useText(commonTexts);
  const { modal } = App.useApp();
  return () => {
    if (!isTyped()) {
      onClose();
      return;
    }
    modal.confirm({
      title: t('closeTitle'),
      content: t('closeText'),
      okText: t('closeOk'),
      okButtonProps: { danger: true },
      cancelText: t('stay'),
      onOk: onClose,
    });
  };
}
