import { Module, type OnModuleInit } from '@nestjs/common';
import { EncryptedColumns } from '../../platform/crypto/encrypted-columns.js';
import { ExportsController } from './exports.controller.js';
import { EXPORT_FILTER_PURPOSE, EXPORT_KEY_PURPOSE, Exports } from './exports.service.js';
import { MakeExports } from './make-exports.js';

/** Lists as workbooks, made in the background. Features register their lists. */
@Module({
  controllers: [ExportsController],
  providers: [Exports, MakeExports],
  exports: [Exports],
})
export class ExportsModule implements OnModuleInit {
  constructor(private readonly columns: EncryptedColumns) {}

  onModuleInit(): void {
    this.columns.register('exports', 'id', 'contentKey', EXPORT_KEY_PURPOSE);
    this.columns.register('exports', 'id', 'filter', EXPORT_FILTER_PURPOSE);
  }
}
