import type { Persona } from '@talent-card/shared/accounts/schema';
import { readStored, writeStored } from './storage';

const PERSONA_KEY = 'sandbox-persona';

/** Remembers the demo person of a sandbox sign-in; null for a real one. Demo persons are invented, none is a secret. */
export function rememberPersona(persona: Persona | null): void {
  writeStored(PERSONA_KEY, persona);
}

export function rememberedPersona(): Persona | null {
  return readStored<Persona>(PERSONA_KEY);
}
