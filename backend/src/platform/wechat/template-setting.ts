import type { SubscriptionTopic } from '@talent-card/shared/messages/schema';

/** What a field of a template may be filled with. */
const TEMPLATE_VALUES = ['what', 'where', 'when', 'status', 'number', 'note'] as const;
export type TemplateValue = (typeof TEMPLATE_VALUES)[number];

/** A template as the operator registered it with WeChat. */
export interface TemplateSetting {
  readonly templateId: string;
  readonly kind: 'one-time' | 'long-term';
  /** What fills each field of the template, such as `thing1`. */
  readonly fields: Readonly<Record<string, TemplateValue>>;
}

const TEMPLATE_ID = /^[\w-]{20,64}$/;
const FIELD = /^([a-z_]+)\d{1,3}$/;

/** Types of field (WeChat's 参数类别) that a value keeps to; anything else WeChat answers with 47003. */
const TYPES: Readonly<Record<TemplateValue, readonly string[]>> = {
  what: ['thing'],
  where: ['thing'],
  when: ['time', 'date'],
  status: ['phrase', 'thing'],
  number: ['character_string', 'thing'],
  note: ['thing'],
};

/** Values that messages of a topic have. An empty field is refused, so the others cannot be asked for. */
const VALUES: Readonly<Record<SubscriptionTopic, readonly TemplateValue[]>> = {
  booking: ['what', 'where', 'when', 'status', 'number', 'note'],
  waiting: ['what', 'where', 'when', 'status', 'note'],
  card: ['what', 'when', 'status', 'note'],
  request: ['what', 'when', 'status', 'note'],
};

/**
 * Reads `<template id> <one-time|long-term> <field>=<value> …`, such as
 * `4hQxk… one-time thing1=what time2=when thing3=where thing4=note`.
 *
 * @returns every problem found instead, each a sentence that follows the name of the variable
 */
export function readTemplateSetting(topic: SubscriptionTopic, text: string): TemplateSetting | string[] {
  const [templateId = '', kind = '', ...pairs] = text.trim().split(/\s+/);
  const problems: string[] = [];
  if (!TEMPLATE_ID.test(templateId)) problems.push('must begin with the id of a template');
  if (kind !== 'one-time' && kind !== 'long-term')
    problems.push('must say one-time or long-term after the template id');
  if (pairs.length === 0) problems.push('must name the fields of the template, such as thing1=what');
  const fields: Record<string, TemplateValue> = {};
  for (const pair of pairs) {
    const [field = '', value = ''] = pair.split('=');
    const problem = problemOf(topic, field, value) ?? (field in fields ? `names ${field} twice` : null);
    if (problem) problems.push(problem);
    else fields[field] = value as TemplateValue;
  }
  if (problems.length > 0 || (kind !== 'one-time' && kind !== 'long-term')) return problems;
  return { templateId, kind, fields };
}

function problemOf(topic: SubscriptionTopic, field: string, value: string): string | null {
  const type = FIELD.exec(field)?.[1];
  if (type === undefined) return `has ${field || 'an empty field'}, which is no field such as thing1`;
  const known = TEMPLATE_VALUES.find((one) => one === value);
  if (!known || !VALUES[topic].includes(known))
    return `fills ${field} with "${value}"; there is ${VALUES[topic].join(', ')}`;
  if (!TYPES[known].includes(type))
    return `fills ${field} with ${known}, which needs ${TYPES[known].join(' or ')}`;
  return null;
}
