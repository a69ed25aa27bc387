import { Global, Module, type OnModuleInit } from '@nestjs/common';
import { PersonalData } from '../accounts/personal-data.js';
import { APP_CONFIG, type AppConfig } from '../config/config.js';
import { EncryptedColumns } from '../crypto/encrypted-columns.js';
import { ReadDatabase } from '../database/database.module.js';
import { Jobs } from '../jobs/jobs.js';
import { FileAccess } from './file-access.js';
import { FileStore, LocalFileStore } from './file-store.js';
import { FilesController } from './files.controller.js';
import { FILE_KEY_PURPOSE, FILE_NAME_PURPOSE, Files } from './files.js';
import { SealedStore } from './sealed-store.js';

@Global()
@Module({
  controllers: [FilesController],
  providers: [
    {
      provide: FileStore,
      inject: [APP_CONFIG],
      useFactory: (config: AppConfig) => new LocalFileStore(config.filesDir),
    },
    FileAccess,
    Files,
    SealedStore,
  ],
  exports: [FileStore, FileAccess, Files, SealedStore],
})
export class FilesModule implements OnModuleInit {
  constructor(
    private readonly files: Files,
    private readonly jobs: Jobs,
    private readonly columns: EncryptedColumns,
    private readonly personalData: PersonalData,
    private readonly database: ReadDatabase,
  ) {}

  onModuleInit(): void {
    this.columns.register('files', 'id', 'fileName', FILE_NAME_PURPOSE);
    this.columns.register('files', 'id', 'contentKey', FILE_KEY_PURPOSE);
    this.personalData.register({
      section: 'files',
      layer: 'core',
      export: async (personId) =>
        personId === null
          ? []
          : (await this.files.ofPerson(this.database.manager, personId)).map((file) => ({ ...file })),
      erase: async (tx, personId) => {
        if (personId !== null) await this.files.eraseOfPerson(tx, personId);
      },
    });
    this.jobs.register({ name: 'files.sweep', everySeconds: 3600, run: (lease) => this.files.sweep(lease) });
  }
}
