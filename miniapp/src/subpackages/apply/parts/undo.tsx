import { View } from '@tarojs/components';
import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react';
import { applyTexts } from '@/i18n/apply';
import { useT } from '@/platform/i18n';
import { a11y } from '@/ui';

const UNDO_MS = 7000;

interface Offer {
  text: string;
  undo: () => void;
  /** What happens once it can no longer be undone. */
  settle?: () => void;
}

/** Offers to take back what was just done; it becomes final after some seconds, with the next offer, or on leaving. */
export function useUndo(): { offer: (offer: Offer) => void; bar: ReactNode } {
  const t = useT(applyTexts);
  const [shown, setShown] = useState<Offer | null>(null);
  const open = useRef<{ offer: Offer; timer: ReturnType<typeof setTimeout> } | null>(null);

  const end = useCallback((undone: boolean) => {
    const ending = open.current;
    if (!ending) return;
    open.current = null;
    clearTimeout(ending.timer);
    setShown(null);
    if (undone) ending.offer.undo();
    else ending.offer.settle?.();
  }, []);
  useEffect(() => () => end(false), [end]);

  return {
    offer: (offer) => {
      end(false);
      open.current = { offer, timer: setTimeout(() => end(false), UNDO_MS) };
      setShown(offer);
    },
    bar: shown ? (
      <View className="ap-undo" {...a11y({ role: 'status', live: 'polite' })}>
        <View className="ap-undo__in">
          <View className="grow">{shown.text}</View>
          <View
            className="ap-undo__act"
            onClick={() => end(true)}
            {...a11y({ role: 'button', focusable: true, label: t('undo') })}
          >
            {t('undo')}
          </View>
        </View>
      </View>
    ) : null,
  };
}
