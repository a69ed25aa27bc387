import Taro from '@test/taro';
import { apiBase } from './api-base';

const ADDRESSES = {
  TARO_APP_API: 'https://card.example.gov.cn',
  TARO_APP_API_TRIAL: 'https://trial.example.gov.cn',
  TARO_APP_API_DEVELOP: '',
};

describe('the address of the service', () => {
  const before = { ...process.env };
  afterEach(() => {
    process.env = { ...before };
    jest.restoreAllMocks();
  });

  const addressIn = (TARO_ENV: 'weapp' | 'h5', envVersion: string | null, addresses = ADDRESSES): string => {
    process.env = { ...before, ...addresses, TARO_ENV };
    jest.spyOn(Taro, 'getAccountInfoSync').mockImplementation(() => {
      if (envVersion === null) throw new Error('not supported');
      return { miniProgram: { appId: 'wx0', version: '', envVersion } };
    });
    return apiBase();
  };

  it.each([
    ['release', 'https://card.example.gov.cn'],
    ['trial', 'https://trial.example.gov.cn'],
    ['develop', 'https://card.example.gov.cn'],
    [null, 'https://card.example.gov.cn'],
  ])('of a mini-program in %s', (version, address) => {
    expect(addressIn('weapp', version)).toBe(address);
  });

  it('is its own origin on h5', () => {
    expect(addressIn('h5', 'trial', { ...ADDRESSES, TARO_APP_API: '' })).toBe('');
  });
});
