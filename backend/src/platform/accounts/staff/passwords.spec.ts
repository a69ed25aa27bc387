import { hashPassword, newOneTimePassword, passwordMatches, passwordProblem } from './passwords.js';

describe('passwords of staff', () => {
  it.each([
    ['three-gulls-over-liugong', null],
    ['海鸥飞过刘公岛看见三条船', null],
    ['eleven-char', 'PASSWORD_TOO_SHORT'],
    ['Password1234', 'PASSWORD_TOO_COMMON'],
    ['ｐａｓｓｗｏｒｄ１２３４', 'PASSWORD_TOO_COMMON'],
    ['aaaaaaaaaaaaaaaa', 'PASSWORD_TOO_COMMON'],
    ['abababababababab', 'PASSWORD_TOO_COMMON'],
    ['my-SunLi-account', 'PASSWORD_TOO_COMMON'],
  ])('%s: %s', (password, problem) => {
    expect(passwordProblem(password, 'sunli')).toBe(problem);
  });

  it('are kept as argon2id with 19 MiB and two passes', async () => {
    const stored = await hashPassword('three-gulls-over-liugong');
    expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await passwordMatches(stored, 'three-gulls-over-liugong')).toBe(true);
    expect(await passwordMatches(stored, 'three-gulls-over-Liugong')).toBe(false);
  });

  it('take as long for a name that does not exist', async () => {
    const stored = await hashPassword('three-gulls-over-liugong');
    /** The fastest of five: whatever else the machine does, it only ever takes longer. */
    const timed = async (hash: string | null): Promise<number> => {
      const times: number[] = [];
      for (let i = 0; i < 5; i += 1) {
        const start = performance.now();
        expect(await passwordMatches(hash, 'guess')).toBe(false);
        times.push(performance.now() - start);
      }
      return Math.min(...times);
    };
    await timed(null);
    const [known, unknown] = [await timed(stored), await timed(null)];
    expect(unknown).toBeGreaterThan(known / 4);
  });

  it('given by somebody else are readable and never the same', () => {
    const made = Array.from({ length: 100 }, newOneTimePassword);
    expect(new Set(made).size).toBe(100);
    for (const password of made) expect(password).toMatch(/^([A-HJKMNP-Z2-9]{4}-){3}[A-HJKMNP-Z2-9]{4}$/);
  });
});
