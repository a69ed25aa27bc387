import { type Checked, fine, wrong } from './problem.js';
import { toHalfWidth } from './text.js';

/** A mainland mobile number without country code; `+86`, spaces and hyphens are taken off. */
export function checkMobile(input: string): Checked<string> {
  const value = toHalfWidth(input)
    .replace(/[\s-]/g, '')
    .replace(/^(\+|00)?86(?=1\d{10}$)/, '');
  if (value === '') return wrong('REQUIRED');
  return /^1[3-9]\d{9}$/.test(value) ? fine(value) : wrong('MOBILE_FORMAT');
}
