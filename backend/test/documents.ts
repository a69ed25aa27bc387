import sharp from 'sharp';

/** The smallest honest PDF; `extra` stands among its objects. */
export function pdf(extra = ''): Buffer {
  return Buffer.from(
    `%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>\nendobj\n${extra}\ntrailer\n<< /Root 1 0 R /Size 4 >>\nstartxref\n0\n%%EOF\n`,
    'latin1',
  );
}

/** A photograph 60 × 40, taken with the phone turned, that says where it was taken. */
export function photoWithPosition(): Promise<Buffer> {
  return sharp({ create: { width: 60, height: 40, channels: 3, background: '#0F4C81' } })
    .withExif({
      IFD0: { Make: 'PhoneMaker', Orientation: '6' },
      IFD3: {
        GPSLatitudeRef: 'N',
        GPSLatitude: '37/1 30/1 0/1',
        GPSLongitudeRef: 'E',
        GPSLongitude: '122/1 7/1 0/1',
      },
    })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer();
}

export function png(width = 8, height = 8): Promise<Buffer> {
  return sharp({ create: { width, height, channels: 4, background: '#C8A24A' } })
    .png()
    .toBuffer();
}

/** `multipart/form-data` with one file in the field `file`. */
export function form(
  content: Buffer,
  fileName: string,
  contentType: string,
  field = 'file',
): { headers: Record<string, string>; payload: Buffer } {
  const boundary = '----talent-card-test';
  return {
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
    payload: Buffer.concat([
      Buffer.from(
        `--${boundary}\r\nContent-Disposition: form-data; name="${field}"; filename="${fileName}"\r\nContent-Type: ${contentType}\r\n\r\n`,
      ),
      content,
      Buffer.from(`\r\n--${boundary}--\r\n`),
    ]),
  };
}
