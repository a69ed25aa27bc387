import { Global, Inject, Module, type OnModuleInit } from '@nestjs/common';
import type { Logger } from 'pino';
import { Clock } from '../clock/clock.js';
import { APP_CONFIG, type AppConfig } from '../config/config.js';
import { EncryptedColumns } from '../crypto/encrypted-columns.js';
import { FieldCipher } from '../crypto/field-cipher.js';
import { ReadDatabase } from '../database/database.module.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { LOGGER } from '../observability/logger.js';
import { LiveWechatClient } from './live-wechat-client.js';
import { SandboxWechatClient } from './sandbox-wechat-client.js';
import { WECHAT_TOKEN_PURPOSE, WechatAccessTokens } from './wechat-access-tokens.js';
import { WECHAT_BASE_URL, WechatApi } from './wechat-api.js';
import { WechatClient } from './wechat-client.js';

const TIMEOUT_MS = 5_000;

/** Config has made sure that live mode has its credentials, and that production is live. */
function createClient(
  config: AppConfig,
  logger: Logger,
  unitOfWork: UnitOfWork,
  database: ReadDatabase,
  cipher: FieldCipher,
  clock: Clock,
): WechatClient {
  if (config.sandbox) return new SandboxWechatClient();
  const { WECHAT_APP_ID: appId = '', WECHAT_APP_SECRET: appSecret = '' } = config;
  const api = new WechatApi({ baseUrl: WECHAT_BASE_URL, appId, appSecret, timeoutMs: TIMEOUT_MS }, logger);
  const tokens = new WechatAccessTokens(api, unitOfWork, database, cipher, clock);
  return new LiveWechatClient(api, tokens, config.WECHAT_MINIPROGRAM_STATE);
}

@Global()
@Module({
  providers: [
    {
      provide: WechatClient,
      inject: [APP_CONFIG, LOGGER, UnitOfWork, ReadDatabase, FieldCipher, Clock],
      useFactory: createClient,
    },
  ],
  exports: [WechatClient],
})
export class WechatModule implements OnModuleInit {
  constructor(@Inject(EncryptedColumns) private readonly columns: EncryptedColumns) {}

  onModuleInit(): void {
    this.columns.register('wechat_tokens', 'appId', 'tokenSealed', WECHAT_TOKEN_PURPOSE);
  }
}
