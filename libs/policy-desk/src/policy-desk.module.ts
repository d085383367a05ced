import { Global, Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { PolicyInForce } from '@provident/policy';
import { CalculationsController } from './calculations.controller.js';
import { policyDeskHandlers } from './handlers.js';
import { LivePolicy } from './live-policy.js';
import { PolicyController } from './policy.controller.js';

/** Global, because every context decides by the policy in force. The shipped book comes from the surroundings. */
@Global()
@Module({
  imports: [CqrsModule],
  controllers: [CalculationsController, PolicyController],
  providers: [LivePolicy, { provide: PolicyInForce, useExisting: LivePolicy }, ...policyDeskHandlers],
  exports: [LivePolicy, PolicyInForce],
})
export class PolicyDeskModule {}
