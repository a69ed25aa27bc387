import { Global, Module } from '@nestjs/common';
import { APP_CONFIG, type AppConfig } from '../config/config.js';
import { FieldCipher } from './field-cipher.js';
import { loadKeyring } from './keyring.js';

@Global()
@Module({
  providers: [
    {
      provide: FieldCipher,
      inject: [APP_CONFIG],
      useFactory: (config: AppConfig) => new FieldCipher(loadKeyring(config)),
    },
  ],
  exports: [FieldCipher],
})
export class CryptoModule {}
