import { takeFocus } from './take-focus';

const frames = async (count: number) => {
  for (let i = 0; i < count; i += 1) await new Promise(requestAnimationFrame);
};

/** What Taro's elements do to their children in the frame after they were put on the page. */
function move(element: HTMLElement): void {
  const parent = document.createElement('div');
  document.body.append(parent);
  parent.append(element);
}

describe('the focus of a field that has just been put on the page', () => {
  const field = document.createElement('input');
  const other = document.createElement('input');
  beforeEach(() => document.body.replaceChildren(field, other));

  it('comes back to it after it was moved', async () => {
    takeFocus(field);
    expect(field).toHaveFocus();
    move(field);
    expect(field).not.toHaveFocus();
    await frames(1);
    expect(field).toHaveFocus();
  });

  it('is left where somebody took it in the meantime', async () => {
    takeFocus(field);
    other.focus();
    await frames(4);
    expect(other).toHaveFocus();
  });

  it('is not taken again once the field was let go of, nor later on', async () => {
    takeFocus(field)();
    move(field);
    await frames(4);
    expect(document.body).toHaveFocus();
    takeFocus(field);
    await frames(4);
    field.blur();
    await frames(2);
    expect(document.body).toHaveFocus();
  });
});
