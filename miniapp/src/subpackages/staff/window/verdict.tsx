import { VERDICT_COLOURS, type Verdict } from '@talent-card/shared/uses/verdicts';
import { Image, View } from '@tarojs/components';
import { verdictTexts, verdictTitles } from '@/i18n/staff';
import { useT } from '@/platform/i18n';
import { a11y, svgUri } from '@/ui';

/** Each colour has a shape of its own: a round tick, a triangle, an eight-sided stop. */
const SHAPES = {
  green:
    '<circle cx="24" cy="24" r="21" fill="#fff"/><path d="m14 25 7 7 13-15" stroke="#17714F" stroke-width="5" stroke-linecap="round" stroke-linejoin="round"/>',
  amber:
    '<path d="M24 4 45 42H3z" fill="#fff" stroke="#fff" stroke-width="3" stroke-linejoin="round"/><path d="M24 17v12M24 35.500v.01" stroke="#7A4F00" stroke-width="5" stroke-linecap="round"/>',
  red: '<path d="M16 3h16l13 13v16L32 45H16L3 32V16z" fill="#fff"/><path d="m16 16 16 16M32 16 16 32" stroke="#B3261E" stroke-width="5" stroke-linecap="round"/>',
} as const;

export function shapeOf(colour: keyof typeof SHAPES): string {
  return svgUri(
    `<svg xmlns="http://www.w3.org/2000/svg" width="96" height="96" viewBox="0 0 48 48" fill="none">${SHAPES[colour]}</svg>`,
  );
}

/** What the clerk reads at a glance: colour, shape and words say the same. */
export function VerdictBanner({ verdict, title }: { verdict: Verdict; title?: string }) {
  const titles = useT(verdictTitles);
  const texts = useT(verdictTexts);
  const colour = VERDICT_COLOURS[verdict];
  return (
    <View className={`verdict verdict--${colour}`} {...a11y({ role: 'alert', live: 'assertive' })}>
      <Image className="verdict__shape" src={shapeOf(colour)} {...a11y({ hidden: true })} />
      <View className="grow">
        <View className="verdict__title">{title ?? titles(verdict)}</View>
        <View>{texts(verdict)}</View>
      </View>
    </View>
  );
}
