import Taro from '@tarojs/taro';
import { create } from 'zustand';

type Answer = { event: 'agree' | 'disagree' | 'exposureAuthorization'; buttonId?: string };

interface PrivacyState {
  /** Set while WeChat waits for an answer; the popup is open then. */
  answer: ((answer: Answer) => void) | null;
  /** Whether the last answer was a refusal: pages explain what does not work without it. */
  refused: boolean;
}

export const usePrivacy = create<PrivacyState>(() => ({ answer: null, refused: false }));

export const AGREE_BUTTON_ID = 'privacy-agree';

/** WeChat asks here before it lets a private interface run; h5 has no such step. */
export function watchPrivacyRequests(): void {
  if (process.env.TARO_ENV !== 'weapp') return;
  const register = (
    Taro as { onNeedPrivacyAuthorization?: (ask: (resolve: (a: Answer) => void) => void) => void }
  ).onNeedPrivacyAuthorization;
  register?.((resolve) => {
    resolve({ event: 'exposureAuthorization' });
    usePrivacy.setState({ answer: resolve });
  });
}

export function agreeToPrivacy(): void {
  usePrivacy.getState().answer?.({ event: 'agree', buttonId: AGREE_BUTTON_ID });
  usePrivacy.setState({ answer: null, refused: false });
}

export function refusePrivacy(): void {
  usePrivacy.getState().answer?.({ event: 'disagree' });
  usePrivacy.setState({ answer: null, refused: true });
}

/** Opens the contract that WeChat keeps for this mini-program; false where there is none to open. */
export function openPrivacyContract(): Promise<boolean> {
  return new Promise((resolve) => {
    if (process.env.TARO_ENV !== 'weapp') resolve(false);
    else Taro.openPrivacyContract({ success: () => resolve(true), fail: () => resolve(false) });
  });
}
