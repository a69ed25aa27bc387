import { View } from '@tarojs/components';
import { useEffect, useRef, useState } from 'react';
import { staffTexts } from '@/i18n/staff';
import { useT } from '@/platform/i18n';
import { Button, Card, Input, Notice } from '@/ui';

export interface ScannerProps {
  onCode: (code: string) => void;
  pending: boolean;
  /** The clerk has just asked for the next code. */
  atOnce: boolean;
}

interface Detector {
  detect(source: HTMLVideoElement): Promise<{ rawValue: string }[]>;
}
type DetectorClass = new (options: { formats: string[] }) => Detector;

/** The browser's own reader of codes; Chrome has one on phones and on macOS. */
function detectorClass(): DetectorClass | undefined {
  const known = (globalThis as { BarcodeDetector?: DetectorClass }).BarcodeDetector;
  return typeof navigator !== 'undefined' && navigator.mediaDevices ? known : undefined;
}

/** In a browser: a desk scanner types the code, and where the browser can read codes the camera does. */
export function Scanner({ onCode, pending }: ScannerProps) {
  const t = useT(staffTexts);
  const [typed, setTyped] = useState('');
  const [camera, setCamera] = useState(false);
  const look = () => {
    const code = typed.trim();
    if (!code || pending) return;
    setTyped('');
    onCode(code);
  };
  return (
    <Card>
      <View className="stack">
        <Input
          first
          label={t('deskInput')}
          value={typed}
          onChange={setTyped}
          onEnter={look}
          maxLength={2000}
          keyboard="text"
        />
        <Button icon="scan" pending={pending} disabled={typed.trim() === ''} onTap={look}>
          {t(pending ? 'looking' : 'deskLook')}
        </Button>
        {detectorClass() && !pending ? (
          <Button kind="ghost" onTap={() => setCamera((on) => !on)}>
            {t(camera ? 'cameraStop' : 'camera')}
          </Button>
        ) : null}
        {camera && !pending ? <Camera onCode={onCode} /> : null}
      </View>
    </Card>
  );
}

const LOOK_EVERY_MS = 250;

function stop(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

function Camera({ onCode }: { onCode: (code: string) => void }) {
  const t = useT(staffTexts);
  const video = useRef<HTMLVideoElement>(null);
  const [refused, setRefused] = useState(false);
  // The camera stays open while the page is drawn anew.
  const told = useRef(onCode);
  told.current = onCode;
  useEffect(() => {
    const Reader = detectorClass();
    const picture = video.current;
    if (!Reader || !picture) return;
    const reader = new Reader({ formats: ['qr_code'] });
    let over = false;
    let stream: MediaStream | null = null;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const read = async () => {
      const [found] = await reader.detect(picture).catch(() => []);
      if (over) return;
      if (found) told.current(found.rawValue);
      else timer = setTimeout(() => void read(), LOOK_EVERY_MS);
    };
    navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } }).then(
      async (opened) => {
        stream = opened;
        if (over) return stop(opened);
        picture.srcObject = opened;
        await picture.play();
        await read();
      },
      () => setRefused(true),
    );
    return () => {
      over = true;
      clearTimeout(timer);
      if (stream) stop(stream);
    };
  }, []);
  if (refused) return <Notice tone="warn">{t('cameraRefused')}</Notice>;
  return <video ref={video} className="window-camera" playsInline muted aria-label={t('cameraFrame')} />;
}
