import { Injectable } from '@nestjs/common';
import type { UseState } from '@talent-card/shared/uses/use-state';
import type { EntityManager } from 'typeorm';

export interface RatingOfUse {
  readonly ratingId: string;
  readonly grade: number;
}

/** Who knows how uses were rated. */
export interface RatingSource {
  /** By use id; uses without a rating are left out. */
  of(manager: EntityManager, useIds: readonly string[]): Promise<Map<string, RatingOfUse>>;
  /** Whether a use that has no rating may get one. */
  mayRate(use: { readonly status: UseState; readonly at: Date }, now: Date): boolean;
}

/** Ratings are a feature above this one: it registers here what uses show of them. */
@Injectable()
export class UseRatings {
  private source: RatingSource | null = null;

  register(source: RatingSource): void {
    if (this.source) throw new Error('ratings of uses are registered twice');
    this.source = source;
  }

  async of(manager: EntityManager, useIds: readonly string[]): Promise<Map<string, RatingOfUse>> {
    return (await this.source?.of(manager, useIds)) ?? new Map<string, RatingOfUse>();
  }

  mayRate(use: { readonly status: UseState; readonly at: Date }, now: Date): boolean {
    return this.source?.mayRate(use, now) ?? false;
  }
}
