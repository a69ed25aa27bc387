import { Module, type OnModuleInit } from '@nestjs/common';
import { PersonalData } from '../../platform/accounts/personal-data.js';
import { ClosedText } from '../../platform/crypto/closed-text.js';
import { ReadDatabase } from '../../platform/database/database.module.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { Jobs } from '../../platform/jobs/jobs.js';
import { BookingsModule } from '../bookings/bookings.module.js';
import { BookingsAdminModule } from '../bookings/bookings-admin.module.js';
import { CardsModule } from '../cards/cards.module.js';
import { ChannelsModule } from '../channels/channels.module.js';
import { CodesModule } from '../codes/codes.module.js';
import { ExportsModule } from '../exports/exports.module.js';
import { MessagesModule } from '../messages/messages.module.js';
import { VenuesModule } from '../venues/venues.module.js';
import { BookedUses } from './booked-uses.js';
import { OfflineUses } from './offline-uses.js';
import { UseRow } from './use.entity.js';
import { UseAdministration } from './use-administration.js';
import { UseCounter } from './use-counter.js';
import { UseCounts } from './use-counts.js';
import { UseRatings } from './use-ratings.js';
import { UseSubjects } from './use-subjects.js';
import { UseViews } from './use-views.js';
import { UsesAdminController } from './uses.admin.controller.js';
import { UsesController } from './uses.controller.js';
import { UsesRepository } from './uses.repository.js';
import { Uses } from './uses.service.js';
import { UsesExport } from './uses-export.js';
import { WindowController } from './window.controller.js';
import { WindowDues } from './window-dues.js';
import { WindowKits } from './window-kits.js';
import { Windows } from './windows.js';

const EXPORT_PIECE = 100;
const FORGET_LOOKS_MS = 3_600_000;

/** The window: showing a code, using a channel, and what is to be settled afterwards. */
@Module({
  imports: [
    CardsModule,
    ChannelsModule,
    VenuesModule,
    BookingsModule,
    BookingsAdminModule,
    CodesModule,
    MessagesModule,
    ExportsModule,
  ],
  controllers: [UsesController, WindowController, UsesAdminController],
  providers: [
    UsesRepository,
    BookedUses,
    UseRatings,
    UseViews,
    UseCounter,
    UseCounts,
    UsesExport,
    UseSubjects,
    WindowDues,
    WindowKits,
    Windows,
    OfflineUses,
    Uses,
    UseAdministration,
  ],
  exports: [Uses, UseCounts, UseRatings, UseAdministration],
})
export class UsesModule implements OnModuleInit {
  constructor(
    private readonly repository: UsesRepository,
    private readonly views: UseViews,
    private readonly database: ReadDatabase,
    private readonly unitOfWork: UnitOfWork,
    private readonly jobs: Jobs,
    private readonly personalData: PersonalData,
    private readonly closedText: ClosedText,
  ) {}

  onModuleInit(): void {
    this.closedText.register(UseRow, 'settledNote', 'refundReason', 'disputeReason', 'disputeAnswer');
    this.jobs.register({
      name: 'uses.forget-looks',
      everySeconds: 3600,
      run: (lease) =>
        this.unitOfWork.run(async (tx) => {
          await lease.assertHeld(tx);
          await this.repository.forgetLooks(tx, new Date(tx.now.getTime() - FORGET_LOOKS_MS));
        }),
    });
    this.personalData.register({
      section: 'uses',
      layer: 'feature',
      export: (personId) => (personId === null ? Promise.resolve([]) : this.export(personId)),
      erase: async (tx, personId) => {
        if (personId !== null) await this.repository.erase(tx, personId);
      },
      keeps: [{ records: 'use-history', because: '档案法 art. 13' }],
    });
  }

  private async export(personId: string): Promise<Record<string, unknown>[]> {
    const { manager } = this.database;
    const uses: Record<string, unknown>[] = [];
    for (let cursor: string | undefined; ; ) {
      const page = await this.repository.page(manager, { personId }, { cursor, limit: EXPORT_PIECE });
      uses.push(...(await this.views.uses(manager, page.items)).map((use) => ({ ...use })));
      if (page.nextCursor === null) return uses;
      cursor = page.nextCursor;
    }
  }
}
