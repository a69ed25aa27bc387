import { View } from '@tarojs/components';
import Taro from '@tarojs/taro';
import { type ChangeEvent, useId } from 'react';
import { applyTexts } from '@/i18n/apply';
import { useT } from '@/platform/i18n';
import { Button, Icon } from '@/ui';
import { ACCEPTED_EXTENSIONS, type PickedFile } from '../files-rules';

const MOST_AT_ONCE = 9;

export interface FilePickerProps {
  /** What the file is for, read out with the button. */
  name: string;
  onPick: (files: PickedFile[]) => void;
  /** The phone gave no access, or nothing that can be used. */
  onFailure: () => void;
}

/** Chooses pictures or PDFs: the browser's own dialog on h5, album, camera and chat files in WeChat. */
export function FilePicker(props: FilePickerProps) {
  return process.env.TARO_ENV === 'h5' ? <BrowserPicker {...props} /> : <WechatPicker {...props} />;
}

function BrowserPicker({ name, onPick }: FilePickerProps) {
  const t = useT(applyTexts);
  const id = useId();
  const pick = (event: ChangeEvent<HTMLInputElement>) => {
    const files = Array.from(event.target.files ?? []);
    // So that the same file can be chosen again after it failed.
    event.target.value = '';
    if (files.length > 0) {
      onPick(files.map((file) => ({ path: file.name, blob: file, name: file.name, sizeBytes: file.size })));
    }
  };
  return (
    <label className="btn btn--ghost ap-pick" htmlFor={id}>
      <input
        id={id}
        className="ap-pick__input"
        type="file"
        multiple
        accept="application/pdf,image/png,image/jpeg"
        aria-label={t('addTo', { action: t('addAny'), name })}
        onChange={pick}
      />
      <View className="btn__icon">
        <Icon name="upload" size={20} colour="sea" weight={1.8} />
      </View>
      {t('addAny')}
    </label>
  );
}

/** `wx.choose…` fails when somebody changes their mind; that is no failure. */
const changedMind = (failure: unknown): boolean =>
  /cancel/i.test((failure as { errMsg?: string } | null)?.errMsg ?? '');

function WechatPicker({ name, onPick, onFailure }: FilePickerProps) {
  const t = useT(applyTexts);
  const pick = async (choose: () => Promise<PickedFile[]>) => {
    try {
      const files = await choose();
      if (files.length > 0) onPick(files);
    } catch (failure) {
      if (!changedMind(failure)) onFailure();
    }
  };
  const photo = () =>
    pick(async () => {
      const { tempFiles } = await Taro.chooseMedia({
        count: MOST_AT_ONCE,
        mediaType: ['image'],
        sourceType: ['album', 'camera'],
        sizeType: ['original', 'compressed'],
      });
      return tempFiles.map((file) => ({
        path: file.tempFilePath,
        name: file.tempFilePath.split('/').pop() ?? 'photo.jpg',
        sizeBytes: file.size,
      }));
    });
  const chatFile = () =>
    pick(async () => {
      const { tempFiles } = await Taro.chooseMessageFile({
        count: MOST_AT_ONCE,
        type: 'file',
        extension: ACCEPTED_EXTENSIONS,
      });
      return tempFiles.map((file) => ({ path: file.path, name: file.name, sizeBytes: file.size }));
    });
  return (
    <View className="btns">
      <Button
        kind="ghost"
        icon="image"
        label={t('addTo', { action: t('addPhoto'), name })}
        onTap={() => void photo()}
      >
        {t('addPhoto')}
      </Button>
      <Button
        kind="ghost"
        icon="form"
        label={t('addTo', { action: t('addFile'), name })}
        onTap={() => void chatFile()}
      >
        {t('addFile')}
      </Button>
    </View>
  );
}
