import { Global, Module } from '@nestjs/common';
import { APP_CONFIG, type AppConfig } from '../config/config.js';
import { CloseOldText } from './close-old-text.js';
import { ClosedText } from './closed-text.js';
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
    ClosedText,
    CloseOldText,
  ],
  exports: [KeyFile, FieldCipher, ContentCipher, EncryptedColumns, KeyRotation, ClosedText],
})
export class CryptoModule {}
