import { Injectable, type OnModuleInit } from '@nestjs/common';
import { PersonalData } from '../../platform/accounts/personal-data.js';
import { system } from '../../platform/accounts/principal.js';
import { Clock } from '../../platform/clock/clock.js';
import { ClosedText } from '../../platform/crypto/closed-text.js';
import { EncryptedColumns } from '../../platform/crypto/encrypted-columns.js';
import { FieldCipher } from '../../platform/crypto/field-cipher.js';
import { ReadDatabase } from '../../platform/database/database.module.js';
import type { Tx } from '../../platform/database/tx.js';
import { BookingRow } from './booking.entity.js';
import { NOTE_PURPOSE } from './booking-desk.js';
import { BookingMoves } from './booking-moves.js';
import { BookingViews } from './booking-views.js';
import { BookingsRepository } from './bookings.repository.js';
import { WaitingLine } from './waiting-line.js';
import { WaitingViews } from './waiting-views.js';

/** What bookings hold about a person: shown to them, and taken away with their account. */
@Injectable()
export class BookingData implements OnModuleInit {
  constructor(
    private readonly bookings: BookingsRepository,
    private readonly views: BookingViews,
    private readonly waits: WaitingViews,
    private readonly moves: BookingMoves,
    private readonly line: WaitingLine,
    private readonly cipher: FieldCipher,
    private readonly columns: EncryptedColumns,
    private readonly closedText: ClosedText,
    private readonly personalData: PersonalData,
    private readonly database: ReadDatabase,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.columns.register('bookings', 'id', 'note', NOTE_PURPOSE);
    this.closedText.register(BookingRow, 'reason', 'appealReason', 'appealAnswer');
    this.personalData.register({
      section: 'bookings',
      layer: 'feature',
      export: (personId) => this.export(personId),
      erase: (tx, personId) => this.erase(tx, personId),
      keeps: [{ records: 'booking-counts', because: '档案法 art. 13' }],
    });
  }

  private async export(personId: string | null): Promise<Record<string, unknown>[]> {
    if (personId === null) return [];
    const { manager } = this.database;
    const rows = await this.bookings.ofPerson(manager, personId);
    const bookings = await this.views.bookings(manager, rows, this.clock.now());
    const waits = await this.waits.describe(
      manager,
      await this.bookings.waitingOf(manager, personId, EXPORTED),
    );
    return [
      ...bookings.map((booking, index) => {
        const note = rows[index]?.note ?? null;
        return { ...booking, note: note === null ? null : this.cipher.decrypt(NOTE_PURPOSE, note) };
      }),
      ...waits.map((waiting) => ({ ...waiting })),
    ];
  }

  /** Whoever leaves gives up what is to come; what is over stays as the venue's record, without words. */
  private async erase(tx: Tx, personId: string | null): Promise<void> {
    if (personId === null) return;
    await this.bookings.takeTurns(tx, [personId]);
    await this.line.leaveAll(tx, personId);
    const rows = await this.bookings.ofPerson(tx.manager, personId);
    const live = rows.filter(({ status }) => status === 'held' || status === 'booked');
    const ending = { to: 'cancelled', by: 'holder', reason: null } as const;
    if (live.length > 0) await this.moves.end(tx, system('accounts.erase'), live, ending);
    // Their words go with them, so that an appeal which nobody has answered has lost its matter.
    for (const row of rows.filter(({ appealStatus }) => appealStatus === 'open'))
      await this.moves.change(tx, row, { appealStatus: null, appealReason: null });
    await this.bookings.erase(tx, personId);
  }
}

const EXPORTED = 1_000;
