import type { Abstract, INestApplicationContext, Type } from '@nestjs/common';
import { CONSENT_VERSIONS } from '@talent-card/shared/accounts/consent-versions';
import type { CardCategory } from '@talent-card/shared/cards/categories';
import type { Application, CardDocumentType } from '@talent-card/shared/cards/schema';
import type { Decision } from '@talent-card/shared/casework/schema';
import type { EntityManager } from 'typeorm';
import { staffActor } from '../core/casework/case-actor.js';
import { Casework } from '../core/casework/casework.service.js';
import { RealNameProof } from '../core/people/real-name/real-name.service.js';
import type { MadeUpPerson } from '../core/people/sandbox/made-up-people.js';
import { Applications } from '../features/cards/applications/applications.service.js';
import { CardRow } from '../features/cards/card.entity.js';
import { VenueRow } from '../features/venues/venue.entity.js';
import { AccessTokens } from '../platform/accounts/access-tokens.js';
import { CitizenSignIn } from '../platform/accounts/citizen-sign-in.js';
import type { PersonPrincipal, StaffPrincipal } from '../platform/accounts/principal.js';
import type { SandboxStaff } from '../platform/accounts/sandbox-personas.js';
import { StaffAdministration } from '../platform/accounts/staff/staff-administration.js';
import type { ManualClock } from '../platform/clock/clock.js';
import { addDays, serviceDate } from '../platform/clock/shanghai.js';
import { ReadDatabase } from '../platform/database/database.module.js';
import type { Tx } from '../platform/database/tx.js';
import { type IdempotencyContext, UnitOfWork } from '../platform/database/unit-of-work.js';
import { Files } from '../platform/files/files.js';
import { Jobs } from '../platform/jobs/jobs.js';
import { DEMO_VENUES, type DemoVenueKey } from './channels/demo-venues.js';
import { madeUpScan } from './paper.js';

/** Everything demo people and offices do, done through the same services as by real ones. */
export class DemoWorld {
  private scan: Buffer | undefined;
  private readonly offices = new Map<string, StaffPrincipal>();
  private readonly citizens = new Map<string, Promise<PersonPrincipal>>();

  constructor(
    private readonly context: INestApplicationContext,
    readonly clock: ManualClock,
  ) {}

  get<T>(service: Abstract<T> | Type<T>): T {
    return this.context.get<Abstract<T> | Type<T>, T>(service, { strict: false });
  }

  /** For services that only read. */
  get reader(): EntityManager {
    return this.get(ReadDatabase).manager;
  }

  write<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.get(UnitOfWork).run(work);
  }

  runJob(name: string): Promise<boolean> {
    return this.get(Jobs).runNow(name);
  }

  /** A key that is the same at each attempt, so that a load that was cut off goes on where it stopped. */
  key(name: string): IdempotencyContext {
    return { owner: 'demo-data', key: `demo-data-${name}`, route: 'demo', requestHash: name };
  }

  async hire(
    members: readonly (SandboxStaff & { readonly venues?: readonly DemoVenueKey[] })[],
  ): Promise<void> {
    for (const member of members) {
      const { role, zoneCode, displayName, venues = [] } = member;
      const venueIds = await Promise.all(venues.map((key) => this.venueId(key)));
      const staffId = await this.get(StaffAdministration).createSeeded({ ...member, venueIds });
      this.offices.set(member.username, {
        type: 'staff',
        staffId,
        sessionId: 'demo-data',
        role,
        zoneCode,
        venueIds,
        displayName,
      });
    }
  }

  /** A venue of the demo, found by its name. */
  async venueId(key: DemoVenueKey): Promise<string> {
    const { name } = DEMO_VENUES[key];
    const venue = await this.get(ReadDatabase).manager.findOneByOrFail(VenueRow, {
      nameZh: name.zh,
      demo: true,
    });
    return venue.id;
  }

  office(username: string): StaffPrincipal {
    const office = this.offices.get(username);
    if (!office) throw new Error(`no demo account ${username}`);
    return office;
  }

  /** A made-up person, signed in and with their real name proved the first time they are met. */
  citizen(key: string, person: MadeUpPerson): Promise<PersonPrincipal> {
    const known = this.citizens.get(key) ?? this.signIn(key, person);
    this.citizens.set(key, known);
    return known;
  }

  private async signIn(key: string, person: MadeUpPerson): Promise<PersonPrincipal> {
    const { accessToken } = await this.get(CitizenSignIn).signIn(`sandbox:${key}`, CONSENT_VERSIONS.account, {
      deviceLabel: 'iPhone',
      locale: person.nationality === 'CHN' ? 'zh-CN' : 'en',
    });
    const { ownerId, sessionId } = await this.get(AccessTokens).verify(accessToken);
    const { name, identityType, identityNumber, birthDate, nationality } = person;
    const foreign = identityType === 'resident-id' ? {} : { birthDate, nationality };
    const { personId } = await this.get(RealNameProof).prove(
      { type: 'citizen', accountId: ownerId, sessionId, personId: null },
      { name, identityType, identityNumber, ...foreign, consentVersion: CONSENT_VERSIONS['real-name'] },
      this.key(`prove-${key}`),
    );
    return { type: 'citizen', accountId: ownerId, sessionId, personId };
  }

  async cardOf({ personId }: PersonPrincipal): Promise<string | undefined> {
    return (await this.get(ReadDatabase).manager.findOneBy(CardRow, { personId }))?.id;
  }

  /** Applies for the talent card; with an exact roster match the card is issued at once. */
  async apply(
    citizen: PersonPrincipal,
    person: MadeUpPerson,
    category: CardCategory,
    documents: readonly { documentType: CardDocumentType; fileId: string }[] = [],
  ): Promise<Application> {
    const today = serviceDate(this.clock.now());
    return this.write((tx) =>
      this.get(Applications).submit(tx, citizen, {
        form: {
          category,
          zoneCode: districtOf(person.employer.zoneCode),
          employer: person.employer.name,
          creditCode: person.employer.creditCode,
          position: person.position,
          employedSince: person.employedSince < today ? person.employedSince : addDays(today, -400),
          mobile: person.mobile,
          ...(person.provincialCardNumber ? { provincialCardNumber: person.provincialCardNumber } : {}),
          ...(person.programme ? { programme: person.programme } : {}),
          ...(person.documentNumber ? { programmeDocumentNumber: person.documentNumber } : {}),
          offlineMaterial: false,
        },
        documents: [...documents],
        consentVersion: CONSENT_VERSIONS['card-application'],
      }),
    );
  }

  /** A scan that proves what the person says, as the window asks for it. */
  async upload(citizen: PersonPrincipal, documentType: CardDocumentType, name: string) {
    this.scan ??= await madeUpScan();
    const { fileId } = await this.get(Files).upload(
      citizen,
      { bytes: this.scan, fileName: `${name}.png`, contentType: 'image/png' },
      this.key(`file-${citizen.personId}`),
    );
    return { documentType, fileId };
  }

  async withdraw(citizen: PersonPrincipal, caseId: string, version: number): Promise<void> {
    await this.write((tx) => this.get(Applications).withdraw(tx, citizen, caseId, version));
  }

  async decide(caseId: string, version: number, decision: Omit<Decision, 'version'>): Promise<void> {
    const actor = staffActor(this.office('city-reviewer'));
    await this.write((tx) => this.get(Casework).decide(tx, actor, caseId, { ...decision, version }));
  }
}

type District = Exclude<MadeUpPerson['employer']['zoneCode'], '371000'>;
const districtOf = (zone: MadeUpPerson['employer']['zoneCode']): District =>
  zone === '371000' ? '371002' : zone;
