import sharp from 'sharp';

/** A scanned notice as far as one can see without reading: no words, so that no font is needed and nobody is named. */
export function madeUpScan(): Promise<Buffer> {
  const lines = Array.from({ length: 14 }, (_, i) => {
    const width = [520, 610, 590, 600, 380, 0, 605, 560, 615, 590, 250, 0, 300, 220][i] ?? 0;
    return `<rect x="95" y="${300 + i * 44}" width="${width}" height="16" rx="3" fill="#c9d1d8"/>`;
  }).join('');
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="800" height="1130">
    <rect width="800" height="1130" fill="#fdfcf8"/>
    <rect x="60" y="60" width="680" height="1010" fill="none" stroke="#c8a24a" stroke-width="3"/>
    <rect x="200" y="150" width="400" height="40" rx="4" fill="#b3261e"/>
    <rect x="270" y="220" width="260" height="20" rx="3" fill="#8b98a5"/>
    ${lines}
    <g fill="none" stroke="#b3261e" stroke-width="7" opacity="0.75">
      <circle cx="590" cy="930" r="82"/>
      <path d="M590 885l13 28 31 4-22 22 5 31-27-15-27 15 5-31-22-22 31-4z" fill="#b3261e"/>
    </g>
  </svg>`;
  return sharp(Buffer.from(svg)).png({ compressionLevel: 9, palette: true }).toBuffer();
}
