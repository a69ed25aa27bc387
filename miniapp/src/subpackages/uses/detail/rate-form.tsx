import type { Rate, RatingTag } from '@talent-card/shared/feedback/schema';
import { GRADE_WORDS, RATING_TAG_WORDS } from '@talent-card/shared/feedback/words';
import type { Use } from '@talent-card/shared/uses/schema';
import { View } from '@tarojs/components';
import { useState } from 'react';
import { explain } from '@/i18n/errors';
import { BAD_TAGS, GOOD_TAGS, usesTexts } from '@/i18n/uses';
import { useTypedDraft } from '@/parts/typed-draft';
import { useLocale, useLocalized, useT } from '@/platform/i18n';
import { go } from '@/platform/navigation';
import { useSubmit } from '@/platform/use-submit';
import { rateUse } from '@/services/uses';
import { a11y, Button, Card, Icon, Notice, Textarea, toast } from '@/ui';

const GRADES = [5, 4, 3, 2, 1] as const;
type Grade = (typeof GRADES)[number];
const STARS = [1, 2, 3, 4, 5] as const;
const MOST_TAGS = 5;
const MOST_WORDS = 500;

interface Draft {
  grade: Grade | null;
  tags: RatingTag[];
  comment: string;
}
const EMPTY: Draft = { grade: null, tags: [], comment: '' };
/** Grades after which somebody calls back. */
const isBad = (grade: Grade | null) => grade !== null && grade <= 2;

/** Five grades in words, what it was about, and room for words. Kept while it is filled in. */
export function RateForm({ use }: { use: Use }) {
  const t = useT(usesTexts);
  const locale = useLocale((state) => state.locale);
  const localized = useLocalized();
  const rating = useSubmit(rateUse);
  const [draft, keep, forget] = useTypedDraft<Draft>(`rating:${use.useId}`, EMPTY);
  const [reminded, setReminded] = useState(false);
  const { grade, tags, comment } = draft;
  const offered = isBad(grade) ? BAD_TAGS : grade === 3 ? [...GOOD_TAGS, ...BAD_TAGS] : GOOD_TAGS;

  const choose = (to: Grade) => {
    // What was said of a good visit does not belong to a bad one.
    const fits = to <= 2 ? BAD_TAGS : to === 3 ? [...GOOD_TAGS, ...BAD_TAGS] : GOOD_TAGS;
    keep({ ...draft, grade: to, tags: tags.filter((tag) => fits.includes(tag)) });
  };
  const toggle = (tag: RatingTag) => {
    const has = tags.includes(tag);
    if (!has && tags.length >= MOST_TAGS) return;
    keep({ ...draft, tags: has ? tags.filter((one) => one !== tag) : [...tags, tag] });
  };
  const send = async () => {
    setReminded(true);
    if (grade === null) return;
    const words = comment.trim();
    const body: Rate = { grade, tags, ...(words ? { comment: words } : {}) };
    const done = await rating.submit({ useId: use.useId, ...body });
    if (!done) return;
    forget();
    toast(t('sent'), { crossing: true });
    go('rating', { ratingId: done.ratingId });
  };
  return (
    <Card>
      <View className="h2">{t('rateTitle')}</View>
      <View className="small">{t('rateLead')}</View>
      <View className="stack us-gap">
        <View className="us-grades" {...a11y({ role: 'radiogroup', label: t('rateTitle') })}>
          {GRADES.map((one) => (
            <View
              key={one}
              className={one === grade ? 'us-grade us-grade--on' : 'us-grade'}
              onClick={() => choose(one)}
              {...a11y({
                role: 'radio',
                checked: one === grade,
                label: localized(GRADE_WORDS[one]),
                focusable: true,
              })}
            >
              {localized(GRADE_WORDS[one])}
              <View className="us-grade__stars">
                {STARS.map((star) => (
                  <Icon
                    key={star}
                    name="star"
                    size={18}
                    solid={star <= one}
                    colour={star <= one ? 'gold-ink' : 'line'}
                  />
                ))}
              </View>
            </View>
          ))}
        </View>
        {grade === null ? null : (
          <>
            <View>
              <View className="field__label">{t('tags')}</View>
              <View className="choices">
                {offered.map((tag) => (
                  <View
                    key={tag}
                    className={tags.includes(tag) ? 'choice choice--on' : 'choice'}
                    onClick={() => toggle(tag)}
                    {...a11y({ role: 'checkbox', checked: tags.includes(tag), focusable: true })}
                  >
                    {localized(RATING_TAG_WORDS[tag])}
                  </View>
                ))}
              </View>
            </View>
            <Textarea
              label={t('comment')}
              optional
              hint={t(isBad(grade) ? 'commentBad' : 'commentGood')}
              value={comment}
              maxLength={MOST_WORDS}
              onChange={(words) => keep({ ...draft, comment: words })}
            />
          </>
        )}
        {isBad(grade) ? <Notice>{t('callBackAhead')}</Notice> : null}
        {reminded && grade === null ? (
          <View className="field__error" {...a11y({ role: 'alert' })}>
            {t('chooseGrade')}
          </View>
        ) : null}
        {rating.error ? (
          <Notice tone="danger" alert>
            {explain(rating.error, locale)}
          </Notice>
        ) : null}
        <Button pending={rating.pending} onTap={() => void send()}>
          {t('send')}
        </Button>
      </View>
    </Card>
  );
}
