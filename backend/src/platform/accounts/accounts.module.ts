import { Global, Injectable, Module } from '@nestjs/common';
import { PrincipalResolver } from '../http/access.guard.js';
import { ANONYMOUS, type Principal } from './principal.js';

@Injectable()
class AnonymousResolver extends PrincipalResolver {
  async resolve(): Promise<Principal> {
    return ANONYMOUS;
  }
}

@Global()
@Module({
  providers: [{ provide: PrincipalResolver, useClass: AnonymousResolver }],
  exports: [PrincipalResolver],
})
export class AccountsModule {}
