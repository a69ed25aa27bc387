import { View } from '@tarojs/components';
import { create } from 'zustand';
import { commonTexts } from '@/i18n/common';
import { useT } from '@/platform/i18n';
import { currentUrl, go } from '@/platform/navigation';
import {
  AGREE_BUTTON_ID,
  agreeToPrivacy,
  openPrivacyContract,
  refusePrivacy,
  usePrivacy,
} from '@/platform/privacy';
import { a11y } from './a11y';
import { Button } from './button';
import { Dialog } from './dialog';

export interface Question {
  /** Names the thing: "把英才卡 3710 0821 … 挂失？", never "确定吗？". */
  title: string;
  text?: string;
  /** What happens, as a verb: "挂失". */
  action: string;
  danger?: boolean;
  /** What happens otherwise, where "取消" would be misread: "保留预约". */
  dismiss?: string;
}

interface OverlayState {
  /** With the page it was asked on. */
  question: (Question & { page: string; answer: (yes: boolean) => void }) | null;
  /** With the page it belongs to; null until the next one comes. */
  toast: { text: string; number: number; page: string | null } | null;
}
const useOverlay = create<OverlayState>(() => ({ question: null, toast: null }));

/** Asks before something that matters; resolves to whether the person said yes. */
export function confirm(question: Question): Promise<boolean> {
  return new Promise((resolve) => {
    useOverlay.getState().question?.answer(false);
    useOverlay.setState({
      question: {
        ...question,
        page: currentUrl(),
        answer: (yes) => {
          useOverlay.setState({ question: null });
          resolve(yes);
        },
      },
    });
  });
}

const TOAST_MS = 3200;
let toasts = 0;

/**
 * Says in passing that something has been done. What needs acting on is never only a toast. It goes with the page it
 * was said on, unless `crossing`: then the page that follows shows it, as where saying it leads on.
 */
export function toast(text: string, { crossing = false } = {}): void {
  toasts += 1;
  const number = toasts;
  useOverlay.setState({ toast: { text, number, page: crossing ? null : currentUrl() } });
  setTimeout(() => {
    if (useOverlay.getState().toast?.number === number) useOverlay.setState({ toast: null });
  }, TOAST_MS);
}

/** A page has come to the front: what was said or asked on another one does not belong to it. */
export function pageComesToFront(): void {
  const { question, toast: told } = useOverlay.getState();
  const page = currentUrl();
  if (question && question.page !== page) question.answer(false);
  if (!told || told.page === page) return;
  useOverlay.setState({ toast: told.page === null ? { ...told, page } : null });
}

/** Dialog, toast and WeChat's privacy popup; `Page` draws it once, on the page in front. */
export function Overlay() {
  const t = useT(commonTexts);
  const { question, toast: told } = useOverlay();
  return (
    <>
      {question ? (
        <Dialog title={question.title} onClose={() => question.answer(false)}>
          {question.text ? <View className="dialog__text">{question.text}</View> : null}
          <View className="dialog__acts btns">
            <Button kind={question.danger ? 'danger' : 'primary'} onTap={() => question.answer(true)}>
              {question.action}
            </Button>
            <Button kind="ghost" onTap={() => question.answer(false)}>
              {question.dismiss ?? t('cancel')}
            </Button>
          </View>
        </Dialog>
      ) : null}
      {told ? (
        <View className="toast" {...a11y({ role: 'status', live: 'polite' })}>
          <View className="toast__in">{told.text}</View>
        </View>
      ) : null}
      <PrivacyPopup />
    </>
  );
}

function PrivacyPopup() {
  const t = useT(commonTexts);
  const open = usePrivacy((state) => state.answer !== null);
  if (!open) return null;
  return (
    <Dialog title={t('privacyTitle')} onClose={refusePrivacy}>
      <View className="dialog__text">{t('privacyText')}</View>
      <Button
        kind="text"
        onTap={() => {
          void openPrivacyContract().then((opened) => {
            if (!opened) go('help');
          });
        }}
      >
        {t('privacyContract')}
      </Button>
      <View className="dialog__acts btns">
        <Button
          native={{
            id: AGREE_BUTTON_ID,
            openType: 'agreePrivacyAuthorization',
            onAgreePrivacyAuthorization: agreeToPrivacy,
          }}
        >
          {t('agree')}
        </Button>
        <Button kind="ghost" onTap={refusePrivacy}>
          {t('refuse')}
        </Button>
      </View>
    </Dialog>
  );
}
