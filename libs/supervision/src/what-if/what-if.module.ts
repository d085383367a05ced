import { Module } from '@nestjs/common';
import { AREA, EventStore, LogReader } from '@provident/event-store';
import { PolicyBook, PolicyInForce } from '@provident/policy';
import { SimulationController } from './simulation.controller.js';
import { Simulations } from './simulations.js';

/** Proposed parameters on the history that is on record. */
@Module({
  controllers: [SimulationController],
  providers: [
    {
      provide: Simulations,
      useFactory: (log: LogReader, store: EventStore, area: string, shipped: PolicyBook, inForce?: PolicyInForce) =>
        new Simulations({ log, store, area, book: () => inForce?.book ?? shipped }),
      inject: [LogReader, EventStore, AREA, PolicyBook, { token: PolicyInForce, optional: true }],
    },
  ],
  exports: [Simulations],
})
export class WhatIfModule {}
