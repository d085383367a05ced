import { type DynamicModule, Module } from '@nestjs/common';
import { statisticsQueries } from '../statistics.module.js';
import { ReleasesController } from './releases.controller.js';
import { StatisticsReleases } from './releases.js';

/** Releasing, where both the read side and the event store are at hand. */
@Module({})
export class ReleasesModule {
  static over(readSide: DynamicModule): DynamicModule {
    return {
      module: ReleasesModule,
      imports: [readSide],
      controllers: [ReleasesController],
      providers: [statisticsQueries, StatisticsReleases],
      exports: [StatisticsReleases],
    };
  }
}
