const TAPPED_BY_KEYS = ['button', 'radio', 'checkbox', 'switch'];

/** On h5, Enter and the space bar do what a tap does: what looks like a button there is no `<button>`. */
export function letKeysTap(): void {
  if (process.env.TARO_ENV !== 'h5') return;
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' && event.key !== ' ') return;
    const target = event.target;
    if (!(target instanceof HTMLElement)) return;
    // Real controls of the browser do so by themselves.
    if (target.tagName === 'BUTTON' || !TAPPED_BY_KEYS.includes(target.getAttribute('role') ?? '')) return;
    event.preventDefault();
    target.click();
  });
}
