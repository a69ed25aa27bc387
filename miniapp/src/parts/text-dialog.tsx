import { View } from '@tarojs/components';
import { useState } from 'react';
import { commonTexts } from '@/i18n/common';
import { explain } from '@/i18n/errors';
import { useLocale, useT } from '@/platform/i18n';
import { Button, Dialog, Notice, Textarea } from '@/ui';
import { useTypedDraft } from './typed-draft';

const LEAST = 2;

export interface TextDialogProps {
  /** Under which what is typed is kept until it is sent. */
  name: string;
  title: string;
  label: string;
  hint?: string;
  /** Said when it is sent with too few words. */
  tooShort: string;
  action: string;
  most?: number;
  /** Resolves to whether it has been sent. */
  onSend: (text: string) => Promise<boolean>;
  onClose: () => void;
  pending: boolean;
  error: unknown;
}

/** A few words to an office: kept while they are typed, gone once they are sent. */
export function TextDialog(props: TextDialogProps) {
  const { name, title, label, hint, tooShort, action, most = 500, onSend, onClose, pending, error } = props;
  const common = useT(commonTexts);
  const locale = useLocale((state) => state.locale);
  const [text, setText, forget] = useTypedDraft(name, '');
  const [short, setShort] = useState(false);
  const send = async () => {
    const words = text.trim();
    setShort(words.length < LEAST);
    if (words.length < LEAST) return;
    if (await onSend(words)) {
      forget();
      onClose();
    }
  };
  return (
    <Dialog title={title} onClose={onClose}>
      <View className="stack dialog__form">
        <Textarea
          label={label}
          {...(hint ? { hint } : {})}
          value={text}
          maxLength={most}
          onChange={setText}
          error={short && text.trim().length < LEAST ? tooShort : null}
        />
        {error ? (
          <Notice tone="danger" alert>
            {explain(error, locale)}
          </Notice>
        ) : null}
      </View>
      <View className="dialog__acts btns">
        <Button pending={pending} onTap={() => void send()}>
          {action}
        </Button>
        <Button kind="ghost" disabled={pending} onTap={onClose}>
          {common('cancel')}
        </Button>
      </View>
    </Dialog>
  );
}
