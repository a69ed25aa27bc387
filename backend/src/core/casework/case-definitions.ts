import { Injectable } from '@nestjs/common';
import type { CaseDefinition, StepDefinition } from './case-definition.js';
import type { StepFilter } from './cases.repository.js';

/** What kinds of cases there are; features add theirs when they start. */
@Injectable()
export class CaseDefinitions {
  private readonly definitions = new Map<string, CaseDefinition>();

  /** @throws Error for a type defined twice, an empty flow, or a step key that means different roles in two flows */
  add(definition: CaseDefinition): void {
    const { type } = definition;
    if (this.definitions.has(type)) throw new Error(`case type ${type} is defined twice`);
    const rolesOfKey = new Map<string, string>();
    for (const [flow, steps] of Object.entries(definition.flows)) {
      if (steps.length === 0) throw new Error(`flow ${flow} of case type ${type} has no steps`);
      if (new Set(steps.map((step) => step.key)).size < steps.length) {
        throw new Error(`flow ${flow} of case type ${type} uses a step key twice`);
      }
      for (const step of steps) {
        const roles = [...step.roles].sort().join();
        if ((rolesOfKey.get(step.key) ?? roles) !== roles) {
          throw new Error(`step ${step.key} of case type ${type} has other roles in flow ${flow}`);
        }
        rolesOfKey.set(step.key, roles);
      }
    }
    this.definitions.set(type, definition);
  }

  of(type: string): CaseDefinition {
    const definition = this.definitions.get(type);
    if (!definition) throw new Error(`no feature has defined case type ${type}`);
    return definition;
  }

  flow(type: string, flow: string): readonly StepDefinition[] {
    const steps = this.of(type).flows[flow];
    if (!steps) throw new Error(`case type ${type} has no flow ${flow}`);
    return steps;
  }

  /** The step as it is defined now; null for one that was abolished since. */
  step(type: string, flow: string, stepKey: string | null): StepDefinition | null {
    return this.flow(type, flow).find((step) => step.key === stepKey) ?? null;
  }

  /** The steps that wait for one of these roles. */
  stepsFor(roles: readonly string[]): StepFilter[] {
    return [...this.definitions.values()].flatMap(({ type, flows }) => {
      const steps = Object.values(flows).flat();
      const stepKeys = new Set(
        steps.filter((step) => step.roles.some((role) => roles.includes(role))).map((step) => step.key),
      );
      return stepKeys.size > 0 ? [{ type, stepKeys: [...stepKeys] }] : [];
    });
  }
}
