import { Injectable } from '@nestjs/common';

const PROBE_MS = 3_000;

export interface Readiness {
  readonly status: 'ready' | 'not-ready' | 'draining';
  /** `ok` or `failed` for each probe; the reasons are in the log. */
  readonly checks: Readonly<Record<string, 'ok' | 'failed'>>;
}

/** May this node be sent work? Whoever needs something from outside registers a probe. */
@Injectable()
export class Health {
  private readonly probes = new Map<string, () => Promise<void>>();
  private draining = false;

  /** @param probe throws when the part is not usable; a probe that takes over 3 s has failed */
  register(name: string, probe: () => Promise<void>): void {
    this.probes.set(name, probe);
  }

  /** From now on not ready, so that a balancer sends nothing more while requests in flight are finished. */
  drain(): void {
    this.draining = true;
  }

  async ready(onFailure: (name: string, error: unknown) => void): Promise<Readiness> {
    if (this.draining) return { status: 'draining', checks: {} };
    const results = await Promise.all(
      [...this.probes].map(async ([name, probe]) => {
        try {
          await within(probe(), PROBE_MS);
          return [name, 'ok'] as const;
        } catch (error) {
          onFailure(name, error);
          return [name, 'failed'] as const;
        }
      }),
    );
    const failed = results.some(([, result]) => result === 'failed');
    return { status: failed ? 'not-ready' : 'ready', checks: Object.fromEntries(results) };
  }
}

async function within(work: Promise<void>, milliseconds: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${milliseconds} ms`)), milliseconds);
  });
  try {
    await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
