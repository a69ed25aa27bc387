import { show } from '@test/script';
import { openAt } from '@test/taro';
import { act, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { usePrivacy } from '@/platform/privacy';
import { Dialog } from './dialog';
import { confirm, Overlay, pageComesToFront, toast } from './overlay';

describe("WeChat's privacy question", () => {
  const ask = () => {
    const answer = jest.fn();
    show(<Overlay />);
    act(() => usePrivacy.setState({ answer, refused: false }));
    expect(screen.getByRole('dialog', { name: '使用前请了解隐私保护指引' })).toBeInTheDocument();
    return answer;
  };

  it('is answered by the button that WeChat demands', () => {
    const answer = ask();
    fireEvent.click(screen.getByText('同意'));
    expect(answer).toHaveBeenCalledWith({ event: 'agree', buttonId: 'privacy-agree' });
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
  });

  it('can be refused, and pages can explain what that means', () => {
    const answer = ask();
    fireEvent.click(screen.getByRole('button', { name: '不同意' }));
    expect(answer).toHaveBeenCalledWith({ event: 'disagree' });
    expect(usePrivacy.getState()).toEqual({ answer: null, refused: true });
  });
});

describe('a question', () => {
  it('names the thing and takes one answer', async () => {
    show(<Overlay />);
    let first: Promise<boolean> = Promise.resolve(true);
    let second: Promise<boolean> = Promise.resolve(false);
    act(() => {
      first = confirm({ title: '结束“手机”的登录？', action: '结束' });
    });
    // A second question replaces the first, which counts as refused.
    act(() => {
      second = confirm({ title: '退出？', action: '退出' });
    });
    fireEvent.click(screen.getByRole('button', { name: '退出' }));
    await expect(first).resolves.toBe(false);
    await expect(second).resolves.toBe(true);
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
  });
});

describe('a toast', () => {
  it('is read out and goes by itself', () => {
    jest.useFakeTimers();
    show(<Overlay />);
    act(() => toast('已保存'));
    expect(screen.getByRole('status')).toHaveTextContent('已保存');
    act(() => jest.advanceTimersByTime(4000));
    expect(screen.queryByRole('status')).not.toBeInTheDocument();
    jest.useRealTimers();
  });
});

describe('a toast and the pages', () => {
  const said = () => screen.queryByRole('status');

  it('goes with the page it was said on, and stays when that page comes back to the front', () => {
    openAt('pages/me/index');
    show(<Overlay />);
    act(() => toast('已复制'));
    act(() => pageComesToFront());
    expect(said()).toHaveTextContent('已复制');
    openAt('pages/wallet/index');
    act(() => pageComesToFront());
    expect(said()).not.toBeInTheDocument();
  });

  it('crosses over to the page that it announces, and to no further one', () => {
    openAt('subpackages/settings/erase/index');
    show(<Overlay />);
    act(() => toast('账号已注销', { crossing: true }));
    openAt('pages/home/index');
    act(() => pageComesToFront());
    expect(said()).toHaveTextContent('账号已注销');
    openAt('pages/me/index');
    act(() => pageComesToFront());
    expect(said()).not.toBeInTheDocument();
  });

  it('takes an open question along, as refused', async () => {
    openAt('pages/me/index');
    show(<Overlay />);
    let answer: Promise<boolean> = Promise.resolve(true);
    act(() => {
      answer = confirm({ title: '退出？', action: '退出' });
    });
    openAt('pages/wallet/index');
    act(() => pageComesToFront());
    await expect(answer).resolves.toBe(false);
  });
});

describe('the keyboard in a dialog', () => {
  const press = (key: string, shiftKey = false) =>
    fireEvent.keyDown(document.activeElement ?? document.body, { key, shiftKey });
  const open = () => {
    const onClose = jest.fn();
    const page = (shown: boolean) => (
      <>
        <button type="button">先前</button>
        {shown ? (
          <Dialog title="选择" onClose={onClose}>
            <input aria-label="搜索" />
            <button type="button" disabled>
              不可用
            </button>
            <button type="button">好</button>
          </Dialog>
        ) : null}
      </>
    );
    const { rerender } = render(page(false));
    const opener = screen.getByRole('button', { name: '先前' });
    opener.focus();
    rerender(page(true));
    return { onClose, opener, close: () => rerender(page(false)) };
  };

  it('goes round inside it and never to the page below', () => {
    const { opener } = open();
    const dialog = screen.getByRole('dialog', { name: '选择' });
    expect(dialog).toHaveFocus();
    expect(dialog).toHaveAttribute('aria-modal', 'true');
    press('Tab', true);
    expect(screen.getByRole('button', { name: '好' })).toHaveFocus();
    press('Tab');
    expect(screen.getByLabelText('搜索')).toHaveFocus();
    press('Tab', true);
    expect(screen.getByRole('button', { name: '好' })).toHaveFocus();
    opener.focus();
    press('Tab');
    expect(screen.getByLabelText('搜索')).toHaveFocus();
  });

  it('closes it with Escape, and is given back to what opened it', () => {
    const { onClose, opener, close } = open();
    press('Escape');
    expect(onClose).toHaveBeenCalledTimes(1);
    close();
    expect(opener).toHaveFocus();
    press('Escape');
    expect(onClose).toHaveBeenCalledTimes(1);
  });

  it('answers a question with no', async () => {
    show(<Overlay />);
    let answer: Promise<boolean> = Promise.resolve(true);
    act(() => {
      answer = confirm({ title: '退出？', action: '退出' });
    });
    press('Escape');
    await expect(answer).resolves.toBe(false);
    await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
  });
});
