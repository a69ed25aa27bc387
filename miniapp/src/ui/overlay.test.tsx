import { show } from '@test/script';
import { act, fireEvent, screen } from '@testing-library/react';
import { usePrivacy } from '@/platform/privacy';
import { confirm, Overlay, toast } from './overlay';

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
