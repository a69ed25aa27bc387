import { Injectable } from '@nestjs/common';
import type { Due } from '@talent-card/shared/uses/schema';
import type { EntityManager } from 'typeorm';
import { Quota } from '../../core/quota/quota.service.js';
import { serviceDate } from '../../platform/clock/shanghai.js';
import { Bookings } from '../bookings/bookings.service.js';
import { Channels } from '../channels/channels.service.js';
import { Entitlements } from '../channels/entitlements.js';
import { arrivedVisit, dueOf, isUsedAtWindows, visitAt } from './use.rules.js';

/** What somebody may use at a window now. */
@Injectable()
export class WindowDues {
  constructor(
    private readonly channels: Channels,
    private readonly entitlements: Entitlements,
    private readonly bookings: Bookings,
    private readonly quota: Quota,
  ) {}

  /** One for each channel of the venue, in the city's order; a constant number of statements. */
  async of(manager: EntityManager, personId: string, venueId: string, now: Date): Promise<Due[]> {
    const on = serviceDate(now);
    const here = (await this.channels.publishedAt(manager, [venueId])).get(venueId) ?? [];
    const channels = here.filter(isUsedAtWindows);
    const questions = channels.map(({ channelId }) => ({ personId, channelId, venueId, on }));
    const book = await this.entitlements.load(manager, questions);
    const visits = await this.bookings.findForCheckIn(manager, { personId, venueId, day: on });
    const asked = channels.map((channel) => {
      const question = { personId, channelId: channel.channelId, venueId, on };
      const visit = visitAt(visits, channel.channelId, now);
      const arrived = visit ? null : arrivedVisit(visits, channel.channelId);
      return { channel, decision: book.decide(question), visit, arrived };
    });
    const terms = asked.flatMap(({ decision }) => (decision.ok ? [decision.quota] : []));
    const standings = (await this.quota.standings(manager, personId, terms, on)).values();
    return asked.map(({ channel, decision, visit, arrived }) => {
      const standing = decision.ok ? (standings.next().value ?? null) : null;
      return dueOf({ channel, decision, visit, arrived, standing });
    });
  }
}
