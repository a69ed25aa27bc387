interface Access {
  role?: string;
  label?: string;
  hidden?: boolean;
  live?: 'polite' | 'assertive';
  checked?: boolean;
  disabled?: boolean;
  /** Reachable with the Tab key on h5. */
  focusable?: boolean;
  /** Hides the rest of the page from a screen reader, and takes the keyboard on h5. */
  modal?: boolean;
}

/** What a screen reader is told: WeChat has camel-cased properties of its own, the browser takes attributes. */
export function a11y(access: Access): Record<string, string | number | boolean> {
  const told: Record<string, string | number | boolean> = {};
  if (process.env.TARO_ENV === 'h5') {
    if (access.role) told.role = access.role;
    if (access.label) told['aria-label'] = access.label;
    if (access.hidden) told['aria-hidden'] = 'true';
    if (access.live) told['aria-live'] = access.live;
    if (access.checked !== undefined) told['aria-checked'] = access.checked ? 'true' : 'false';
    if (access.disabled) told['aria-disabled'] = 'true';
    if (access.focusable) told.tabIndex = 0;
    if (access.modal) {
      told['aria-modal'] = 'true';
      told.tabIndex = -1;
    }
    return told;
  }
  if (access.role) told.ariaRole = access.role;
  if (access.label) told.ariaLabel = access.label;
  if (access.hidden) told.ariaHidden = true;
  if (access.live) told.ariaLive = access.live;
  if (access.checked !== undefined) told.ariaChecked = access.checked;
  if (access.disabled) told.ariaDisabled = true;
  return told;
}
