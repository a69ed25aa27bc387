import { encode } from 'uqr';
import { svgUriOnce } from '@/ui/svg';

/** Modules of white around the code: scanners want four, in dark mode too. */
const QUIET_ZONE = 4;

/**
 * A QR code as a picture: error level M, black on white whatever the theme. Neighbouring modules are drawn as one
 * stroke, which keeps the picture small and without hairlines.
 */
export function qrUri(content: string): string {
  const { data, size } = encode(content, { ecc: 'M', border: QUIET_ZONE });
  const strokes: string[] = [];
  data.forEach((row, y) => {
    let from = -1;
    for (let x = 0; x <= size; x += 1) {
      if (row[x] && from < 0) from = x;
      else if (!row[x] && from >= 0) {
        strokes.push(`M${from} ${y}h${x - from}v1h${from - x}z`);
        from = -1;
      }
    }
  });
  return svgUriOnce(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${size * 8}" height="${size * 8}" viewBox="0 0 ${size} ${size}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h${size}v${size}H0z"/><path d="${strokes.join('')}"/></svg>`,
  );
}
