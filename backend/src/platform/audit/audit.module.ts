import { Global, Module } from '@nestjs/common';
import { APP_CONFIG, type AppConfig } from '../config/config.js';
import { AuditController } from './audit.controller.js';
import { AuditKeys } from './audit-keys.js';
import { AuditLog } from './audit-log.js';
import { AuditSealer } from './audit-sealer.js';
import { AuditTrail } from './audit-trail.js';
import { SealExport } from './seal-export.js';

@Global()
@Module({
  controllers: [AuditController],
  providers: [
    AuditTrail,
    {
      provide: AuditKeys,
      inject: [APP_CONFIG],
      useFactory: (config: AppConfig) => AuditKeys.load(config),
    },
    {
      provide: SealExport,
      inject: [APP_CONFIG],
      useFactory: (config: AppConfig) => new SealExport(config.auditExportFile),
    },
    AuditSealer,
    AuditLog,
  ],
  exports: [AuditTrail, AuditLog, AuditKeys, SealExport],
})
export class AuditModule {}
