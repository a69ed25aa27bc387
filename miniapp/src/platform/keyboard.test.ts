import { letKeysTap } from './keyboard';

describe('keys on h5', () => {
  beforeAll(letKeysTap);

  const press = (role: string | null, key: string) => {
    const element = document.createElement('div');
    if (role) element.setAttribute('role', role);
    const tapped = jest.fn();
    element.addEventListener('click', tapped);
    document.body.append(element);
    element.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
    return tapped.mock.calls.length;
  };

  it('tap what looks like a control and nothing else', () => {
    expect(press('button', 'Enter')).toBe(1);
    expect(press('switch', ' ')).toBe(1);
    expect(press('button', 'a')).toBe(0);
    expect(press('heading', 'Enter')).toBe(0);
    expect(press(null, 'Enter')).toBe(0);
  });
});
