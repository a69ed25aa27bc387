import { Global, Module } from '@nestjs/common';
import { Clock } from '../clock/clock.js';
import { APP_CONFIG, type AppConfig } from '../config/config.js';
import { HttpSmsSender } from './http-sms-sender.js';
import { SandboxSmsSender } from './sandbox-sms-sender.js';
import { AbsentSmsSender, SmsSender } from './sms-sender.js';

const TIMEOUT_MS = 5_000;

function createSender(config: AppConfig, clock: Clock): SmsSender {
  if (config.sandbox) return new SandboxSmsSender();
  const { SMS_GATEWAY_URL: url, SMS_GATEWAY_SECRET: secret } = config;
  if (!url || !secret) return new AbsentSmsSender();
  return new HttpSmsSender({ url, secret, timeoutMs: TIMEOUT_MS }, clock);
}

@Global()
@Module({
  providers: [{ provide: SmsSender, inject: [APP_CONFIG, Clock], useFactory: createSender }],
  exports: [SmsSender],
})
export class SmsModule {}
