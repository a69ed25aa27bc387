import { View } from '@tarojs/components';
import type { ReactNode } from 'react';
import { applyTexts } from '@/i18n/apply';
import { useT } from '@/platform/i18n';
import { a11y, Badge, Button, Icon } from '@/ui';
import type { FieldName } from '../draft';
import { DOCUMENT_TYPES } from '../files-rules';
import { SECTIONS, type SectionKey, sectionOf, shownFields } from '../form-rules';
import type { ApplyFormState, Fix } from '../use-apply-form';

export interface SectionProps {
  at: SectionKey;
  state: ApplyFormState;
  /** What was filled in, in one line, while the part is folded. */
  summary: string;
  children: ReactNode;
}

/** One guided part of the form: folds to a line when done, opens where something is to do. */
export function Section({ at, state, summary, children }: SectionProps) {
  const t = useT(applyTexts);
  const number = SECTIONS.findIndex(({ key }) => key === at) + 1;
  const next = SECTIONS[number]?.key;
  const open = state.open.has(at);
  const name = t(`section-${at}`);
  const status = statusOf(at, state);
  const action = t(open ? 'sectionClose' : 'sectionOpen', { name });
  return (
    <View className="card ap-section" id={`s-${at}`}>
      <View
        className="ap-section__head"
        onClick={() => state.toggle(at)}
        {...a11y({
          role: 'button',
          focusable: true,
          label: status === 'done' ? t('sectionDone', { action }) : action,
        })}
      >
        <View className={status === 'done' ? 'ap-number ap-number--done' : 'ap-number'}>
          {status === 'done' ? <Icon name="ok" size={16} colour="on-sea" weight={3} /> : number}
        </View>
        <View className="grow">
          <View className="h2">{name}</View>
          {!open && summary ? <View className="small ap-section__summary">{summary}</View> : null}
        </View>
        {status === 'fix' ? <Badge tone="warn">{t('sectionFix')}</Badge> : null}
        {status === 'todo' && !open ? <Badge tone="quiet">{t('sectionTodo')}</Badge> : null}
        <View className={open ? 'ap-section__arrow ap-section__arrow--open' : 'ap-section__arrow'}>
          <Icon name="down" size={20} colour="ink-3" />
        </View>
      </View>
      {open ? (
        <View className="stack ap-section__body">
          {children}
          {next ? (
            <Button kind="ghost" onTap={() => state.goOn(at)}>
              {t('nextSection', { name: t(`section-${next}`) })}
            </Button>
          ) : null}
        </View>
      ) : null}
    </View>
  );
}

function statusOf(at: SectionKey, state: ApplyFormState): 'done' | 'todo' | 'fix' {
  const fields: FieldName[] = shownFields(state.form).filter((name) => sectionOf(name) === at);
  const wrong = fields.some((name) => {
    const problem = state.problemOf(name);
    const fix = state.fixOf(name);
    // What is merely not filled in yet is to do, not to correct.
    return (problem && !problem.warning && problem.code !== 'REQUIRED') || (fix && !fix.changed);
  });
  const papers = DOCUMENT_TYPES.some((type) => {
    const fix = state.fixOf(type);
    return fix && !fix.changed;
  });
  if (wrong || (at === 'material' && papers)) return 'fix';
  const missing = state.blocking.some((item) =>
    item.kind === 'document'
      ? at === 'material'
      : fields.some((name) => item.kind === 'field' && item.name === name),
  );
  if (missing) return 'todo';
  // Nothing is asked for here yet, which is not the same as done.
  if (at === 'material' && !state.answer && state.documents.length === 0) return 'todo';
  return 'done';
}

/** Room for one field: the office's note on it above, an anchor to scroll to. */
export function FieldBox({
  name,
  state,
  children,
}: {
  name: FieldName;
  state: ApplyFormState;
  children: ReactNode;
}) {
  const fix = state.fixOf(name);
  return (
    <View
      id={`f-${name}`}
      className={
        !fix ? 'ap-field' : fix.changed ? 'ap-field ap-field--fix ap-field--fixed' : 'ap-field ap-field--fix'
      }
    >
      {fix ? <FixNote fix={fix} /> : null}
      {children}
    </View>
  );
}

/** What the office wants changed, and whether that has been done. */
export function FixNote({ fix }: { fix: Fix }) {
  const t = useT(applyTexts);
  return (
    <View className={fix.changed ? 'ap-fix ap-fix--done' : 'ap-fix'}>
      <View className="grow">
        <View className="small">{t('fixNote')}</View>
        <View>{fix.note}</View>
      </View>
      {fix.changed ? <Badge tone="ok">{t('fixed')}</Badge> : null}
    </View>
  );
}
