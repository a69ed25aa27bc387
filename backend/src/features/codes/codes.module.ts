import { Module, type OnModuleInit } from '@nestjs/common';
import { Accounts } from '../../platform/accounts/accounts.js';
import { PersonalData } from '../../platform/accounts/personal-data.js';
import { system } from '../../platform/accounts/principal.js';
import { ClosedText } from '../../platform/crypto/closed-text.js';
import { EncryptedColumns } from '../../platform/crypto/encrypted-columns.js';
import { ReadDatabase } from '../../platform/database/database.module.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { Jobs } from '../../platform/jobs/jobs.js';
import { CardsModule } from '../cards/cards.module.js';
import { Cards } from '../cards/cards.service.js';
import { ClerkController } from './clerk.controller.js';
import { ClerkDevices } from './clerk-devices.js';
import { ClerkDevicesRepository } from './clerk-devices.repository.js';
import { ClerkDeviceRow, CodeDeviceRow } from './code.entity.js';
import { CodeDevices, deviceOf } from './code-devices.js';
import { CodesAdminController } from './codes.admin.controller.js';
import { CodesController } from './codes.controller.js';
import { CodesRepository } from './codes.repository.js';
import { Codes } from './codes.service.js';
import { ISSUER_KEY_PURPOSE, IssuerKeys } from './issuer-keys.js';
import { StatusLists } from './status-lists.js';

/** The card's code: keys, credentials of phones, the status list, and the phones of clerks. */
@Module({
  imports: [CardsModule],
  controllers: [CodesController, CodesAdminController, ClerkController],
  providers: [
    CodesRepository,
    IssuerKeys,
    StatusLists,
    CodeDevices,
    ClerkDevicesRepository,
    ClerkDevices,
    Codes,
  ],
  exports: [Codes, ClerkDevices, IssuerKeys, StatusLists],
})
export class CodesModule implements OnModuleInit {
  constructor(
    private readonly repository: CodesRepository,
    private readonly devices: CodeDevices,
    private readonly clerks: ClerkDevices,
    private readonly cards: Cards,
    private readonly accounts: Accounts,
    private readonly columns: EncryptedColumns,
    private readonly closedText: ClosedText,
    private readonly database: ReadDatabase,
    private readonly unitOfWork: UnitOfWork,
    private readonly jobs: Jobs,
    private readonly personalData: PersonalData,
  ) {}

  onModuleInit(): void {
    this.columns.register('issuer_keys', 'id', 'privateKeySealed', ISSUER_KEY_PURPOSE);
    this.closedText.register(CodeDeviceRow, 'revokeReason');
    this.closedText.register(ClerkDeviceRow, 'revokeReason');
    // In the same transaction: a suspended card is on the list of the moment it was suspended.
    this.cards.onMoved(async (tx, { cardId, status }) => {
      if (await this.repository.noteCardStatus(tx, cardId, status)) await this.repository.touchList(tx);
    });
    this.accounts.onUnbound((tx, personId) =>
      this.devices.revokeAll(tx, system('accounts.unbind'), personId),
    );
    this.jobs.register({
      name: 'codes.forget-invitations',
      everySeconds: 3600,
      run: (lease) =>
        this.unitOfWork.run(async (tx) => {
          await lease.assertHeld(tx);
          await this.clerks.forgetInvitations(tx);
        }),
    });
    this.registerPersonalData();
  }

  private registerPersonalData(): void {
    this.personalData.register({
      section: 'code-devices',
      layer: 'feature',
      export: async (personId) => {
        if (personId === null) return [];
        const rows = await this.repository.devicesOfPerson(this.database.manager, personId);
        return rows.map((row) => {
          const { current: _, ...device } = deviceOf(row, null);
          return device;
        });
      },
      erase: async (tx, personId) => {
        if (personId !== null) await this.devices.erase(tx, personId);
      },
    });
    this.personalData.register({
      section: 'clerk-devices',
      layer: 'feature',
      export: async (_, accountId) =>
        (await this.clerks.ofAccount(this.database.manager, accountId)).map((device) => ({ ...device })),
      erase: (tx, _, accountId) => this.clerks.erase(tx, accountId),
    });
  }
}
