import { type DynamicModule, Module } from '@nestjs/common';
import { ReplayDesk } from './replay-desk.js';
import { ReplaysController } from './replays.controller.js';

/** Replays over HTTP. Event store and clock are the surroundings'. */
@Module({})
export class ReplayModule {
  static over(readSide: DynamicModule): DynamicModule {
    return { module: ReplayModule, imports: [readSide], controllers: [ReplaysController], providers: [ReplayDesk] };
  }
}
