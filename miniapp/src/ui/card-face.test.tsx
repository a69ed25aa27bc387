import { card, show } from '@test/script';
import { screen } from '@testing-library/react';
import { CardFace } from './card-face';

describe('the face of the card', () => {
  it('shows holder, class, validity and the number in groups of four', () => {
    show(<CardFace card={card()} />);
    expect(screen.getByText('3710 0821 0063 4185')).toBeInTheDocument();
    expect(screen.getByText('林海清')).toBeInTheDocument();
    expect(screen.getByText('A 类')).toBeInTheDocument();
    expect(screen.getByText('2031.05.20')).toBeInTheDocument();
    expect(screen.getByText('有效')).toBeInTheDocument();
  });

  it.each([
    ['suspended', '暂停使用', 'face--paused'],
    ['lost', '已挂失', 'face--paused'],
    ['revoked', '已注销', 'face--over'],
    ['expired', '已到期', 'face--over'],
  ] as const)('does not look valid when %s', (status, words, look) => {
    show(<CardFace card={card({ status })} />);
    const face = screen.getByRole('img', { name: new RegExp(words) });
    expect(face).toHaveClass(look);
    expect(screen.getByText(words)).toHaveClass('face__stamp');
    expect(screen.queryByText('有效')).not.toBeInTheDocument();
  });

  it('leaves out the class where the city runs one only', () => {
    show(<CardFace card={card({ cardClass: null })} />);
    expect(screen.queryByText(/ 类$/)).not.toBeInTheDocument();
  });

  it('gives a long name a line of its own, and smaller letters where that is not enough', () => {
    const name = 'Anna-Katharina Maria Wiśniewska-Müller von Hohenstein';
    show(<CardFace card={card({ holderName: name })} />);
    expect(screen.getByRole('img', { name: new RegExp(name) })).toHaveClass('face--long');
    expect(screen.getByText(name)).toHaveStyle({ fontSize: '0.66em' });
  });

  it('keeps a usual name beside the validity', () => {
    show(<CardFace card={card({ holderName: '欧阳海清' })} />);
    expect(screen.getByRole('img')).not.toHaveClass('face--long');
    expect(screen.getByText('欧阳海清')).toHaveStyle({ fontSize: '1em' });
  });
});
