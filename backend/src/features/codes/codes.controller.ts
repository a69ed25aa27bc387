import { Body, Controller, Param, Req, Res } from '@nestjs/common';
import { cardCodeRoutes } from '@talent-card/shared/card-code/routes';
import {
  type CodeDevice,
  type Credential,
  codeDeviceSchema,
  credentialSchema,
  enrolDeviceSchema,
  keySetSchema,
  onlineCodeSchema,
  renewCredentialSchema,
  type ShownCode,
  shownCodeSchema,
  statusListSchema,
} from '@talent-card/shared/card-code/schema';
import type { FastifyReply } from 'fastify';
import * as z from 'zod';
import { deviceLabelOf } from '../../platform/accounts/device-label.js';
import type { PersonPrincipal } from '../../platform/accounts/principal.js';
import { Clock } from '../../platform/clock/clock.js';
import { ReadDatabase } from '../../platform/database/database.module.js';
import type { IdempotencyContext } from '../../platform/database/unit-of-work.js';
import { Endpoint } from '../../platform/http/endpoint.decorator.js';
import { Idempotency, Person } from '../../platform/http/parameters.js';
import type { AppRequest } from '../../platform/http/request.js';
import { type ANSWERED, SharedAnswers } from '../../platform/http/shared-answer.js';
import { CodeDevices } from './code-devices.js';
import { IssuerKeys } from './issuer-keys.js';
import { StatusLists } from './status-lists.js';

const deviceListSchema = z.object({ items: z.array(codeDeviceSchema) });

/** The code on the holder's side, and what others verify it with. */
@Controller()
export class CodesController {
  constructor(
    private readonly devices: CodeDevices,
    private readonly keys: IssuerKeys,
    private readonly lists: StatusLists,
    private readonly answers: SharedAnswers,
    private readonly database: ReadDatabase,
    private readonly clock: Clock,
  ) {}

  @Endpoint(cardCodeRoutes.enrol, {
    summary: "Make this phone the one that shows the card's code; the one before is revoked",
    response: credentialSchema,
  })
  enrol(
    @Person() person: PersonPrincipal,
    @Body({ schema: enrolDeviceSchema }) body: z.output<typeof enrolDeviceSchema>,
    @Req() request: AppRequest,
    @Idempotency() idempotency: IdempotencyContext,
  ): Promise<Credential> {
    return this.devices.enrol(person, body, deviceLabelOf(request.headers['user-agent']), idempotency);
  }

  @Endpoint(cardCodeRoutes.renew, {
    summary: 'The next credential of an enrolled phone, which proves its key',
    response: credentialSchema,
  })
  renew(
    @Person() person: PersonPrincipal,
    @Body({ schema: renewCredentialSchema }) body: z.output<typeof renewCredentialSchema>,
  ): Promise<Credential> {
    return this.devices.renew(person, body);
  }

  @Endpoint(cardCodeRoutes.online, {
    summary: 'A code of one minute, for a browser that keeps no key',
    response: shownCodeSchema,
  })
  online(
    @Person() person: PersonPrincipal,
    @Body({ schema: onlineCodeSchema }) body: z.output<typeof onlineCodeSchema>,
  ): Promise<ShownCode> {
    return this.devices.online(person, body.cardId);
  }

  @Endpoint(cardCodeRoutes.devices, {
    summary: "Phones that show, or showed, the code of the caller's cards",
    response: deviceListSchema,
  })
  async mine(@Person() person: PersonPrincipal): Promise<{ items: CodeDevice[] }> {
    return { items: await this.devices.mine(person) };
  }

  @Endpoint(cardCodeRoutes.revoke, {
    summary: 'Revoke a phone, such as a lost one, from any other',
    response: codeDeviceSchema,
  })
  revoke(
    @Person() person: PersonPrincipal,
    @Param('deviceId') deviceId: string,
    @Idempotency() idempotency: IdempotencyContext,
  ): Promise<CodeDevice> {
    return this.devices.revokeOwn(person, deviceId, idempotency);
  }

  @Endpoint(cardCodeRoutes.keys, {
    summary: 'Keys that verify credentials and status lists; carries an ETag. See docs/card-code.md',
    response: keySetSchema,
  })
  keySet(@Req() request: AppRequest, @Res() reply: FastifyReply): Promise<typeof ANSWERED> {
    return this.answers.answer(
      request,
      reply,
      'card-code keys',
      async () => {
        // A verifier that asks before the first card was shown gets a key too.
        await this.keys.signer();
        return this.keys.keySet(this.database.manager, this.clock.now());
      },
      keySetSchema,
    );
  }

  @Endpoint(cardCodeRoutes.statusList, {
    summary: 'Credentials that are no longer good, signed; carries an ETag. See docs/card-code.md',
    response: statusListSchema,
  })
  statusList(@Req() request: AppRequest, @Res() reply: FastifyReply): Promise<typeof ANSWERED> {
    return this.answers.answer(
      request,
      reply,
      'card-code status list',
      () => this.lists.current(this.clock.now()),
      statusListSchema,
    );
  }
}
