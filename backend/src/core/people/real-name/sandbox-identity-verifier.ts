import { SandboxRegistry } from '../sandbox/sandbox-registry.js';
import { type ClaimedIdentity, type IdentityVerdict, IdentityVerifier } from './identity-verifier.js';

/** The identity registry of made-up people. */
export class SandboxIdentityVerifier extends IdentityVerifier {
  constructor(private readonly registry: SandboxRegistry) {
    super();
  }

  async verify(identity: ClaimedIdentity): Promise<IdentityVerdict> {
    const registered = this.registry.find(identity.identityType, identity.identityNumber);
    if (!registered) return 'not-found';
    if (registered.name.toUpperCase() !== identity.name.toUpperCase()) return 'mismatch';
    const birthDateAgrees = identity.birthDate === null || identity.birthDate === registered.birthDate;
    return birthDateAgrees ? 'match' : 'mismatch';
  }
}
