import { Injectable } from '@nestjs/common';
import type { AdminRating, Rating, RatingTag } from '@talent-card/shared/feedback/schema';
import { maskMiddle } from '@talent-card/shared/validators/text';
import type { EntityManager } from 'typeorm';
import { People } from '../../core/people/people.service.js';
import { serviceDate } from '../../platform/clock/shanghai.js';
import { channelNamed, PlaceNames, venueNamed } from '../channels/place-names.js';
import type { RatingRow } from './rating.entity.js';
import { isOverdue, mayAppeal } from './rating.rules.js';
import { RatingPhones } from './rating-phones.js';

/** Stands for the name of somebody who had their data erased. */
const NOBODY = '***';

/** Ratings as their holder and as the office read them. */
@Injectable()
export class RatingViews {
  constructor(
    private readonly names: PlaceNames,
    private readonly people: People,
    private readonly phones: RatingPhones,
  ) {}

  /** In two statements however many, in their order. */
  async ratings(manager: EntityManager, rows: readonly RatingRow[], now: Date): Promise<Rating[]> {
    const places = await this.names.of(manager, rows);
    return rows.map((row) => ({
      ratingId: row.id,
      useId: row.useId,
      channel: channelNamed(places, row.channelId),
      venue: venueNamed(places, row.venueId),
      grade: row.grade,
      tags: JSON.parse(row.tags) as RatingTag[],
      comment: row.comment,
      at: row.createdAt.toISOString(),
      callBack:
        row.callBack === null || row.dueOn === null
          ? null
          : {
              status: row.callBack,
              dueOn: row.dueOn,
              answer: row.answer,
              answeredAt: row.answeredAt?.toISOString() ?? null,
              appeal: row.appeal,
              appealAnswer: row.appealAnswer,
              mayAppeal: mayAppeal(row, now),
            },
    }));
  }

  async rating(manager: EntityManager, row: RatingRow, now: Date): Promise<Rating> {
    const [rating] = await this.ratings(manager, [row], now);
    if (!rating) throw new Error('a rating without a view');
    return rating;
  }

  /** Names masked, and the number too, which is read only where somebody still has to call. */
  async forStaff(manager: EntityManager, rows: readonly RatingRow[], now: Date): Promise<AdminRating[]> {
    const ratings = await this.ratings(manager, rows, now);
    const personIds = rows.flatMap(({ personId }) => (personId === null ? [] : [personId]));
    const names = new Map(
      (await this.people.summary(manager, personIds)).map(({ personId, maskedName }) => [
        personId,
        maskedName,
      ]),
    );
    const toCall = rows.filter(isToCall);
    const phones = await this.phones.of(
      manager,
      toCall.flatMap(({ personId }) => (personId === null ? [] : [personId])),
    );
    const today = serviceDate(now);
    return ratings.map((rating, i) => {
      const row = rows[i];
      if (!row) throw new Error('a rating without a row');
      const phone = isToCall(row) && row.personId !== null ? phones.get(row.personId) : undefined;
      return {
        ...rating,
        holder: {
          personId: row.personId,
          maskedName: (row.personId !== null && names.get(row.personId)) || NOBODY,
          maskedPhone: phone === undefined ? null : maskMiddle(phone, 3, 4),
        },
        overdue: isOverdue(row, today),
        version: row.version,
      };
    });
  }
}

const isToCall = ({ callBack }: RatingRow): boolean => callBack === 'open' || callBack === 'appealed';
