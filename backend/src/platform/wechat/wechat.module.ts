import { Global, Module } from '@nestjs/common';
import { SandboxWechatClient } from './sandbox-wechat-client.js';
import { WechatClient } from './wechat-client.js';

@Global()
@Module({
  providers: [{ provide: WechatClient, useClass: SandboxWechatClient }],
  exports: [WechatClient],
})
export class WechatModule {}
