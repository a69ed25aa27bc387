import { Global, Module } from '@nestjs/common';
import { APP_CONFIG, type AppConfig } from '../config/config.js';
import { ContentCipher } from './content-cipher.js';
import { EncryptedColumns } from './encrypted-columns.js';
import { FieldCipher } from './field-cipher.js';
import { KeyRotation } from './key-rotation.js';
import { KeyFile, openKeyFile } from './keyring.js';

@Global()
@Module({
  providers: [
    { provide: KeyFile, inject: [APP_CONFIG], useFactory: (config: AppConfig) => openKeyFile(config) },
    {
      provide: FieldCipher,
      inject: [KeyFile, APP_CONFIG],
      useFactory: (keys: KeyFile, config: AppConfig) => new FieldCipher(keys, config.CIPHER_SUITE),
    },
    ContentCipher,
    EncryptedColumns,
    KeyRotation,
  ],
  exports: [KeyFile, FieldCipher, ContentCipher, EncryptedColumns, KeyRotation],
})
export class CryptoModule {}
