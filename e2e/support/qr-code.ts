import type { Locator } from 'playwright-core';
import decodeQR from 'qr/decode.js';

/** What a scanner reads from a QR code on the screen. */
export async function scan(picture: Locator): Promise<string> {
  const pixels = await picture.evaluate((image: HTMLImageElement) => {
    const side = 600;
    const canvas = document.createElement('canvas');
    canvas.width = side;
    canvas.height = side;
    const paper = canvas.getContext('2d');
    if (!paper) throw new Error('no canvas');
    paper.fillStyle = '#fff';
    paper.fillRect(0, 0, side, side);
    paper.drawImage(image, 30, 30, side - 60, side - 60);
    return { side, data: [...paper.getImageData(0, 0, side, side).data] };
  });
  const { side, data } = pixels;
  return decodeQR({ width: side, height: side, data: Uint8Array.from(data) });
}
