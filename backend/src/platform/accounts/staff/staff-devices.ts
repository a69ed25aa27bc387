import { createHash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type EntityManager, LessThan, MoreThan } from 'typeorm';
import type { Tx } from '../../database/tx.js';
import { newId } from '../../ids.js';
import { StaffDevice } from './staff-access.entities.js';

const DAYS = 90;
export const DEVICE_LIFE_MS = DAYS * 86_400_000;

const hashOf = (token: string): string => createHash('sha256').update(token).digest('base64url');

/** Browsers that completed a sign-in, known by a random cookie of their own. */
@Injectable()
export class StaffDevices {
  /** The device's id when the cookie belongs to this member of staff, else null. */
  async find(
    manager: EntityManager,
    token: string | undefined,
    staffId: string,
    now: Date,
  ): Promise<string | null> {
    if (!token) return null;
    const device = await manager.findOneBy(StaffDevice, {
      tokenHash: hashOf(token),
      staffId,
      expiresAt: MoreThan(now),
    });
    return device?.id ?? null;
  }

  /** Makes the browser known; answers the cookie's value. */
  async remember(tx: Tx, staffId: string): Promise<string> {
    const token = randomBytes(32).toString('base64url');
    await tx.manager.insert(StaffDevice, {
      id: newId(tx.now),
      staffId,
      tokenHash: hashOf(token),
      createdAt: tx.now,
      expiresAt: new Date(tx.now.getTime() + DEVICE_LIFE_MS),
    });
    return token;
  }

  async forgetAll(tx: Tx, staffId: string): Promise<void> {
    await tx.manager.delete(StaffDevice, { staffId });
  }

  async forgetOld(tx: Tx): Promise<void> {
    await tx.manager.delete(StaffDevice, { expiresAt: LessThan(tx.now) });
  }
}
