/// <reference types="@tarojs/taro" />
declare module '*.scss';
declare namespace NodeJS {
  interface ProcessEnv {
    TARO_ENV: 'weapp' | 'h5';
    /** Origin of the service for the mini-program, such as `https://card.example.gov.cn`; empty on h5. */
    TARO_APP_API: string;
    TARO_APP_API_TRIAL: string;
    TARO_APP_API_DEVELOP: string;
    TARO_APP_VERSION: string;
  }
}
